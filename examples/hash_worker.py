#!/usr/bin/env python3
"""A worker that hashes files.

    python3 examples/hash_worker.py               works until it is interrupted
    python3 examples/hash_worker.py FILE...       submits a job for these files, does it and ends
"""

import hashlib
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "clients" / "python"))
from headway import Client, HeadwayError  # noqa: E402

BLOCK = 1 << 20

#: How long a job stays this worker's without a sign of life.
LEASE_SECONDS = float(os.environ.get("HEADWAY_LEASE_SECONDS", "30"))


def sha256(job, path, done, total):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            job.check()  # ends the job as cancelled once somebody has asked for it
            digest.update(block)
            done += len(block)
            job.progress(done=min(done, total), total=total, message=f"{path}: {done:,} of {total:,} bytes")
    return digest.hexdigest(), done


def hash_files(job):
    paths = job.payload["paths"]
    # Where an earlier attempt was killed, this one goes on behind the last file that it had done.
    state = job.checkpoint or {
        "sums": {},
        "done": 0,
        "total": max(1, sum(pathlib.Path(path).stat().st_size for path in paths)),
    }
    for path in paths:
        if path not in state["sums"]:
            state["sums"][path], state["done"] = sha256(job, path, state["done"], state["total"])
            job.log(f"{state['sums'][path]}  {path}")
            job.progress(message=f"{path} is done", checkpoint=state)
    return state["sums"]


def do(job):
    try:
        with job:
            job.complete(hash_files(job))
    except OSError as failure:  # the job has failed with it; the next one may do better
        print(f"{job.id} failed: {failure}", file=sys.stderr)


def main():
    client = Client()
    if len(sys.argv) > 1:
        paths = [str(pathlib.Path(path).resolve()) for path in sys.argv[1:]]
        submitted = client.submit("hash-files", {"paths": paths}, external=True)
        print(f"watch it: ./headway watch job:{submitted['id']}")
        do(client.claim(["hash-files"]))
        print("\n".join(line["text"] for line in client.logs(submitted["id"])))
        return
    print("waiting for jobs of type hash-files; Ctrl-C ends")
    for job in client.work(["hash-files"], lease_seconds=LEASE_SECONDS):
        do(job)


try:
    main()
except KeyboardInterrupt:
    pass
except HeadwayError as failure:
    sys.exit(str(failure))
