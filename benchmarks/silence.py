"""How quiet heshu is where nothing is known to be wrong: findings per 100,000 characters, each of them shown to be read.

``python -m benchmarks.silence [FILE...]`` checks the files, or the pool of the shared texts, and prints the findings by code and
each finding with its place, message and words, so that a person can say of each whether it is true.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract import ingest, learned
from extract.catalogue import load
from extract.cli._inputs import expand
from extract.errors import HeshuError
from extract.gold import find_shared
from extract.pipeline import analyse
from extract.types import Finding, Report
from extract.writers._lines import Lines

PER = 100_000
_QUOTED = 60


@dataclass(slots=True)
class Silence:
    """What was heard: how much was read, the findings by code and severity, and a line for each."""

    documents: int = 0
    characters: int = 0
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)

    def rate(self, severity: str) -> float:
        """The findings of a severity per 100,000 characters."""
        found = sum(count for (_, said), count in self.codes.items() if said == severity)
        return PER * found / max(1, self.characters)


def listen(names: Iterable[str], model: str = "default") -> Silence:
    """What checking the files brings up; a file that cannot be read is told in a line and not counted."""
    catalogue, models = load(), learned.models(model)
    found = Silence()
    for name in names:
        try:
            document = ingest.read(name)
        except HeshuError as error:
            found.heard.append(f"{error}")
            continue
        report = analyse(document, catalogue=catalogue, models=models)
        found.documents += 1
        found.characters += len(document.text)
        found.codes.update((finding.code, finding.severity) for finding in report.findings)
        found.verdicts.update(check.verdict for check in report.checks)
        found.heard.extend(line for finding in report.findings for line in _told(report, finding))
    return found


def _told(report: Report, finding: Finding) -> Iterator[str]:
    lines, text = Lines(report.document), report.document.text
    first = finding.places[0] if finding.places else None
    place = "{}:{}".format(*lines.at(first)) if first else "-"
    yield f"{report.document.path}:{place} {finding.severity}[{finding.code}] {finding.message}（{finding.arithmetic}）"
    for span in finding.places:
        around = text[max(0, span.start - _QUOTED) : span.end + _QUOTED // 2]
        yield "    " + " ".join(around.split())


def page(found: Silence) -> str:
    """The figures as Markdown, then every finding."""
    lines = [
        f"{found.documents:,} documents, {found.characters:,} characters, {sum(found.verdicts.values()):,} relations looked at: "
        + ", ".join(f"{verdict.replace('_', ' ')} {count:,}" for verdict, count in sorted(found.verdicts.items()))
        + ".",
        "",
        "| severity | findings | per 100,000 characters |",
        "| --- | ---: | ---: |",
    ]
    for severity in ("error", "warning", "info"):
        count = sum(n for (_, said), n in found.codes.items() if said == severity)
        lines.append(f"| {severity} | {count} | {found.rate(severity):.2f} |")
    lines += ["", *(f"{count:>4}  {code}  {severity}" for (code, severity), count in sorted(found.codes.items())), "", *found.heard]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.silence", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="documents, folders or patterns; the shared pool if none is named")
    parser.add_argument("--model", choices=("default", "patterns"), default="default")
    options = parser.parse_args()
    shared = find_shared()
    named = options.files or ([str(shared / "corpus" / "pool")] if shared else [])
    if not named:
        parser.error("no shared texts beside the project; name FILE")
    names = [name for name in expand(named) if isinstance(name, str)]
    print(page(listen(names, options.model)), end="")


if __name__ == "__main__":
    main()
