"""Many documents at once: the same results in the same order, and what goes wrong with one costs only that one."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from extract import batch
from extract.errors import HeshuError, InternalError, LimitError, UnreadableError

ON_LINUX = sys.platform == "linux"
STARTS: tuple[batch.Start, ...] = ("fork", "spawn") if ON_LINUX else ("spawn",)


def trouble() -> Callable[[str], str]:
    """Work that does what an item says; most are given back, with the number of the process."""
    return _done


def _done(item: str) -> str:
    what, _, how = item.partition(" ")
    if what == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "leave":
        os._exit(3)
    if what == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    if what == "eat":
        return str(len(bytearray(2_000_000_000)))
    if what == "slow":
        time.sleep(float(how))
    if what == "meet":
        Path(how).touch()
        while len(list(Path(how).parent.iterdir())) < 2:
            time.sleep(0.01)
    if what == "unreadable":
        raise UnreadableError(item, "damaged", "mend it")
    if what == "broken":
        return str(1 // 0)
    return f"{item} by {os.getpid()}"


def unready() -> Callable[[str], str]:
    raise UnreadableError("models", "not there")


def told(result: batch.Result[str, str]) -> str:
    return str(result.error) if result.error else str(result.value).partition(" by ")[0]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(start: batch.Start, jobs: int) -> None:
    items = ["slow 0.3", *(f"item {number}" for number in range(20)), "slow 0.1"]
    results = list(batch.run(items, trouble, jobs=jobs, timeout=60, start=start))
    assert [result.item for result in results] == items
    assert [told(result) for result in results] == items
    assert str(os.getpid()) not in {str(result.value).partition(" by ")[2] for result in results}


def test_several_are_worked_at_at_once(tmp_path: Path) -> None:
    items = [f"meet {tmp_path / 'one'}", f"meet {tmp_path / 'two'}"]
    assert [told(result) for result in batch.run(items, trouble, jobs=2, timeout=60)] == items


def test_one_job_without_limits_is_done_here() -> None:
    results = list(batch.run(["a", "broken"], trouble))
    assert results[0].value == f"a by {os.getpid()}"
    assert isinstance(results[1].error, InternalError)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_with_one_costs_only_that_one(jobs: int) -> None:
    items = ["a", "leave", "b", "crash", "unreadable x", "c", "broken", "d"]
    results = {result.item: result for result in batch.run(items, trouble, jobs=jobs, timeout=60)}
    assert list(results) == items
    assert [item for item in items if results[item].error is None] == ["a", "b", "c", "d"]
    assert str(results["leave"].error) == "leave: its process ended (exit code 3); is the file damaged, or memory short?"
    assert str(results["crash"].error) == "crash: its process ended (by SIGKILL); is the file damaged, or memory short?"
    assert str(results["unreadable x"].error) == "unreadable x: damaged; mend it"
    broken = results["broken"].error
    assert isinstance(broken, InternalError)
    assert str(broken).startswith("broken: internal error, ZeroDivisionError: ")
    assert "in _done" in broken.traceback


def test_what_takes_too_long_is_ended_and_the_others_go_on() -> None:
    start = time.monotonic()
    results = list(batch.run(["a", "hang", "b", "c"], trouble, jobs=2, timeout=1))
    assert [told(result) for result in results] == ["a", "hang: took more than 1 seconds; raise --timeout", "b", "c"]
    assert isinstance(results[1].error, LimitError)
    assert time.monotonic() - start < 60


@pytest.mark.skipif(not ON_LINUX, reason="memory is bounded on Linux only")
def test_what_takes_too_much_memory_is_refused_it() -> None:
    results = list(batch.run(["a", "eat", "b"], trouble, memory=500))
    assert [told(result) for result in results] == ["a", "eat: took more than 500 MB of memory; raise --memory", "b"]
    assert told(next(batch.run(["eat"], trouble, memory=4000))) == "2000000000"
    assert told(next(batch.run(["a"], trouble, memory=10**18))) == "a"


def test_items_are_taken_as_they_are_wanted() -> None:
    taken: list[int] = []

    def items() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield f"item {number}"

    results = batch.run(items(), trouble, jobs=2, timeout=60)
    for _ in range(3):
        next(results)
    time.sleep(0.2)
    assert len(taken) <= 3 + 2 * batch.AHEAD
    results.close()


def test_a_slow_item_holds_up_no_more_than_a_few() -> None:
    taken: list[str] = []

    def items() -> Iterator[str]:
        for item in ("slow 0.5", *("quick",) * 100):
            taken.append(item)
            yield item

    results = batch.run(items(), trouble, jobs=2, timeout=60)
    next(results)
    assert len(taken) <= 1 + 2 * batch.AHEAD
    assert len(list(results)) == 100


@pytest.mark.parametrize("start", STARTS)
def test_what_cannot_be_made_ready_is_said_at_once(start: batch.Start) -> None:
    with pytest.raises(UnreadableError, match="models: not there"):
        list(batch.run(["a"], unready, jobs=2, start=start))


def test_a_worker_that_does_not_start_is_no_endless_loop() -> None:
    with pytest.raises(HeshuError, match="no process to work with"):
        list(batch.run(["a"], partial(os._exit, 5), jobs=2, start="spawn"))


@pytest.mark.skipif(not ON_LINUX, reason="what cannot be pickled cannot be spawned")
def test_what_cannot_be_sent_back_is_said() -> None:
    [result] = batch.run(["a"], lambda: lambda item: lambda: item, timeout=60, start="fork")
    assert isinstance(result.error, InternalError)


def test_workers_end_with_the_results() -> None:
    results = batch.run(["a", *["slow 60"] * 4], trouble, jobs=2, timeout=600)
    worker = int(str(next(results).value).partition(" by ")[2])
    results.close()
    assert gone(worker)


DRIVER = """
import os, sys
from extract import batch
from tests.test_batch import trouble
for result in batch.run(["a", "b", *["slow 600"] * 4], trouble, jobs=2, timeout=600, start=sys.argv[1]):
    print(result.value.partition(" by ")[2], flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("start", STARTS)
def test_workers_end_with_their_parent_however_it_does(start: str) -> None:
    with subprocess.Popen([sys.executable, "-c", DRIVER, start], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = {int(parent.stdout.readline()), int(parent.stdout.readline())}
        parent.kill()
    assert all(gone(worker) for worker in workers)


def gone(process: int) -> bool:
    """Whether a process ends within ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        with contextlib.suppress(OSError):
            if Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        time.sleep(0.02)
    return False


def test_the_collector_is_left_as_it_was() -> None:
    list(batch.run(["a"], trouble, jobs=2))
    assert gc.get_freeze_count() == 0
