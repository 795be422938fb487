"""Live progress of work that already runs somewhere: one call shows it, none of its calls waits.

    with track("Nightly import", total=5_000) as job:
        for row in rows:
            store(row)
            job.advance()

    for row in track("Nightly import", rows):
        store(row)

A thread of its own talks to the server. While the server is away the work goes on as it would
without Headway, and what is newest is shown once the server is back.
"""

from __future__ import annotations

import asyncio
import atexit
import html
import logging
import os
import threading
import time
import uuid
import weakref
from contextvars import ContextVar
from types import TracebackType
from typing import (
    Any,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Dict,
    Generic,
    Iterable,
    Iterator,
    List,
    Optional,
    Set,
    Type,
    TypeVar,
    Union,
    cast,
)

from .client import (
    Backoff,
    Cancelled,
    Client,
    HeadwayError,
    Job,
    Json,
    Line,
    PermanentFailure,
    Step,
    _add_text,
    _check,
    _check_output,
    _json,
    _steps,
)
from .notebook import element

T = TypeVar("T")

_LOG = logging.getLogger("headway")

#: Left by these, work has been stopped and has not failed.
_STOPPED = (Cancelled, KeyboardInterrupt, asyncio.CancelledError)

_REPORT_SECONDS = 0.1
_GLANCE_SECONDS = 0.2
_LAST_SECONDS = 10.0  # how long the end of the program waits for the server
_STEPS_KEPT = 50
_LINES_KEPT = 10_000

_innermost: ContextVar[Optional["Track[Any]"]] = ContextVar("headway_innermost", default=None)
_open: "weakref.WeakSet[Track[Any]]" = weakref.WeakSet()
_away: Set[str] = set()  # the servers that did not answer last; nothing waits for them


def track(
    name: str,
    items: Union[None, Iterable[T], AsyncIterable[T]] = None,
    *,
    total: Optional[int] = None,
    **options: Any,
) -> "Track[T]":
    """Shows work as a job of this name, which is running at once: see `Track` for the options.

    The result is a context manager, sync or async, and iterates over `items`, sync or async.
    """
    return Track(name, items, total=total, **options)


