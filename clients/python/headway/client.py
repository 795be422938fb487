"""The client of one server: submits, watches and does jobs. Every method may be called by any thread."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

try:
    import asyncio

    import websockets
except ImportError:  # watching goes over HTTP then
    websockets = None  # type: ignore[assignment]

Json = Any
Event = Dict[str, Any]
Token = Union[None, str, Callable[[], Optional[str]]]
Step = Union[str, Tuple[str, float]]
Line = Union[str, Dict[str, str]]

#: The types of the events that end a job, which are its last states, too.
ENDS = frozenset({"completed", "failed", "cancelled"})

_WAIT_SECONDS = 25.0
_PATIENCE_SECONDS = 300.0
_REPORT_SECONDS = 0.1
_UPLOAD_SECONDS = 900.0

#: What one request with log lines may hold; the server takes 1 MiB and cuts a line at 2,000 characters.
_LINES_A_REQUEST = 500
_CHARACTERS_A_REQUEST = 200_000
_CHARACTERS_A_LINE = 2_000
_CHARACTERS_A_PIECE = 50_000
_LEFT_OUT = "[headway]"
_OUTPUT = re.compile("[a-z][a-z0-9_.-]{0,39}")
_LINE_STREAMS = ("stdout", "stderr", "log")

_BYTES_A_CHECKPOINT = 65_536

#: What waits for an acknowledgment at most, in messages, and how a message is filled.
_UNACKNOWLEDGED = 16
_CHARACTERS_BEFORE_WORK = 8_000
_ITEMS_A_MESSAGE = 1_000
_BATCH_SECONDS = 0.005

#: The statuses of refusals that come over a worker's connection.
_STATUSES = {
    "INVALID_INPUT": 400,
    "AUTHENTICATION_ERROR": 401,
    "AUTHORIZATION_ERROR": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "TOO_LATE": 409,
    "LEASE_LOST": 409,
    "VALIDATION_ERROR": 422,
    "RATE_LIMITED": 429,
    "UNAVAILABLE": 503,
}

#: Statuses of a request that would be refused again as it stands.
_INVALID = frozenset({400, 413, 422})


class HeadwayError(Exception):
    """A refused request, or one that did not reach the server (status 0)."""

    def __init__(self, status: int, problem: Dict[str, Any], retry_after: float = 0.0) -> None:
        super().__init__(problem.get("detail", f"The server answered {status}"))
        self.status = status
        self.code: str = problem.get("code", "CONNECTION_ERROR")
        self.errors: List[Dict[str, Any]] = problem.get("errors", [])
        self.request_id: Optional[str] = problem.get("request_id")
        self.retry_after = retry_after

    @property
    def temporary(self) -> bool:
        """Whether the same request may succeed later."""
        return self.status in (0, 429) or self.status >= 500


class LeaseLost(HeadwayError):
    """The job is not this worker's any more: another attempt may have begun."""


class PermanentFailure(Exception):
    """A failure that another attempt would meet again. A job left by this exception is not retried."""


class Cancelled(Exception):
    """The job has been asked to stop. A job left by this exception ends as cancelled."""

    def __init__(self, keep_partial: bool = False) -> None:
        super().__init__("The job has been asked to stop")
        self.keep_partial = keep_partial


class Backoff:
    """Exponential with full jitter, from the server's reconnect window up to 30 seconds."""

    def __init__(self, rng: Callable[[], float] = random.random) -> None:
        self.low, self.high = 0.2, 2.0
        self._failures = 0
        self._rng = rng

    def next(self) -> float:
        """Seconds until the next attempt; each call counts as one more failure."""
        spread = min(max(30.0, self.high), self.high * 2**self._failures)
        self._failures = min(self._failures + 1, 16)
        return self.low + self._rng() * max(0.0, spread - self.low)

    def reset(self) -> None:
        """Forgets all failures."""
        self._failures = 0


