"""Other tools that read numbers in text, each in a process of its own beside ``jieba.lcut``; they come with the extra ``[bench]``.

None of them does what heshu does: they find amounts of money, convert numerals, or know units; what each one is asked is said with it.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from benchmarks import texts
from benchmarks.machine import ROOT, cpu_seconds, peak

Read = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What a tool costs: CPU seconds until its first answer, characters a CPU second afterwards, beside jieba's in the same process;
    ``missing`` says in a line why it could not be asked."""

    name: str
    asked: str
    first: float = 0.0
    speed: float = 0.0
    jieba: float = 1.0
    memory: int = 0
    missing: str = ""


def _heshu() -> Read:
    import extract
    from extract import ingest

    return lambda text: extract.check(ingest.read_text(text, name="text"))


def _heshu_numerals() -> Read:
    return importlib.import_module("extract.quantify").quantify_text  # type: ignore[no-any-return]


def _jionlp() -> Read:
    return importlib.import_module("jionlp").ner.extract_money  # type: ignore[no-any-return]


def _cn2an() -> Read:
    transform = importlib.import_module("cn2an").transform
    return lambda text: transform(text, "cn2an")


def _quantulum3() -> Read:
    return importlib.import_module("quantulum3.parser").parse  # type: ignore[no-any-return]


def _recognizers() -> Read:
    module = importlib.import_module("recognizers_number_with_unit")
    return lambda text: module.recognize_currency(text, module.Culture.Chinese)


PEERS: Mapping[str, tuple[str, Callable[[], Read]]] = {
    "heshu, the whole way": ("facts, links, checks, findings", _heshu),
    "heshu, quantities alone": ("every numeral: amount, unit, bound, or why it is none", _heshu_numerals),
    "JioNLP": ("`ner.extract_money`: amounts of money", _jionlp),
    "cn2an": ("`transform`: Chinese numerals into Arabic ones", _cn2an),
    "quantulum3": ("`parser.parse`: quantities of English text", _quantulum3),
    "recognizers-text": ("`recognize_currency`: amounts of money", _recognizers),
}


def measured(name: str) -> Peer:
    """The tool of that name, in this process, document by document over the project's reports."""
    import jieba

    asked, load = PEERS[name]
    sample = texts.documents()
    characters = sum(map(len, sample))
    warnings.simplefilter("ignore")
    start = time.process_time()
    try:
        read = load()
        read(sample[0])
    except (ImportError, AttributeError) as error:
        return Peer(name=name, asked=asked, missing=str(error).splitlines()[0])
    first = time.process_time() - start
    for text in sample:
        read(text)
    own = cpu_seconds(lambda: [read(text) for text in sample], 3)
    memory = peak()
    jieba.setLogLevel(30)
    jieba.lcut(sample[0])
    plain = cpu_seconds(lambda: [jieba.lcut(text) for text in sample], 3)
    return Peer(name=name, asked=asked, first=first, speed=characters / own, jieba=characters / plain, memory=memory)


def peers() -> list[Peer]:
    """All of them, each in a process of its own."""
    found = []
    for name in PEERS:
        command = [sys.executable, "-m", "benchmarks.peers", name]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        found.append(Peer(**json.loads(done.stdout.splitlines()[-1])))
    return found


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1]))))
