"""Celery's tasks as jobs: published, begun, retried, ended and revoked, each in its moment.

    app = Celery("shop", broker="redis://localhost")
    connect(app)

`self.update_state(state="PROGRESS", meta={"current": 3, "total": 10})` moves the bar. The client's
token needs the role worker; programs that publish tasks and workers use the same account.
"""

from __future__ import annotations

import functools
import queue
import threading
from typing import Any, Callable, Dict, Optional

import celery.exceptions
import celery.states
from celery import Celery, signals

from .client import Client, HeadwayError, Job, Json, _json
from .tracking import Track

_LEASE_SECONDS = 10.0  # a task that was killed is shown as cancelled after this time
_CLAIM_SECONDS = 20.0
_OUTAGE_SECONDS = 300.0
_MOST_ATTEMPTS = 100
_WAITING = 1_000


def connect(app: Celery, client: Optional[Client] = None) -> None:
    """Shows the app's tasks as jobs, where they are published and where they are done.

    client: by default one for $HEADWAY_URL with $HEADWAY_TOKEN.
    """
    tasks = _Tasks(app, client or Client(timeout=10.0))
    signals.before_task_publish.connect(tasks.published, weak=False)
    signals.task_prerun.connect(tasks.begun, weak=False)
    signals.task_success.connect(tasks.succeeded, weak=False)
    signals.task_failure.connect(tasks.failed, weak=False)
    signals.task_retry.connect(tasks.retried, weak=False)
    signals.task_postrun.connect(tasks.over, weak=False)
    signals.task_revoked.connect(tasks.revoked, weak=False)


def _submitted(client: Client, task_id: str, name: str, most: int) -> Dict[str, Json]:
    """The task's job, made by whoever comes first."""
    return client.submit(
        name,
        {"task": task_id},
        external=True,
        queue=f"celery.{task_id}",
        name=name,
        idempotency_key=f"celery-{task_id}",
        max_attempts=most,
        max_lost=_MOST_ATTEMPTS,
        retry={"first_seconds": 0},
    )


class _TaskTrack(Track[None]):
    """An attempt at a task. Nothing waits for its end to be sent."""

    def __init__(self, client: Client, task_id: str, name: str, most: int) -> None:
        self._task_id = task_id
        self._most = most
        super().__init__(name, client=client, job_type=name, patience=0.0, outage=_OUTAGE_SECONDS)

    def _start(self) -> Job:
        _submitted(self._client, self._task_id, self.name, self._most)
        job = self._client.claim(
            queue=f"celery.{self._task_id}", lease_seconds=_LEASE_SECONDS, wait_seconds=_CLAIM_SECONDS
        )
        if job is None:
            problem = {"code": "TOO_LATE", "detail": "its job has ended, or another worker has it"}
            raise HeadwayError(409, problem)
        return job


class _Tasks:
    """What happens to an app's tasks, told to Headway by threads of its own."""

    def __init__(self, app: Celery, client: Client) -> None:
        self._app = app
        self._client = client
        self._running: Dict[str, _TaskTrack] = {}
        self._duties: "queue.Queue[Callable[[], object]]" = queue.Queue(_WAITING)
        self._thread: Optional[threading.Thread] = None

    def published(self, headers: Dict[str, Any], **_: Any) -> None:
        if headers.get("retries"):
            return
        task_id, name = headers["id"], headers["task"]
        self._later(lambda: _submitted(self._client, task_id, name, self._most(self._app.tasks.get(name))))

    def begun(self, task_id: str, task: Any, **_: Any) -> None:
        if "headway" not in vars(task):
            task.headway = True
            task.update_state = functools.partial(self._state_updated, task, task.update_state)
        running = _TaskTrack(self._client, task_id, task.name, self._most(task))
        self._running[task_id] = running
        running.adopting()

    def _state_updated(
        self,
        task: Any,
        update_state: Callable[..., Any],
        task_id: Optional[str] = None,
        state: Optional[str] = None,
        meta: Optional[Dict[str, Any]] = None,
        **more: Any,
    ) -> None:
        """Leaves the task, as revoked, once its job is to stop."""
        running = self._running.get(task_id or task.request.id)
        if running is None:
            return update_state(task_id, state, meta, **more)  # type: ignore[no-any-return]
        if running.cancel_requested:
            update_state(task_id, celery.states.REVOKED, None, **more)
            running.cancelled()
            raise celery.exceptions.Ignore()
        update_state(task_id, state, meta, **more)
        if isinstance(meta, dict):
            _tell(running, meta)

    def succeeded(self, sender: Any, result: Any, **_: Any) -> None:
        self._ended(sender.request.id, lambda running: running.complete(_plain(result)))

    def failed(self, task_id: str, exception: BaseException, **_: Any) -> None:
        self._ended(task_id, lambda running: running.end_with(exception, retryable=False))

    def retried(self, request: Any, reason: object, **_: Any) -> None:
        self._ended(request.id, lambda running: running.fail(reason, retryable=True))

    def over(self, task_id: str, state: Optional[str], **_: Any) -> None:
        """What has not ended by now was ignored or rejected."""
        self._ended(task_id, lambda running: running.fail(state or "ignored"))

    def _ended(self, task_id: str, end: Callable[[_TaskTrack], object]) -> None:
        running = self._running.pop(task_id, None)
        if running is not None:
            end(running)

    def revoked(self, request: Any, **_: Any) -> None:
        task_id, name = request.id, request.task if isinstance(request.task, str) else request.name

        def cancel() -> None:
            most = self._most(self._app.tasks.get(name))
            self._client.cancel(_submitted(self._client, task_id, name, most)["id"])

        self._later(cancel)

    @staticmethod
    def _most(task: Any) -> int:
        retries: Optional[int] = getattr(task, "max_retries", None)
        return _MOST_ATTEMPTS if retries is None else min(_MOST_ATTEMPTS, retries + 1)

    def _later(self, duty: Callable[[], object]) -> None:
        """Does it in a thread; what does not fit is left to the worker, which makes the job anyway."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._serve, name="headway-celery", daemon=True)
            self._thread.start()
        try:
            self._duties.put_nowait(duty)
        except queue.Full:
            pass

    def _serve(self) -> None:
        while True:
            try:
                self._duties.get()()
            except HeadwayError:
                pass  # the worker makes the job when it begins the task


def _tell(running: Track[None], meta: Dict[str, Any]) -> None:
    done, total = meta.get("current"), meta.get("total")
    message = meta.get("message") or meta.get("status")
    if isinstance(done, (int, float)) and isinstance(total, (int, float)):
        running.show(int(done), int(total), None if message is None else str(message))
    elif message is not None:
        running.message(str(message))


def _plain(result: Any) -> Json:
    """The result where JSON can hold it, else its text."""
    try:
        _json(result)
        return result
    except (TypeError, ValueError):
        return str(result)