class Client:
    """A client of one server.

    url: where the server is; by default $HEADWAY_URL or http://localhost:8000.
    token: a token, an API key, or a function that gives the newest one; by default $HEADWAY_TOKEN.
    websocket: False to watch over HTTP only.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        token: Token = None,
        *,
        timeout: float = 30.0,
        websocket: bool = True,
    ) -> None:
        self.url = (url or os.environ.get("HEADWAY_URL") or "http://localhost:8000").rstrip("/")
        self._token = token if token is not None else os.environ.get("HEADWAY_TOKEN")
        self._timeout = timeout
        self._websocket = websocket and websockets is not None
        self._channel: Optional[_Channel] = None
        self._starting = threading.Lock()
        self.worker_id = f"{socket.gethostname()}-{os.getpid()}"

    # Requests

    def token(self) -> Optional[str]:
        """The token in use."""
        return self._token() if callable(self._token) else self._token

    def request(
        self, method: str, path: str, body: Json = None, *, timeout: Optional[float] = None
    ) -> Json:
        """The JSON answer to one request; None when there is none. Raises HeadwayError."""
        with self._open(method, path, body, "application/json", timeout) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _open(
        self, method: str, path: str, body: Json, accept: str, timeout: Optional[float]
    ) -> Any:
        headers = {"Accept": accept}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = _json(body).encode()
        return self._exchange(method, path, data, headers, timeout)

    def _exchange(
        self, method: str, path: str, data: Any, headers: Dict[str, str], timeout: Optional[float]
    ) -> Any:
        token = self.token()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=timeout or self._timeout)
        except urllib.error.HTTPError as refused:
            raise _refusal(refused) from None
        except (OSError, ValueError) as failure:
            detail = f"{self.url} cannot be reached: {failure}"
            raise HeadwayError(0, {"detail": detail}) from failure

    # Jobs

    def submit(self, job_type: str, payload: Optional[Dict[str, Json]] = None, **more: Json) -> Dict[str, Json]:
        """Submits a job. Further arguments: external, name, queue, priority, max_attempts,
        max_lost, retry, timeout_seconds, run_at, key, idempotency_key, parent_id, weight, callback_url, tags, and
        steps: names, or pairs of a name and its share of the bar."""
        if "steps" in more:
            more["steps"] = _steps(more["steps"])
        body = {"job_type": job_type, "payload": payload or {}, **more}
        return self.request("POST", "/api/v1/jobs", body)

    def submit_many(self, jobs: Iterable[Dict[str, Json]]) -> List[Dict[str, Json]]:
        """Submits up to 1,000 jobs, all of them or none. Each is a dictionary with its job_type and
        the arguments of `submit`."""
        return self.request("POST", "/api/v1/jobs/batch", {"jobs": list(jobs)})["jobs"]

    def start(
        self,
        job_type: str,
        payload: Optional[Dict[str, Json]] = None,
        *,
        lease_seconds: float = 30.0,
        **more: Json,
    ) -> "Job":
        """Submits a job and begins it at once, held by this caller: no worker has to claim it.

        Use it in a `with` statement. Further arguments are those of `submit`. Reports go over a
        WebSocket as soon as it stands, else over HTTP.
        """
        channel = self._worker_channel()  # connects meanwhile
        answer = self.submit(job_type, payload, start=True, lease_seconds=lease_seconds, **more)
        job = Job(self, {"job": answer, "lease": answer["lease"]}, lease_seconds)
        if channel is not None:
            channel.hold(job)
        return job

    def get(self, job_id: str) -> Dict[str, Json]:
        """The job as it is now."""
        return self.request("GET", f"/api/v1/jobs/{job_id}")

    def jobs(self, **filters: Union[str, int]) -> Dict[str, Json]:
        """A page of jobs. Filters: job_type, status, queue, parent_id, tag, after (the page's
        next), page, limit."""
        return self.request("GET", "/api/v1/jobs?" + urllib.parse.urlencode(filters))

    def cancel(self, job_id: str, keep_partial: bool = False) -> bool:
        """Asks a job to stop; False when it is too late."""
        try:
            self.request("POST", f"/api/v1/jobs/{job_id}/cancel", {"keep_partial": keep_partial})
            return True
        except HeadwayError as refused:
            if refused.status == 409:
                return False
            raise

    def retry(self, job_id: str) -> Dict[str, Json]:
        """Does an ended job again, as a new one."""
        return self.request("POST", f"/api/v1/jobs/{job_id}/retry", {})

    def logs(self, job_id: str, after: int = 0) -> Iterator[Dict[str, Json]]:
        """The lines of a job's log whose number is higher, page by page."""
        while True:
            page = self.request("GET", f"/api/v1/jobs/{job_id}/logs?after={after}")
            yield from page["lines"]
            if not page["lines"]:
                return
            after = page["last_number"]

    def output(self, job_id: str, name: str) -> str:
        """The text of a job's output of this name, as far as it has come."""
        text, after = "", 0
        while True:
            page = self.request("GET", f"/api/v1/jobs/{job_id}/logs?stream={urllib.parse.quote(name)}&after={after}")
            text += "".join(piece["text"] for piece in page["lines"])
            if not page["lines"]:
                return text
            after = page["last_number"]

    def files(self, job_id: str) -> List[Dict[str, Json]]:
        """The files that were uploaded for a job, by name, each with its bytes and uploaded_at."""
        return self.request("GET", f"/api/v1/jobs/{job_id}/files")["files"]

    def download(self, job_id: str, name: str, path: "os.PathLike[str] | str") -> None:
        """Downloads a file of a job to a path, in constant memory."""
        source = self._exchange("GET", _file_path(job_id, name), None, {}, None)
        with source, open(path, "wb") as target:
            shutil.copyfileobj(source, target)

    def link_file(self, job_id: str, name: str, ttl_seconds: int = 604_800) -> Dict[str, Json]:
        """A link by which anybody may download a file of a job until it ends: url, expires_at, and
        the id that ends it early."""
        return self.request("POST", _file_path(job_id, name) + "/link", {"ttl_seconds": ttl_seconds})

    # Watching

    def watch(self, topic: str, after: Optional[str] = None, logs: bool = False) -> Iterator[Event]:
        """The events of a topic to its end, across every lost connection.

        A job's id stands for its topic. Without `after`, a cursor, the first event is of type
        "snapshot": the present state. In a thread that runs an event loop (Jupyter, FastAPI) the
        events come over HTTP; they block it as any other call here does.
        """
        following = _Following(self, topic if ":" in topic else f"job:{topic}", after, logs)
        if self._websocket and not _in_event_loop():
            yield from following.over_websocket()
        yield from following.over_http()

    def wait(self, job_id: str) -> Dict[str, Json]:
        """The job once it has ended."""
        for _ in self.watch(f"job:{job_id}"):
            pass
        return self.get(job_id)

    # Working

    def claim(
        self,
        types: Sequence[str] = (),
        *,
        queue: str = "default",
        lease_seconds: float = 30.0,
        wait_seconds: float = 0.0,
        worker_id: Optional[str] = None,
    ) -> Optional["Job"]:
        """The next job, held by this worker, or None. Use it in a `with` statement."""
        body = {
            "queue": queue,
            "job_types": list(types),
            "worker_id": worker_id or self.worker_id,
            "lease_seconds": lease_seconds,
            "wait_seconds": wait_seconds,
        }
        claim = self.request("POST", "/api/v1/jobs/claim", body, timeout=wait_seconds + self._timeout)
        return None if claim is None else Job(self, claim, lease_seconds)

    def _worker_channel(self) -> Optional["_Channel"]:
        """The channel over which jobs come and reports go; None where all goes over HTTP."""
        with self._starting:
            if self._websocket and (self._channel is None or not self._channel.own):
                self._channel = _Channel(self)
            return self._channel

    def work(
        self, types: Sequence[str] = (), *, stop: Optional[threading.Event] = None, **options: Any
    ) -> Iterator["Job"]:
        """Jobs one after the other, until `stop` is set; a server that is away is waited for.

        Jobs come and reports go over one WebSocket, also of several threads that work; where none
        gets through, over HTTP."""
        stop = stop or threading.Event()
        options.setdefault("wait_seconds", _WAIT_SECONDS)
        channel = self._worker_channel()
        backoff = Backoff()
        while not stop.is_set():
            try:
                if channel is not None and channel.ready():
                    job = channel.take(_Terms.of(self, types, **options), stop)
                else:
                    job = self.claim(types, **options)
                backoff.reset()
            except HeadwayError as failure:
                if not failure.temporary:
                    raise
                stop.wait(max(failure.retry_after, backoff.next()))
                continue
            if job is not None:
                yield job


