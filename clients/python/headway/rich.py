"""A column for the progress display of rich, which shows each of its tasks as a job, too."""

from __future__ import annotations

from contextvars import Context
from typing import Any, Dict, Optional

from rich.progress import ProgressColumn, Task, TaskID
from rich.style import Style
from rich.text import Text

from .client import Client
from .tracking import Track, current


class HeadwayColumn(ProgressColumn):
    """A link to the page of the task's job, which moves as the task does.

        with Progress(*Progress.get_default_columns(), HeadwayColumn()) as progress: ...

    A task that has reached its total is completed; one that never does, or is removed before, fails
    when the program ends. Options are those of `track`.
    """

    def __init__(self, client: Optional[Client] = None, **options: Any) -> None:
        super().__init__()
        self._options: Dict[str, Any] = {"client": client, "parent": current(), **options}
        self._jobs: Dict[TaskID, Track[Any]] = {}

    def render(self, task: Task) -> Text:
        """The link. rich calls this ten times a second."""
        job = self._jobs.get(task.id)
        if job is None:
            # No job of this thread, which is rich's own, is around the task's.
            job = self._jobs[task.id] = Context().run(Track, task.description, **self._options)
        if task.total is not None and task.total <= 1:
            job.progress(min(100.0, task.percentage))
        else:
            job.show(int(task.completed), None if task.total is None else int(task.total))
        if task.finished:
            job.complete()
        return Text("↗", Style(link=job.url)) if job.url else Text(" ")
