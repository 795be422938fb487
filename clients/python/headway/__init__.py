"""Live progress of long-running work, and a client of Headway: submit, watch and do jobs.

Showing work that already runs here::

    for row in track("Nightly import", rows):
        store(row)

Only the standard library is needed, and `websockets` for watching over a WebSocket; without it the
same events come over HTTP. Python 3.9 or newer.

Doing work::

    client = Client("http://localhost:8000", token="hw_...")
    for job in client.work(types=["hash"]):
        with job:
            for done, path in enumerate(job.payload["paths"], 1):
                job.check()                      # raises Cancelled once the job is to stop
                job.progress(done=done, total=len(job.payload["paths"]), message=path)
            job.complete({"files": done})

Watching work::

    job = client.submit("hash", {"paths": ["a", "b"]}, external=True)
    for event in client.watch(job["watch"]["stream"], after=job["cursor"]):
        print(event["type"], event["data"].get("percent"))

Every method may be called by any thread.
"""

from .client import ENDS, Cancelled, Client, HeadwayError, Job, LeaseLost, PermanentFailure
from .tracking import Track, current, track

__version__ = "0.1.0"
__all__ = ["ENDS", "Cancelled", "Client", "HeadwayError", "Job", "LeaseLost", "PermanentFailure", "Track", "current", "track"]


def __getattr__(name: str) -> object:
    """`tqdm` and `trange`, which need tqdm to be installed."""
    if name in ("tqdm", "trange"):
        from . import tqdm_bar

        return getattr(tqdm_bar, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