def _json(value: Json) -> str:
    """A value as JSON. Raises TypeError or ValueError when JSON cannot hold it."""
    return json.dumps(value, allow_nan=False)


def _in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
        return True
    except RuntimeError:
        return False


def _refusal(refused: urllib.error.HTTPError) -> HeadwayError:
    with refused:
        text = refused.read()
    try:
        problem = json.loads(text)
    except ValueError:  # a proxy's page
        problem = {"code": "UNAVAILABLE"}
    kind = LeaseLost if problem.get("code") == "LEASE_LOST" else HeadwayError
    with suppress(ValueError):
        return kind(refused.code, problem, float(refused.headers.get("Retry-After") or 0))
    return kind(refused.code, problem)


class Job:
    """A job that this worker holds. Its lease is renewed in the background.

    As a `with` block: what is raised inside fails the attempt, so that another one may follow while
    attempts are left; `PermanentFailure` fails the job for good, `Cancelled` ends it as cancelled,
    and a block that ends without `complete` completes it with no result.
    """

    def __init__(self, client: Client, claim: Dict[str, Json], lease_seconds: float) -> None:
        self._client = client
        self.job: Dict[str, Json] = claim["job"]
        self.id: str = self.job["id"]
        self.type: str = self.job["job_type"]
        self.payload: Dict[str, Json] = self.job["payload"]
        self.attempt: int = self.job["attempt"]
        #: What an earlier attempt has left to go on from; None when this one begins anew.
        self.checkpoint: Json = claim.get("checkpoint")
        self._lease: str = claim["lease"]
        self._lease_seconds = lease_seconds
        self._changed = threading.Condition()
        self._reports: List[Dict[str, Json]] = []
        self._lines: List[Line] = []
        self._busy = False
        self._ending = False
        self._over = False
        self._cancel: Optional[Cancelled] = None
        self._lost: Optional[LeaseLost] = None
        self._sender = threading.Thread(target=self._send_all, name=f"headway-{self.id}", daemon=True)
        self._sender.start()

    # What the work says

    def progress(
        self,
        percent: Optional[float] = None,
        *,
        done: Optional[int] = None,
        total: Optional[int] = None,
        step: Optional[str] = None,
        message: Optional[str] = None,
        metadata: Optional[Dict[str, Json]] = None,
        checkpoint: Json = None,
        steps: Optional[Iterable[Step]] = None,
    ) -> None:
        """Reports progress, as often as one likes: ten reports a second are sent at most, the last
        one always. percent is from 0 to 100; done and total give it, too. checkpoint is what the
        next attempt would go on from, at most 65,536 bytes of JSON: it finds it in `checkpoint`.
        steps declares the job's steps, once: names, or pairs of a name and its share of the bar;
        done and total count within one.

        Raises TypeError or ValueError when the report is wrong or JSON cannot hold it.
        """
        _check(percent, done, total)
        _check_checkpoint(checkpoint)
        said = {
            "progress": percent,
            "done": done,
            "total": total,
            "stage": step,
            "message": message,
            "metadata": metadata,
            "checkpoint": json.loads(_json(checkpoint)),  # as it is now
            "steps": None if steps is None else _steps(steps),
        }
        report = {name: value for name, value in said.items() if value is not None}
        _json(report)
        with self._changed:
            if not self._ended():
                _add(self._reports, report)
                self._changed.notify_all()

    def log(self, *lines: str) -> None:
        """Adds lines to the job's log."""
        parts = [part for line in lines for part in line.split("\n")]
        with self._changed:
            if not self._ended():
                self._lines.extend(parts)
                self._changed.notify_all()

    def write(self, output: str, text: str) -> None:
        """Adds text to an output of this name, for example a model's answer: its pieces follow one
        another as they are, and watchers see it grow. Raises ValueError for a name that cannot be one.
        """
        _check_output(output)
        with self._changed:
            if not self._ended():
                _add_text(self._lines, output, text)
                self._changed.notify_all()

    def upload(self, path: "os.PathLike[str] | str", name: Optional[str] = None) -> Dict[str, Json]:
        """Uploads a file for the job, in constant memory and in place of an earlier one of that
        name, which is the file's own unless said; returns once it is kept.

        Raises LeaseLost when the job is lost; HeadwayError 413 when the file is larger than the
        server takes, 409 when the job has too many, 503 when the server's disk is full: the job is
        still this worker's then.
        """
        with open(path, "rb") as content:
            headers = {
                "Content-Type": "application/octet-stream",
                "Content-Length": str(os.fstat(content.fileno()).st_size),
                "Headway-Lease": self._lease,
            }
            target = _file_path(self.id, os.path.basename(path) if name is None else name)
            with self._client._exchange("PUT", target, content, headers, _UPLOAD_SECONDS) as answer:
                return json.loads(answer.read())

    def check(self) -> None:
        """Raises Cancelled when the job has been asked to stop, LeaseLost when it is lost."""
        if self._lost is not None:
            raise self._lost
        if self._cancel is not None:
            raise self._cancel

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody has asked the job to stop."""
        return self._cancel is not None

    def flush(self, timeout: Optional[float] = None) -> bool:
        """Waits until everything has been sent, or for `timeout` seconds; whether it has."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._ended() or not (self._reports or self._lines or self._busy), timeout
            )

    # How it ends

    def complete(self, result: Json = None) -> Dict[str, Json]:
        """Ends the job with a result.

        Raises LeaseLost when the job is not this worker's any more; TypeError or ValueError when
        JSON cannot hold the result; HeadwayError 413 when it is larger than the server takes, 1 MiB.
        After the last two the job is still this worker's.
        """
        return self._end("complete", "completed", {"result": result})

    def fail(self, error: object, *, retryable: bool = False, details: Optional[str] = None) -> Dict[str, Json]:
        """Ends this attempt with an error; if retryable and attempts are left, it is queued again."""
        body: Dict[str, Json] = {"error": str(error) or type(error).__name__, "retryable": retryable}
        if details:
            body["details"] = details
        return self._end("fail", "failed", body)

    def cancelled(self, partial: Json = None) -> Dict[str, Json]:
        """Says that the work has stopped as asked."""
        return self._end("cancelled", "cancelled", {} if partial is None else {"partial": partial})

    def __enter__(self) -> "Job":
        return self

    def __exit__(self, kind: Optional[type], failure: Optional[BaseException], _: object) -> bool:
        if self._ended():
            return isinstance(failure, (Cancelled, LeaseLost))
        if failure is None:
            self.complete()
            return False
        with suppress(HeadwayError):  # the failure itself goes on
            if isinstance(failure, Cancelled):
                self.cancelled()
            else:
                self.fail(failure, retryable=not isinstance(failure, PermanentFailure))
        return isinstance(failure, Cancelled)

    # How it is sent

    def _ended(self) -> bool:
        return self._over or self._lost is not None

    def _post(self, verb: str, body: Dict[str, Json]) -> Json:
        channel = self._client._channel
        if channel is not None and channel.own:
            with suppress(_NoChannel):
                return channel.say(self, verb, {"lease": self._lease, **body})
        path = f"/api/v1/jobs/{self.id}/{verb}"
        return self._client.request("POST", path, {"lease": self._lease, **body})

    def _told_to_stop(self, keep_partial: bool) -> None:
        with self._changed:
            self._cancel = self._cancel or Cancelled(keep_partial)
            self._changed.notify_all()

    def _told_lost(self, lost: LeaseLost) -> None:
        with self._changed:
            if not self._over:
                self._lost = lost
            self._changed.notify_all()

    def _send_all(self) -> None:
        while True:
            with self._changed:
                if not (self._reports or self._lines or self._over):
                    self._changed.wait(self._lease_seconds / 3)
                if self._ended():
                    return
                report = self._reports.pop(0) if self._reports else None
                lines = _portion(self._lines)
                del self._lines[: len(lines)]
                self._busy = True
            if report is None and not lines:
                report = {}  # renews the lease
            pause = self._send(report, lines)
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                if not self._ended():
                    self._changed.wait_for(self._ended, pause)

    def _send(self, report: Optional[Dict[str, Json]], lines: List[Line]) -> float:
        try:
            if lines:
                self._post("logs", {"lines": lines})
                lines = []
            if report is not None:
                reply = self._post("progress", report)
                if reply["cancel_requested"]:
                    self._told_to_stop(bool(reply.get("keep_partial")))
            return _REPORT_SECONDS
        except HeadwayError as failure:
            return self._unsent(failure, report, lines)

    def _unsent(
        self, failure: HeadwayError, report: Optional[Dict[str, Json]], lines: List[Line]
    ) -> float:
        with self._changed:
            if isinstance(failure, LeaseLost):
                self._lost = failure
            elif failure.temporary:
                self._lines[:0] = lines
                if report:
                    _add_before(self._reports, report)
            elif failure.status in _INVALID and lines and not str(lines[0]).startswith(_LEFT_OUT):
                self._lines.insert(0, f"{_LEFT_OUT} {len(lines)} lines were refused here: {failure}")
        return max(failure.retry_after, min(1.0, self._lease_seconds / 6))

    def _end(self, verb: str, status: str, body: Dict[str, Json]) -> Dict[str, Json]:
        _json(body)
        with self._changed:
            if self._over or self._ending:
                raise HeadwayError(409, {"code": "TOO_LATE", "detail": "The job has ended already"})
            self._ending = True
        self.flush(_PATIENCE_SECONDS)
        over = True
        try:
            return self._deliver(verb, status, body)
        except HeadwayError as refused:
            over = refused.status not in _INVALID
            raise _with_remedy(refused, verb) from None
        finally:
            self._finish(over)

    def _finish(self, over: bool) -> None:
        """Stops the sender, unless the end was refused and the job goes on."""
        with self._changed:
            self._over = over
            self._ending = False
            self._changed.notify_all()
        if over:
            self._sender.join()

    def _deliver(self, verb: str, status: str, body: Dict[str, Json]) -> Dict[str, Json]:
        tries = 0

        def attempt() -> Dict[str, Json]:
            nonlocal tries
            tries += 1
            try:
                return self._post(verb, body)
            except HeadwayError as refused:
                # An end whose answer was lost has been reached all the same.
                if tries > 1 and refused.status == 409:
                    job = self._client.get(self.id)
                    if job["status"] == status and job["attempt"] == self.attempt:
                        return job
                raise

        return _persistently(attempt)


