"""The bars of tqdm, shown in the terminal as ever, and each as a job: `from headway import tqdm`.

A nested bar is a child of the bar around it. Further arguments, all with the prefix `headway_`, are
those of `track`, for example `headway_tags=["nightly"]`.
"""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType
from typing import Any, Iterable, Optional, Type

from tqdm.auto import tqdm as _Bar

from .client import Cancelled
from .tracking import Track, current

_PREFIX = "headway_"
_NESTED_SECONDS = 0.5


class tqdm(_Bar):  # type: ignore[misc]  # tqdm has no types
    """tqdm's bar, and a job with its progress.

    A nested bar that ends within half a second is not shown as a job, unless `headway_delay` says
    otherwise. Once the job is to stop, the loop is left by `Cancelled`.
    """

    _job: Optional[Track[Any]] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options = {name[len(_PREFIX) :]: kwargs.pop(name) for name in list(kwargs) if name.startswith(_PREFIX)}
        super().__init__(*args, **kwargs)
        if self.disable:
            return
        if current() is not None:
            options.setdefault("delay", _NESTED_SECONDS)
        self._owner = threading.get_ident()
        self._name = (self.desc or "").rstrip(": ") or os.path.basename(sys.argv[0]) or "tqdm"
        self._job = Track(self._name, total=_whole(self.total), **options).adopting()

    def display(self, *args: Any, **kwargs: Any) -> Any:
        """Draws the bar; what it says is passed on."""
        if self._job is not None:
            self._tell(self._job)
        return super().display(*args, **kwargs)

    def _tell(self, job: Track[Any]) -> None:
        description = (self.desc or "").rstrip(": ")
        said = [text for text in (description, self.postfix) if text and text != self._name]
        job.show(_whole(self.n) or 0, _whole(self.total), ", ".join(map(str, said)) or None)

    def update(self, n: Optional[float] = 1) -> Any:
        """Adds to what is done. Raises Cancelled once the job is to stop."""
        shown = super().update(n)
        job = self._job
        if shown and job is not None and job.cancel_requested and threading.get_ident() == self._owner:
            job.cancelled()
            raise Cancelled()
        return shown

    def close(self) -> None:
        """Ends the bar, and its job: as failed when the total was not reached."""
        job, self._job = self._job, None
        if job is not None:
            self._tell(job)
            if self.total and self.n < self.total:
                job.leave()
            else:
                job.complete()
        super().close()

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        failure: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> Any:
        if failure is not None and self._job is not None:
            self._job.end_with(failure)
        return super().__exit__(kind, failure, trace)


def trange(*args: int, **kwargs: Any) -> Iterable[int]:
    """A bar over a range of numbers."""
    return tqdm(range(*args), **kwargs)  # type: ignore[no-any-return]


def _whole(number: Optional[float]) -> Optional[int]:
    return None if number is None else int(number)
