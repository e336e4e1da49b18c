"""Many documents: one after the other in this process, or several at once in processes beside it, with the results in order.

A worker makes itself ready once and then gets one item after the other. It may take so long and so much memory for each; one
that takes more, or that dies, is replaced, and only its item is lost. On Linux workers are forked from a process that is ready
already and share what it loaded; elsewhere, and where other threads run, each starts anew and makes itself ready by itself.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, Literal, TypeVar

from extract.errors import HeshuError, InternalError, LimitError

Item = TypeVar("Item")
Value = TypeVar("Value")
Work = Callable[[Item], Value]
Start = Literal["fork", "spawn"]

AHEAD = 4
"""Items given out for each worker before the first of them has come back: what waits for a slow one is so much and no more."""
_GRACE = 1.0
"""Seconds in which a worker that is to end can clear up what it began (a program that it started, a folder that it made)."""
_LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Generic[Item, Value]):
    """What came of an item: its ``value``, or the ``error`` that says why there is none."""

    item: Item
    value: Value | None = None
    error: HeshuError | None = None


def run(
    items: Iterable[Item],
    ready: Callable[[], Work[Item, Value]],
    *,
    jobs: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
    start: Start | None = None,
) -> Generator[Result[Item, Value]]:
    """What work on the items gives, in their order; an item is named by its ``str`` where it fails.

    ``ready`` is called once in each process and returns the work. It and the items are pickled where workers are spawned, values
    always. ``jobs`` are the processes beside this one; with 1 and no limit all is done in this one. ``timeout`` is in seconds,
    ``memory`` in MB beyond what a worker holds when it gets an item (kept where the system can: on Linux). ``start`` is how workers
    start, the better way where it is not said. The items are taken as they are wanted, a few for each worker ahead. Workers end
    when the results are not wanted any more, and when this process ends, however it does.

    Raises:
        HeshuError: a worker cannot be started.
        Exception: what ``ready`` raises. What work raises is the error of its item: a HeshuError as it is, anything else as an
            :class:`~extract.errors.InternalError`.
    """
    if jobs <= 1 and timeout is None and memory is None:
        work = ready()
        for item in items:
            yield _attempt(work, item)
        return
    how = start or best_start()
    if how == "fork":
        ready = partial(_itself, ready())
        gc.collect()
        gc.freeze()  # a collection in a worker would write to, and so copy, what it shares with this process
    pool: _Pool[Item, Value] = _Pool(ready, how, max(1, jobs), timeout, memory)
    try:
        yield from pool.results(iter(items))
    finally:
        pool.end()
        gc.unfreeze()


def best_start() -> Start:
    """How workers start best: forked where that is safe, on Linux in a process without other threads of Python."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _itself(work: Work[Item, Value]) -> Work[Item, Value]:
    return work


def _attempt(work: Work[Item, Value], item: Item) -> Result[Item, Value]:
    try:
        return Result(item=item, value=work(item))
    except HeshuError as error:
        return Result(item=item, error=error)
    except Exception as error:
        return Result(item=item, error=InternalError.of(str(item), error))