class _NoChannel(Exception):
    """This goes over HTTP: there is no connection, or it is too large for one message."""


class _Terms:
    """The terms under which jobs are claimed."""

    def __init__(self, queue: str, types: Sequence[str], worker_id: str, lease_seconds: float) -> None:
        self.queue, self.types, self.worker_id = queue, tuple(types), worker_id
        self.lease_seconds = lease_seconds

    @staticmethod
    def of(
        client: Client,
        types: Sequence[str] = (),
        *,
        queue: str = "default",
        lease_seconds: float = 30.0,
        worker_id: Optional[str] = None,
        wait_seconds: float = 0.0,
    ) -> "_Terms":
        return _Terms(queue, types, worker_id or client.worker_id, lease_seconds)

    @property
    def key(self) -> Any:
        return (self.queue, self.types, self.worker_id, self.lease_seconds)


class _Demand:
    """The jobs that are wanted under the same terms, and those that were handed out."""

    def __init__(self, terms: _Terms) -> None:
        self.terms = terms
        self.waiting = 0
        self.held = 0
        self.asked: Optional[int] = None
        self.claims: List[Dict[str, Json]] = []
        self.refused: Optional[HeadwayError] = None

    def work(self) -> Optional[Dict[str, Json]]:
        """The message that asks for as many as are wanted; None when it was sent."""
        wanted = self.waiting + self.held
        if wanted == (self.asked or 0):
            return None
        self.asked = wanted
        terms = self.terms
        return {
            "op": "work",
            "queue": terms.queue,
            "job_types": list(terms.types),
            "worker_id": terms.worker_id,
            "lease_seconds": terms.lease_seconds,
            "at_most": wanted,
        }


