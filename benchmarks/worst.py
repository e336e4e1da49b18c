"""Whether the worst texts are read in time that grows with their length: seconds and memory at a quarter, a half and the whole.

``python -m benchmarks.worst`` makes each text of :mod:`benchmarks.worst_texts` three times, checks each in a process of its own (with
models, or with ``--model patterns``), and prints CPU time, the power of the length with which it grows (1 is linear, 2 quadratic), and the
memory it took a character. It leaves with exit code 1 where a text grew with more than the power ``--most``, crashed, or took longer than
``--seconds``.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks import texts
from benchmarks.machine import MB, peak
from benchmarks.worst_texts import FULL
from extract.settings import MODELS

STEPS = (4, 2, 1)
"""The parts of the full size that are measured."""
SHORT = 0.5
"""Below so many seconds a time says nothing about growth."""
MOST = 1.25
PATIENCE = 600.0

_BY_NAME: dict[str, Callable[[int], str]] = {make.__name__: make for make in FULL}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one text took: its characters, CPU seconds, bytes above those of the idle process; ``said`` where it went wrong."""

    characters: int
    seconds: float = math.inf
    memory: int = 0
    said: str = ""


def cost(text: str, model: str = "default", patience: float = PATIENCE) -> Cost:
    """What checking ``text`` takes in a process of its own, dictionaries and models already loaded."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(text, model, patience, theirs))
    process.start()
    theirs.close()
    try:
        found: Cost | None = ours.recv()
    except EOFError:
        found = None
    process.join()
    if found is not None:
        return found
    late = process.exitcode == -signal.SIGXCPU
    return Cost(len(text), said=f"longer than {patience:.0f} s" if late else f"crash: ended with {process.exitcode}")


def _measure(text: str, model: str, patience: float, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(patience), resource.RLIM_INFINITY))
    from extract import ingest, learned
    from extract.errors import HeshuError
    from extract.pipeline import analyse

    models = learned.models(model)
    analyse(ingest.read_text(texts.documents()[0]), models=models)
    idle, start, said = peak(), time.process_time(), ""
    try:
        analyse(ingest.read_text(text), models=models)
    except HeshuError as error:
        said = str(error)
    except Exception as error:
        said = f"crash: {type(error).__name__}: {error}"[:200]
    answer.send(Cost(len(text), time.process_time() - start, peak() - idle, said))


def power(costs: Sequence[Cost]) -> float:
    """The power of the length with which time grows between the last two, 0 where they are too short to tell."""
    before, after = costs[-2:]
    if after.seconds < SHORT or math.isinf(after.seconds):
        return 0.0 if after.seconds < SHORT else math.inf
    return math.log(after.seconds / max(before.seconds, 0.01)) / math.log(after.characters / before.characters)


def ladder(name: str, part: float = 1.0, model: str = "default", patience: float = PATIENCE) -> list[Cost]:
    """What the text of that name costs at each step; no further step after one that went wrong."""
    make = _BY_NAME[name]
    costs: list[Cost] = []
    for step in STEPS:
        costs.append(cost(make(int(FULL[make] * part) // step), model, patience))
        if math.isinf(costs[-1].seconds):
            break
    return costs


def row(name: str, costs: Sequence[Cost], most: float) -> tuple[str, bool]:
    """The line of a text in the table, and whether it is in order."""
    last = costs[-1]
    grown = power(costs) if len(costs) > 1 else math.inf
    good = grown <= most and not last.said.startswith("crash") and not math.isinf(last.seconds)
    times = " | ".join(f"{each.seconds:.2f}" for each in costs) + " | –" * (len(STEPS) - len(costs))
    told = last.said or ("" if good else "not linear")
    return f"| {name} | {last.characters:,} | {times} | {grown:.2f} | {last.memory / MB:.0f} | {last.memory / last.characters:.0f} | {told} |", good


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worst", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these texts")
    parser.add_argument("--part", type=float, default=1.0, help="of the full sizes (1)")
    parser.add_argument("--model", choices=MODELS, default=MODELS[0])
    parser.add_argument("--most", type=float, default=MOST, help="the power up to which growth counts as linear")
    parser.add_argument("--seconds", type=float, default=PATIENCE, help="the most CPU time that one text may take")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in _BY_NAME]
    if unknown:
        parser.error(f"no text is called {unknown[0]}; there are {', '.join(_BY_NAME)}")
    raise SystemExit(0 if _print(options.names or _BY_NAME, options.part, options.model, options.most, options.seconds) else 1)


def _print(names: Iterable[str], part: float, model: str, most: float, patience: float) -> bool:
    print("| text | characters | CPU s at ¼ | at ½ | whole | power | MB | bytes a character | |")
    print("| --- " + "| ---: " * 7 + "| --- |")
    good = True
    for name in names:
        line, fine = row(name, ladder(name, part, model, patience), most)
        good &= fine
        print(line, flush=True)
    return good


if __name__ == "__main__":
    main()