# --- this side --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """A process, and the number of the item that it works at with the moment at which it has to be done."""

    process: multiprocessing.process.BaseProcess
    connection: Connection
    ready: bool = False
    given: tuple[int, Item] | None = None
    until: float = math.inf

    def end(self, until: float) -> None:
        """End the process, which was told to clear up and may do so until then."""
        self.process.join(max(0.0, until - time.monotonic()))
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Pool(Generic[Item, Value]):
    def __init__(self, ready: Callable[[], Work[Item, Value]], how: Start, jobs: int, timeout: float | None, memory: int | None) -> None:
        self._ready = ready
        self._context = multiprocessing.get_context(how)
        self._jobs = jobs
        self._timeout = timeout
        self._memory = memory
        self._workers: list[_Worker[Item]] = []

    def results(self, items: Iterator[Item]) -> Iterator[Result[Item, Value]]:
        done: dict[int, Result[Item, Value]] = {}
        given = shown = 0
        more = True
        while more or shown < given:
            while more and given < shown + AHEAD * self._jobs and (worker := self._idle()):
                try:
                    item = next(items)
                except StopIteration:
                    more = False
                    break
                self._give(worker, given, item)
                given += 1
            while shown in done:
                yield done.pop(shown)
                shown += 1
            if any(worker.given or not worker.ready for worker in self._workers):
                done.update(self._heard())

    def _idle(self) -> _Worker[Item] | None:
        """A worker that waits for an item; where none does, those that are lacking are started."""
        waiting = next((worker for worker in self._workers if worker.ready and not worker.given), None)
        while waiting is None and len(self._workers) < self._jobs:
            self._start()
        return waiting

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._ready, self._memory), daemon=True, name="heshu-worker")  # type: ignore[attr-defined]
        with warnings.catch_warnings():
            # The threads that Python 3.12 warns of are those of numpy's linear algebra, which stops them for a fork.
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                process.start()
            except OSError as error:
                raise HeshuError("", f"no process to work with ({error.strerror})", "try fewer --jobs") from error
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _give(self, worker: _Worker[Item], number: int, item: Item) -> None:
        worker.given = (number, item)
        worker.until = math.inf if self._timeout is None else time.monotonic() + self._timeout
        with suppress(OSError):  # it has died, which the end of its answers tells
            worker.connection.send(item)

    def _heard(self) -> Iterator[tuple[int, Result[Item, Value]]]:
        """Wait for the workers, and tell of the items that they are done with, in whatever way."""
        patience = min((worker.until for worker in self._workers), default=math.inf) - time.monotonic()
        told = wait([worker.connection for worker in self._workers], max(0.0, min(patience, _LONGEST_WAIT)))
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.connection in told:
                yield from self._answered(worker)
            elif worker.until <= now:
                yield from self._lost(worker, f"took more than {self._timeout:g} seconds", "raise --timeout")

    def _answered(self, worker: _Worker[Item]) -> Iterator[tuple[int, Result[Item, Value]]]:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_GRACE)
            yield from self._lost(worker, f"its process ended ({_ending(worker.process.exitcode)})", "is the file damaged, or memory short?")
            return
        if not worker.ready:
            if answer is not None:
                raise answer
            worker.ready = True
            return
        assert worker.given is not None
        number, item = worker.given
        worker.given, worker.until = None, math.inf
        value, error = answer
        if isinstance(error, LimitError):
            self._dismiss([worker])
        yield number, Result(item=item, value=value, error=error)

    def _lost(self, worker: _Worker[Item], what: str, advice: str) -> Iterator[tuple[int, Result[Item, Value]]]:
        """The item of a worker that is no good any more, and is let go."""
        self._dismiss([worker])
        if worker.given is None:
            if not worker.ready:
                raise HeshuError("", f"no process to work with: {what}", "memory short? try fewer --jobs")
            return  # it died while it waited: nothing is lost, and another is started when it is wanted
        number, item = worker.given
        yield number, Result(item=item, error=LimitError(str(item), what, advice))

    def _dismiss(self, workers: list[_Worker[Item]]) -> None:
        for worker in workers:
            self._workers.remove(worker)
            worker.process.terminate()
        until = time.monotonic() + _GRACE
        for worker in workers:
            worker.end(until)

    def end(self) -> None:
        self._dismiss(list(self._workers))


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"


# --- the other side ---------------------------------------------------------------------------------------------------


def _serve(connection: Connection, ready: Callable[[], Work[Item, Value]], memory: int | None) -> None:
    """Answer each item with its value and error, of which one is ``None``; before the first, say that the work is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks is interrupted as well, and ends this one
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as an exception, so that what was begun is cleared up
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = ready()
    except Exception as error:
        connection.send(error)
        return
    connection.send(None)
    with suppress(EOFError, OSError):
        while True:
            item = connection.recv()
            result = _bounded(work, item, memory)
            try:
                answer = pickle.dumps((result.value, result.error))
            except Exception as error:
                answer = pickle.dumps((None, InternalError.of(str(item), error)))
            connection.send_bytes(answer)
            del item, result, answer


def _bounded(work: Work[Item, Value], item: Item, memory: int | None) -> Result[Item, Value]:
    too_much = LimitError(str(item), f"took more than {memory} MB of memory", "raise --memory")
    try:
        with _memory_limit(memory):
            result = _attempt(work, item)
    except MemoryError:
        return Result(item=item, error=too_much)
    if isinstance(result.error, InternalError) and result.error.kind == MemoryError.__name__:
        return Result(item=item, error=too_much)
    return result


@contextmanager
def _memory_limit(memory: int | None) -> Iterator[None]:
    """Let this process take so many MB more than it has, where the system can."""
    if memory is None or sys.platform != "linux":
        yield
        return
    import resource

    # What it has written or may write: a limit of addresses would count every library and thread that was mapped.
    with open("/proc/self/statm", encoding="ascii") as figures:  # noqa: PTH123 (called for every item)
        held = int(figures.read().split()[5]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = min(held + memory * 2**20, sys.maxsize)
    most = wanted if before[1] == resource.RLIM_INFINITY else min(wanted, before[1])
    resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _end_with_parent() -> None:
    """Wait for the process that asks to end, and end as well: nobody is left to answer."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)