class _Item:
    """Something that is said of a job, until it is known to be taken."""

    def __init__(self, job: Optional["Job"], lease: str, text: str, end: bool) -> None:
        self.job, self.lease, self.text, self.end = job, lease, text, end
        self.answer: Json = {"cancel_requested": False}
        self.failure: Optional[HeadwayError] = None
        self.done = False


class _Channel:
    """A worker's connection: jobs come as there are any, and what is said of them goes in batches.

    It has a thread of its own, and connects again when the connection is lost. What was not
    acknowledged by then fails as temporary, so that whoever said it says it again.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._process = os.getpid()
        self._changed = threading.Condition()  # guards everything below
        self._demands: Dict[Any, _Demand] = {}
        self._items: List[_Item] = []
        self._sent: Dict[int, List[_Item]] = {}
        self._jobs: Dict[str, "Job"] = {}
        self._sources: Dict[str, _Demand] = {}
        self._number = 0
        self._requests: Dict[int, _Demand] = {}
        self._open = False
        self._tried = False
        self._most_characters = _CHARACTERS_BEFORE_WORK
        self._wake: Any = None
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="headway-worker", daemon=True).start()

    # For the threads that work

    @property
    def own(self) -> bool:
        """Whether it is this process's: a forked one has no thread for it."""
        return self._process == os.getpid()

    def hold(self, job: "Job") -> None:
        """Is told what happens to a job that this worker holds otherwise."""
        with self._changed:
            self._jobs[job._lease] = job
            if self._open:
                self._show_alive(job._lease)
                self._wake_up()

    def _show_alive(self, lease: str) -> None:
        self._items.append(_Item(None, lease, _json({"lease": lease}), False))

    def ready(self) -> bool:
        """Whether it is connected; waits for the first attempt to connect."""
        with self._changed:
            self._changed.wait_for(lambda: self._tried, 10)
            return self._open

    def take(self, terms: _Terms, stop: threading.Event) -> Optional["Job"]:
        """The next job; None when `stop` was set or the connection is lost."""
        with self._changed:
            demand = self._demands.setdefault(terms.key, _Demand(terms))
            demand.waiting += 1
            self._wake_up()
            try:
                while self._open and not (demand.claims or demand.refused or stop.is_set()):
                    self._changed.wait(0.2)
                if demand.refused is not None:
                    self._demands.pop(terms.key, None)
                    raise demand.refused
                if not demand.claims:
                    return None
                claim = demand.claims.pop(0)
                self._show_alive(claim["lease"])  # else the job would go to another worker
            finally:
                demand.waiting -= 1
                self._wake_up()
            job = Job(self._client, claim, terms.lease_seconds)
            self._jobs[claim["lease"]] = job
            return job

    def say(self, job: "Job", kind: str, body: Dict[str, Json]) -> Json:
        """Says something of a job and waits until it is taken."""
        text = _json({"kind": kind, **body})
        with self._changed:
            if not self._open or len(text) > self._most_characters:
                raise _NoChannel
            item = _Item(job, body["lease"], text, kind in ("complete", "fail", "cancelled"))
            self._jobs[item.lease] = job
            if item.end:
                self._released(item.lease)
            self._items.append(item)
            self._wake_up()
            if not self._changed.wait_for(lambda: item.done, self._client._timeout):
                item.failure = _away("The server did not acknowledge in time")
            if item.end and (item.failure is None or not item.failure.temporary):
                self._jobs.pop(item.lease, None)
        if item.failure is not None:
            raise item.failure
        return item.answer

    def _released(self, lease: str) -> None:
        demand = self._sources.pop(lease, None)
        if demand is not None:
            demand.held -= 1

    def _wake_up(self) -> None:
        if self._wake is not None:
            self._loop.call_soon_threadsafe(self._wake.set)

    # On its own thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._stay_connected())

    async def _stay_connected(self) -> None:
        self._wake = asyncio.Event()
        backoff = Backoff()
        while True:
            with suppress(OSError, ValueError, asyncio.TimeoutError, websockets.WebSocketException):
                await self._session(backoff)
            self._disconnected()
            await asyncio.sleep(backoff.next())

    async def _session(self, backoff: Backoff) -> None:
        token = self._client.token()
        protocols = ["headway.v1"] + (["bearer", token] if token else [])
        url = self._client.url.replace("http", "ws", 1) + "/api/v1/stream"
        async with websockets.connect(url, subprotocols=protocols, max_size=None) as connection:
            hello = json.loads(await connection.recv())
            window = hello["reconnect"]
            backoff.low, backoff.high = window["min_ms"] / 1e3, window["max_ms"] / 1e3
            self._connected()
            sending = asyncio.ensure_future(self._send_all(connection))
            try:
                async for text in connection:
                    backoff.reset()
                    with self._changed:
                        self._received(json.loads(text))
                        self._changed.notify_all()
            finally:
                sending.cancel()

    def _connected(self) -> None:
        with self._changed:
            self._open = self._tried = True
            for lease in self._jobs:  # the server tells a connection of those that it has heard of over it
                self._show_alive(lease)
            self._wake.set()
            self._changed.notify_all()

    def _disconnected(self) -> None:
        with self._changed:
            self._open, self._tried = False, True
            self._most_characters = _CHARACTERS_BEFORE_WORK
            lost = self._items + [item for batch in self._sent.values() for item in batch]
            for item in lost:
                self._settle(item, _away("The connection was lost"))
            self._items, self._sent, self._requests = [], {}, {}
            self._sources.clear()
            for demand in self._demands.values():
                demand.held, demand.asked, demand.claims = 0, None, []
            self._changed.notify_all()

    async def _send_all(self, connection: Any) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            for text in self._messages():
                await connection.send(text)
            await asyncio.sleep(_BATCH_SECONDS)

    def _messages(self) -> List[str]:
        with self._changed:
            messages = []
            for demand in self._demands.values():
                work = demand.work()
                if work is not None:
                    self._number += 1
                    self._requests[self._number] = demand
                    messages.append(_json({**work, "id": self._number}))
            while self._items and len(self._sent) < _UNACKNOWLEDGED:
                messages.append(self._batch())
            return messages

    def _batch(self) -> str:
        count = characters = 0
        for item in self._items[:_ITEMS_A_MESSAGE]:
            characters += len(item.text)
            if count > 0 and characters > self._most_characters:
                break
            count += 1
        batch, self._items = self._items[:count], self._items[count:]
        self._number += 1
        self._sent[self._number] = batch
        items = ",".join(item.text for item in batch)
        return f'{{"op":"reports","id":{self._number},"upto":{self._number},"items":[{items}]}}'

    def _received(self, frame: Dict[str, Json]) -> None:
        if "claimed" in frame:
            self._claimed(frame["claimed"])
        for lease in frame.get("lost", ()):
            self._lost(lease)
        for lease in frame.get("cancel_requested", ()):
            if lease in self._jobs:
                self._jobs[lease]._told_to_stop(lease in frame.get("keep_partial", ()))
        for refusal in frame.get("refused", ()):
            if "item" in refusal and refusal["upto"] in self._sent:
                item = self._sent[refusal["upto"]][refusal["item"]]
                self._settle(item, _refused_item(refusal["code"], refusal["message"]))
        for ended in frame.get("ended", ()):
            for item in self._unacknowledged(ended["lease"]):
                item.answer = {**(item.job.job if item.job else {}), **_outcome(ended, item.text)}
        if "acked" in frame:
            for number in [number for number in self._sent if number <= frame["acked"]]:
                for item in self._sent.pop(number):
                    self._settle(item, None)
            self._wake_up()
        if "re" in frame:
            self._replied(frame)

    def _claimed(self, claim: Dict[str, Json]) -> None:
        job = claim["job"]
        for demand in sorted(self._demands.values(), key=lambda demand: -demand.waiting):
            if demand.terms.queue == job["queue"] and job["job_type"] in (demand.terms.types or [job["job_type"]]):
                demand.claims.append(claim)
                demand.held += 1
                self._sources[claim["lease"]] = demand
                return

    def _lost(self, lease: str) -> None:
        problem = {"code": "LEASE_LOST", "detail": "The job is not this worker's any more"}
        demand = self._sources.get(lease)
        untaken = demand is not None and any(claim["lease"] == lease for claim in demand.claims)
        if demand is not None and untaken:  # the server gives no other job in its place
            demand.claims = [claim for claim in demand.claims if claim["lease"] != lease]
        else:
            self._released(lease)
        for item in self._unacknowledged(lease):
            self._settle(item, LeaseLost(409, problem))
        job = self._jobs.pop(lease, None)
        if job is not None:
            job._told_lost(LeaseLost(409, problem))

    def _replied(self, frame: Dict[str, Json]) -> None:
        demand = self._requests.pop(frame["re"], None)
        if "error" not in frame:
            self._most_characters = _CHARACTERS_A_REQUEST
            return
        failure = _refused_item(frame["error"]["code"], frame["error"]["message"])
        if demand is not None:
            demand.refused = failure
        for item in self._sent.pop(frame["re"], ()):
            self._settle(item, failure)

    def _unacknowledged(self, lease: str) -> List[_Item]:
        return [item for batch in self._sent.values() for item in batch if item.lease == lease and not item.done]

    def _settle(self, item: _Item, failure: Optional[HeadwayError]) -> None:
        if not item.done:
            item.done, item.failure = True, failure