class Track(Generic[T]):
    """Work that is shown as a job. Every method may be called by any thread; none waits for the server.

    A job that is begun inside another one is its child, and does not move its parent's bar.

    items: what to iterate over; their number is the total, when they have one.
    total: how much is to be done; None when that is unknown.
    client: by default one for $HEADWAY_URL with $HEADWAY_TOKEN.
    job_type: the kind of work, which the time left is learnt by.
    parent: the job that this one belongs to; by default the one that is open here.
    delay: seconds after which it is shown; work that ends sooner is not shown at all.
    patience: seconds that the end waits at most until the server has it.
    outage: seconds for which the server is tried again after the end of work that it has not heard of.
    Further options are those of `Client.submit`, for example payload, tags, steps and callback_url.
    """

    def __init__(
        self,
        name: str,
        items: Union[None, Iterable[T], AsyncIterable[T]] = None,
        *,
        total: Optional[int] = None,
        client: Optional[Client] = None,
        job_type: str = "track",
        parent: Optional["Track[Any]"] = None,
        delay: float = 0.0,
        patience: float = 30.0,
        outage: float = 0.0,
        **options: Json,
    ) -> None:
        self.name = name
        self.parent = parent or current()
        self._client: Client = client or (self.parent._client if self.parent else Client(timeout=10.0))
        self._items = items
        self._total = _size(items) if total is None else int(total)
        self._done = 0
        self._patience = patience
        self._outage = outage
        self._delay = delay
        self._body: Dict[str, Json] = {"name": name[:200], "idempotency_key": str(uuid.uuid4()), **options}
        self._type = job_type
        self._job: Optional[Job] = None
        self._reports: List[Dict[str, Any]] = []
        self._lines: List[Line] = []
        self._counted = False
        self._inside = False
        self._end: Optional[Callable[[Job], object]] = None
        self._ended_at = 0.0
        self._changed = threading.Condition()
        self._begun = threading.Event()
        self._process = os.getpid()
        self._children: List[Track[Any]] = []
        if self.parent is not None:
            self.parent._has(self)
        _open.add(self)
        self._thread = threading.Thread(target=self._run, name=f"headway-{name}", daemon=True)
        self._thread.start()

    # What is known of it

    @property
    def id(self) -> Optional[str]:
        """The job's id; None until the server has accepted it."""
        return self._job.id if self._job else None

    @property
    def url(self) -> Optional[str]:
        """The page that shows the job; None until the server has accepted it."""
        return f"{self._client.url}/job/{self.id}" if self._job else None

    def wait_begun(self, timeout: Optional[float] = None) -> bool:
        """Waits until the server has accepted or refused the job; whether it has been accepted."""
        self._begun.wait(timeout)
        return self._job is not None

    @property
    def done(self) -> int:
        """How much is done."""
        return self._done

    @property
    def total(self) -> Optional[int]:
        """How much is to be done; None when that is unknown."""
        return self._total

    @total.setter
    def total(self, total: Optional[int]) -> None:
        with self._changed:
            self._total = total
            self._count(self._done)

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody has asked the job, or one that it belongs to, to stop."""
        own = self._job is not None and self._job.cancel_requested
        return own or (self.parent is not None and self.parent.cancel_requested)

    def check(self) -> None:
        """Raises Cancelled when the job has been asked to stop."""
        if self.cancel_requested:
            raise Cancelled()

    # What the work says

    def advance(self, count: int = 1) -> None:
        """Adds to what is done."""
        with self._changed:
            self._count(self._done + int(count))

    def progress(
        self,
        percent: Optional[float] = None,
        *,
        done: Optional[int] = None,
        total: Optional[int] = None,
        step: Optional[str] = None,
        message: Optional[str] = None,
        metadata: Optional[Dict[str, Json]] = None,
        steps: Optional[Iterable[Step]] = None,
    ) -> None:
        """Reports progress, as often as one likes: ten reports a second are sent at most, the last
        one always. steps declares the job's steps, once: names, or pairs of a name and its share of
        the bar; done and total count within one. Raises TypeError or ValueError when the report is wrong or JSON cannot hold it.
        """
        total = self._total if total is None and done is not None else total
        _check(percent, None if total is None else done, total)
        if steps is not None:
            steps = list(steps)
            _steps(steps)
        said = {"percent": percent, "step": step, "message": message, "metadata": metadata, "steps": steps}
        report = {name: value for name, value in said.items() if value is not None}
        _json(report)
        with self._changed:
            if report:
                self._say(report)
            if total is not None:
                self._total = total
            if done is not None:
                self._count(int(done))

    def step(self, name: str, total: Optional[int] = None) -> None:
        """Begins a step, within which counting begins anew."""
        with self._changed:
            self._say({"step": name})
            self._total, self._done = total, 0

    def message(self, text: str) -> None:
        """Shows what is being done."""
        with self._changed:
            self._say({"message": text})

    def log(self, *lines: str) -> None:
        """Adds lines to the job's log."""
        with self._changed:
            self._lines.extend(lines)
            del self._lines[:-_LINES_KEPT]
            self._changed.notify_all()

    def write(self, output: str, text: str) -> None:
        """Adds text to an output of this name, for example a model's answer: its pieces follow one
        another as they are, and watchers see it grow. Raises ValueError for a name that cannot be one.
        """
        _check_output(output)
        with self._changed:
            _add_text(self._lines, output, text)
            del self._lines[:-_LINES_KEPT]
            self._changed.notify_all()

    def show(self, done: int, total: Optional[int] = None, message: Optional[str] = None) -> None:
        """Shows what a bar of another library shows, whatever its numbers are."""
        with self._changed:
            self._total = total
            if message is not None:
                self._say({"message": message})
            self._count(max(0, done))

    def child(self, name: str, items: Optional[Iterable[Any]] = None, **options: Any) -> "Track[Any]":
        """Shows a part of the work, for example another thread's, as a child of this job."""
        return Track(name, items, parent=self, **options)

    def adopting(self) -> "Track[T]":
        """This job, which is the parent of those that begin in this thread or task until it ends.
        A block and a loop are so by themselves."""
        _innermost.set(self)
        return self

    def _has(self, child: "Track[Any]") -> None:
        """Notes a child, and forgets those that the server knows."""
        with self._changed:
            self._children = [other for other in self._children if not other._begun.is_set()] + [child]

    def _count(self, done: int) -> None:
        self._done = done
        if self._total is not None and done > self._total:
            self._total = done
        if not self._counted:
            self._counted = True
            self._changed.notify_all()

    def _say(self, report: Dict[str, Any]) -> None:
        """Of several reports within a step only the newest is sent; of each step at least one."""
        if "step" in report:
            self._reports = self._taken()
        last = self._reports[-1] if self._reports else None
        if last is not None and ("step" not in report or len(self._reports) >= _STEPS_KEPT):
            last.update(report)
        else:
            self._reports.append(report)
        self._changed.notify_all()

    # How it ends

    def complete(self, result: Json = None) -> None:
        """Ends the job with a result. Raises TypeError or ValueError when JSON cannot hold it."""
        _json(result)
        self._finish(lambda job: _completed(job, result))

    def fail(self, error: object, *, retryable: bool = False) -> None:
        """Ends the job with an error."""
        self._finish(lambda job: job.fail(error, retryable=retryable))

    def cancelled(self) -> None:
        """Says that the work has been stopped."""
        self._finish(self._stopped)

    def _stopped(self, job: Job) -> object:
        if not job.cancel_requested:  # the program itself was stopped, or the job that this one belongs to
            self._client.cancel(job.id)
        return job.cancelled()

    def _finish(self, end: Callable[[Job], object]) -> None:
        """Ends the job once. The end of a job that belongs to no other one waits until the server has it."""
        if self._close(end) and self.parent is None and self._client.url not in _away:
            until = time.monotonic() + self._patience
            while self._thread.is_alive() and time.monotonic() < until and self._client.url not in _away:
                self._thread.join(_GLANCE_SECONDS)
            if self._thread.is_alive():
                _away.add(self._client.url)

    def _close(self, end: Callable[[Job], object]) -> bool:
        """Begins the end; whether it is the first."""
        with self._changed:
            if self._end is not None:
                return False
            self._end = end
            self._ended_at = time.monotonic()
            self._changed.notify_all()
        if _innermost.get() is self:
            _innermost.set(self.parent)
        return True

    def leave(self) -> None:
        """Ends the job after a loop that was left before its last item."""
        self.fail(f"Left after {self._done:,}" + (f" of {self._total:,}" if self._total is not None else ""))

    def end_with(self, failure: BaseException, retryable: bool = True) -> None:
        """Ends the job by what its work has raised: as cancelled when it was stopped, else as failed."""
        if isinstance(failure, _STOPPED):
            self.cancelled()
        elif isinstance(failure, SystemExit) and failure.code in (None, 0):
            self.complete()
        else:
            self.fail(failure, retryable=retryable and not isinstance(failure, PermanentFailure))

    # As a block

    def __enter__(self) -> "Track[T]":
        self._inside = True
        return self.adopting()

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        failure: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> bool:
        if failure is None:
            self.complete()
            return False
        self.end_with(failure)
        return isinstance(failure, Cancelled)

    async def __aenter__(self) -> "Track[T]":
        return self.__enter__()

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        failure: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> bool:
        if _innermost.get() is self:  # a thread that ends it has a context of its own
            _innermost.set(self.parent)
        if isinstance(failure, asyncio.CancelledError):  # must not wait for anything
            self._close(self._stopped)
            return False
        return await asyncio.get_running_loop().run_in_executor(None, self.__exit__, kind, failure, trace)

    # As a loop

    def __iter__(self) -> Iterator[T]:
        """The items, each done when the next one is asked for. Raises Cancelled between two items
        once the job is to stop."""
        if not isinstance(self._items, Iterable):
            raise TypeError("There is nothing to iterate over; give items, or use `with` and advance()")
        self.adopting()
        try:
            for item in self._items:
                yield item
                self.advance()
                self.check()
            self._exhausted()
        except GeneratorExit:
            self._abandoned()
            raise
        except BaseException as failure:
            self.end_with(failure)
            raise

    async def __aiter__(self) -> AsyncIterator[T]:
        """The items of an async iterable, as `__iter__` does it."""
        if not isinstance(self._items, AsyncIterable):
            raise TypeError("There is nothing to iterate over asynchronously; give an async iterable")
        self.adopting()
        try:
            async for item in self._items:
                yield item
                self.advance()
                self.check()
            await asyncio.get_running_loop().run_in_executor(None, self._exhausted)
        except (GeneratorExit, asyncio.CancelledError):
            self._close(self._stopped)
            raise
        except BaseException as failure:
            await asyncio.get_running_loop().run_in_executor(None, self.end_with, failure)
            raise

    def _exhausted(self) -> None:
        if not self._inside:
            self.complete()

    def _abandoned(self) -> None:
        if not self._inside:
            self.leave()

    # As a notebook's cell

    def _repr_html_(self) -> str:
        """The live element, for a notebook. It is shown a token that can watch this job alone."""
        if not self.wait_begun(self._patience):
            return f"<p>{html.escape(self.name)}: {html.escape(self._client.url)} does not answer</p>"
        return element(self._client, cast(str, self.id), self.name)

    # How it is sent

    def _run(self) -> None:
        try:
            job = self._begin()
            self._job = job
            self._begun.set()
            if job is not None:
                self._pass_on(job)
        except HeadwayError as refused:
            _LOG.warning("'%s' is not shown any more: %s", self.name, refused)
        finally:
            self._begun.set()
            _open.discard(self)

    def _begin(self) -> Optional[Job]:
        """The job, once the server has accepted it; None when it never will."""
        if self._delay > 0:
            with self._changed:
                if self._changed.wait_for(lambda: self._end is not None, self._delay):
                    return None
        if self.parent is not None:
            while not self.parent._begun.wait(1.0):
                if self._end is not None:
                    return None
            if self.parent.id is None:
                return None
            self._body.update(parent_id=self.parent.id, weight=0, on_parent_end="continue")
        return self._accepted()

    def _accepted(self) -> Optional[Job]:
        backoff = Backoff()
        while True:
            over = self._end is not None
            try:
                job = self._start()
                _away.discard(self._client.url)
                return job
            except HeadwayError as failure:
                if not failure.temporary:
                    raise
                self._warn(failure)
                if over and time.monotonic() > self._ended_at + self._outage:
                    return None
                pause = max(failure.retry_after, backoff.next())
            with self._changed:
                self._changed.wait_for(lambda: self._end is not None and not over, pause)

    def _start(self) -> Job:
        return self._client.start(self._type, **self._body)

    def _warn(self, failure: HeadwayError) -> None:
        if self._client.url not in _away:
            _away.add(self._client.url)
            _LOG.warning("'%s' goes on without being shown for now: %s", self.name, failure)

    def _pass_on(self, job: Job) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._is_news)
                end, lines, reports = self._end, self._lines, self._taken()
                self._lines = []
            for line in lines:
                job.log(line) if isinstance(line, str) else job.write(line["stream"], line["text"])
            for report in reports:
                job.progress(**report)
            if end is not None:
                for child in list(self._children):  # after the parent's end it would be refused
                    child._begun.wait(_LAST_SECONDS)
                end(job)
                return
            with self._changed:
                self._changed.wait_for(lambda: self._end is not None, _REPORT_SECONDS)

    def _is_news(self) -> bool:
        return bool(self._end or self._lines or self._reports or self._counted)

    def _taken(self) -> List[Dict[str, Any]]:
        """The reports that have not been passed on; what is counted belongs to the last of them."""
        reports, self._reports = self._reports, []
        if self._counted:
            self._counted = False
            last = reports.pop() if reports else {}
            reports.append({**last, **self._number(last)})
        return reports

    def _number(self, said: Dict[str, Any]) -> Dict[str, Any]:
        if "percent" in said:
            return {}
        if self._total:
            return {"done": max(0, self._done), "total": self._total}
        return {} if "message" in said else {"message": f"{self._done:,}"}


def current() -> Optional[Track[Any]]:
    """The innermost job that is open in this thread or task; None when there is none."""
    place = _innermost.get()
    while place is not None and place._end is not None:
        place = place.parent
    return place


def _size(items: object) -> Optional[int]:
    try:
        return len(items)  # type: ignore[arg-type]
    except TypeError:
        return None


def _completed(job: Job, result: Json) -> object:
    try:
        return job.complete(result)
    except HeadwayError as refused:
        if refused.status != 413:
            raise
        job.log(f"[headway] The result was left out: {refused}")
        return job.complete()


def _leave_all() -> None:
    """Ends what is still open when the program ends."""
    until = time.monotonic() + _LAST_SECONDS
    for left in [job for job in list(_open) if job._process == os.getpid() and job._job is not None]:
        error = f"The program ended after {left.done:,}"
        left._close(lambda job, error=error: job.fail(error))  # type: ignore[misc]
        if left._client.url not in _away:
            left._thread.join(max(0.0, until - time.monotonic()))


atexit.register(_leave_all)