def _away(detail: str) -> HeadwayError:
    return HeadwayError(0, {"detail": detail})


def _refused_item(code: str, message: str) -> HeadwayError:
    kind = LeaseLost if code == "LEASE_LOST" else HeadwayError
    return kind(_STATUSES.get(code, 500), {"code": code, "detail": message})


def _outcome(ended: Dict[str, Json], said: str) -> Dict[str, Json]:
    """What is known of a job that this worker has ended."""
    outcome = {"status": ended["status"], "attempt": ended["attempt"]}
    if ended["status"] == "completed":
        outcome.update(progress=100, result_payload=json.loads(said).get("result"))
    return outcome


def _check(percent: Optional[float], done: Optional[int], total: Optional[int]) -> None:
    """Raises ValueError for what the server would refuse."""
    if percent is not None and not 0 <= percent <= 100:
        raise ValueError(f"percent ({percent}) must be from 0 to 100")
    if (done is None) != (total is None):
        raise ValueError(f"done ({done}) and total ({total}) must come together")
    if done is not None and total is not None and not (total > 0 and 0 <= done <= total):
        raise ValueError(f"done ({done}) must be from 0 to total ({total}), which must be above 0")


def _steps(steps: Iterable[Step]) -> List[Dict[str, Json]]:
    """Steps as the server takes them. Raises ValueError for what it would refuse."""
    pairs = [(step, 1.0) if isinstance(step, str) else tuple(step) for step in steps]
    names = [name for name, _ in pairs]
    for name, weight in pairs:
        if not 0 < weight <= 1_000_000:
            raise ValueError(f"The weight ({weight}) of step {name} must be above 0 and at most 1,000,000")
        if not 0 < len(name) <= 100:
            raise ValueError(f"The name ({name}) of a step must have 1 to 100 characters")
    if len(set(names)) < len(names):
        raise ValueError(f"Each step needs a name of its own: {names}")
    return [{"name": name, "weight": weight} for name, weight in pairs]


def _check_checkpoint(checkpoint: Json) -> None:
    size = len(json.dumps(checkpoint, ensure_ascii=False, separators=(",", ":")).encode())
    if size > _BYTES_A_CHECKPOINT:
        raise ValueError(
            f"checkpoint has {size} bytes; at most {_BYTES_A_CHECKPOINT} are kept. "
            "Store it elsewhere and keep its address"
        )


def _file_path(job_id: str, name: str) -> str:
    return f"/api/v1/jobs/{job_id}/files/{urllib.parse.quote(name, safe='')}"


def _portion(lines: List[Line]) -> List[Line]:
    """The first lines, as many as one request takes; at least one of several."""
    characters = 0
    portion: List[Line] = []
    for line in lines[:_LINES_A_REQUEST]:
        line = line[:_CHARACTERS_A_LINE] if isinstance(line, str) else line
        characters += len(line if isinstance(line, str) else line["text"])
        if portion and characters > _CHARACTERS_A_REQUEST:
            break
        portion.append(line)
    return portion


def _check_output(name: str) -> None:
    if not _OUTPUT.fullmatch(name) or name in _LINE_STREAMS:
        raise ValueError(f"The name ({name}) of an output must match {_OUTPUT.pattern}, and is none of {_LINE_STREAMS}")


def _add_text(lines: List[Line], output: str, text: str) -> None:
    """Adds to the last piece, while it is of the same output and small enough."""
    for begin in range(0, len(text), _CHARACTERS_A_PIECE):
        piece = text[begin : begin + _CHARACTERS_A_PIECE]
        last = lines[-1] if lines else None
        if isinstance(last, dict) and last["stream"] == output and len(last["text"]) < _CHARACTERS_A_PIECE:
            lines[-1] = {"stream": output, "text": last["text"] + piece}
        else:
            lines.append({"stream": output, "text": piece})


def _with_remedy(refused: HeadwayError, verb: str) -> HeadwayError:
    if refused.status == 413 and verb == "complete":
        refused.args = (
            f"{refused}. The result is too large: store it elsewhere and complete with its address",
        )
    return refused


def _merged(earlier: Dict[str, Json], later: Dict[str, Json]) -> Dict[str, Json]:
    if "progress" in later or "done" in later:
        earlier = {k: v for k, v in earlier.items() if k not in ("progress", "done", "total")}
    return {**earlier, **later}


def _same_step(earlier: Dict[str, Json], later: Dict[str, Json]) -> bool:
    return "stage" not in later or later["stage"] == earlier.get("stage")


def _add(reports: List[Dict[str, Json]], report: Dict[str, Json]) -> None:
    """Of several reports within a step only the newest is sent; of each step at least one."""
    if reports and (_same_step(reports[-1], report) or len(reports) >= 50):
        reports[-1] = _merged(reports[-1], report)
    else:
        reports.append(report)


def _add_before(reports: List[Dict[str, Json]], report: Dict[str, Json]) -> None:
    if reports and _same_step(report, reports[0]):
        reports[0] = _merged(report, reports[0])
    else:
        reports.insert(0, report)


def _persistently(attempt: Callable[[], Dict[str, Json]]) -> Dict[str, Json]:
    backoff = Backoff()
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return attempt()
        except HeadwayError as failure:
            if not failure.temporary or time.monotonic() > until:
                raise
            time.sleep(max(failure.retry_after, backoff.next()))


class _Following:
    """One watched topic: where it has come to, and the ways to follow it."""

    def __init__(self, client: Client, topic: str, after: Optional[str], logs: bool) -> None:
        self._client = client
        self._topic = topic
        self._cursor = after
        self._logs = logs
        self._ended = False
        self._backoff = Backoff()

    def _seen(self, event: Event) -> Event:
        self._cursor = event["cursor"]
        kind = event["data"].get("status") if event["type"] == "snapshot" else event["type"]
        self._ended = kind in ENDS and not self._topic.startswith(("user:", "tag:"))
        return event

    def over_http(self) -> Iterator[Event]:
        """Long polls."""
        while not self._ended:
            query = {"wait": "25", "logs": str(self._logs).lower()}
            if self._cursor:
                query["after"] = self._cursor
            path = f"/api/v1/topics/{self._topic}/events?" + urllib.parse.urlencode(query)
            try:
                batch = self._client.request("GET", path, timeout=60)
            except HeadwayError as failure:
                if not failure.temporary:
                    raise
                time.sleep(max(failure.retry_after, self._backoff.next()))
                continue
            self._backoff.reset()
            yield from map(self._seen, _events(batch))
            self._cursor = batch["cursor"]
            self._ended = self._ended or batch.get("ended", False)

    def over_websocket(self) -> Iterator[Event]:
        """The native stream; returns at the end, or for good when no WebSocket gets through."""
        unopened = 0
        while not self._ended and unopened < 2:
            loop = asyncio.new_event_loop()
            session = self._session()
            try:
                while True:
                    event = loop.run_until_complete(session.__anext__())
                    unopened = 0
                    if event is not None:
                        yield self._seen(event)
                    if self._ended:
                        return
            except StopAsyncIteration:
                unopened += 1
                time.sleep(self._backoff.next())
            finally:
                loop.run_until_complete(session.aclose())
                loop.close()

    async def _session(self) -> Any:
        """The events of one connection; None once it stands."""
        token = self._client.token()
        protocols = ["headway.v1"] + (["bearer", token] if token else [])
        url = self._client.url.replace("http", "ws", 1) + "/api/v1/stream"
        try:
            async with websockets.connect(url, subprotocols=protocols, max_size=None) as connection:
                async for event in self._frames(connection):
                    yield event
        except (OSError, asyncio.TimeoutError, websockets.WebSocketException) as failure:
            if getattr(failure, "code", None) in (4401, 4403, 4408, 4410):
                problem = {"code": "AUTHENTICATION_ERROR", "detail": str(failure)}
                raise HeadwayError(401, problem) from None

    async def _frames(self, connection: Any) -> Any:
        opened = time.monotonic()
        async for text in connection:
            frame = json.loads(text)
            if "hello" in frame:
                window = frame["reconnect"]
                self._backoff.low, self._backoff.high = window["min_ms"] / 1e3, window["max_ms"] / 1e3
                topic = {"topic": self._topic, "after": self._cursor, "logs": self._logs}
                await connection.send(json.dumps({"op": "watch", "id": 1, "topics": [topic]}))
                yield None
            elif "type" in frame:
                if time.monotonic() - opened > 10:
                    self._backoff.reset()
                yield frame
            elif "re" in frame or "refused" in frame:
                for event in _replied(frame):
                    yield event


def _replied(frame: Dict[str, Json]) -> Iterator[Event]:
    for refused in frame.get("refused", ()):
        detail = f"The topic {refused['topic']} does not exist or may not be watched"
        raise HeadwayError(404, {"code": refused["code"], "detail": detail})
    if "error" in frame:
        problem = {"code": frame["error"]["code"], "detail": frame["error"]["message"]}
        raise HeadwayError(401, problem)
    for entry in frame.get("watching", ()):
        if entry["snapshot"] is not None:
            yield _snapshot(entry["topic"], entry["cursor"], entry["snapshot"])


def _events(batch: Dict[str, Json]) -> Iterator[Event]:
    if not batch["recovered"] and batch.get("snapshot"):
        yield _snapshot(batch["topic"], batch["cursor"], batch["snapshot"])
    yield from batch["events"]


def _snapshot(topic: str, cursor: str, state: Dict[str, Json]) -> Event:
    return {"topic": topic, "cursor": cursor, "type": "snapshot", "data": state}
