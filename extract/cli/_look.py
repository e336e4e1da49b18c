"""What is done with one document of many, in whichever process, and what comes back of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from extract import collector, ingest, pipeline
from extract.cli import _inputs
from extract.cli._analysis import prepare
from extract.journal import Entry, installation, stands
from extract.records import Records, made_by, records
from extract.report import encoded, writer
from extract.settings import Settings
from extract.store import Known
from extract.suppressions import baseline_line
from extract.types import Document, Report
from extract.writers import View

_SAMPLE = "一、检查情况\n全年共检查企业120家，比上年增长20%，按类型分，化工企业70家、机械企业60家，完成投资1.5万元。\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to look at documents: ``part`` is whether the outputs are joined, ``folder`` the one that gets a file of each,
    ``new_baseline`` whether the one of the settings is left aside and a new one wanted, ``shared`` whether other processes will
    look at documents with what this one has loaded."""

    settings: Settings
    view: View
    format: str
    part: bool = False
    folder: Path | None = None
    new_baseline: bool = False
    shared: bool = False
    stored: Mapping[str, Known] | None = None
    """What a store knows of its documents, where reports go into one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document: its name, what was ``given`` on standard input, the ``target`` in the folder and what the journal tells of that."""

    name: str
    given: bytes | None = None
    target: Path | None = None
    told: Entry | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run keeps of a document, in values that JSON has."""

    facts: int
    severities: Mapping[str, int]
    codes: Mapping[str, int]
    suppressed: Mapping[str, int]
    """By their kind."""
    known: list[str] = field(default_factory=list)
    """Its lines in a baseline."""
    expected: list[int] = field(default_factory=list)
    """The suppressions that it should need, and the fingerprints of those that it does."""
    used: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of a document: its ``output``, and the ``entry`` of the journal; without an output where the earlier one stands.
    For a store the output is the rows, and ``sha256`` and ``path`` are those of a document of which it has them already."""

    counts: Counts
    output: Any = None
    entry: Entry | None = None
    sha256: str = ""
    path: str | None = None


class Look:
    """Looks at documents by a plan; a process that starts anew loads what that needs by itself.

    Raises:
        HeshuError: a file that the settings name does not hold together.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.analysis = prepare(plan.settings, baseline=not plan.new_baseline)
        self._writer = writer(plan.format)
        self._made_by = self._digest() if plan.folder else ""
        self._line = made_by(pipeline.made_by(self.analysis.catalogue, self.analysis.models), self._asked())

    def __reduce__(self) -> tuple[type[Look], tuple[Plan]]:
        return Look, (self._plan,)

    def ready(self) -> Look:
        """Itself; with all loaded that the first document would want, where other processes can share it."""
        if self._plan.shared:
            self._analysed(ingest.read_text(_SAMPLE))
        return self

    def __call__(self, task: Task) -> Looked:
        """What comes of a document.

        Raises:
            HeshuError: it cannot be read.
        """
        if self._plan.stored is not None:
            return self._recorded(task, self._plan.stored)
        if task.told is not None and self._stands(task, task.told):
            return Looked(counts=Counts(**task.told.counts), entry=task.told)
        document = _inputs.read(task.name, task.given)
        counts, output = self._analysed(document)
        if task.target is None:
            return Looked(counts=counts, output=output)
        output = encoded(output, self._writer.encoding)
        entry = Entry(
            document=task.name,
            name=task.target.name,
            key=self._key(task, document.sha256),
            sha256=hashlib.sha256(output).hexdigest(),
            counts=asdict(counts),
        )
        return Looked(counts=counts, output=output, entry=entry)

    def _recorded(self, task: Task, known: Mapping[str, Known]) -> Looked:
        """The rows of a document, or what the store knows of it where they would be the same."""
        data = ingest.content(task.name) if task.given is None else task.given
        sha256 = hashlib.sha256(data).hexdigest()
        stored = known.get(sha256)
        if stored is not None and stored.made_by == self._line:
            counts = Counts(facts=stored.facts, severities=stored.severities, codes=stored.codes, suppressed=stored.suppressed)
            return Looked(counts=counts, sha256=sha256, path=None if task.given is not None else _absolute(task.name))
        report = self.analysis.of(_inputs.read(task.name, task.given))
        counts = self._counted(report)
        if report.document.path is not None:
            # a store outlives the folder that a run was started in
            report = replace(report, document=replace(report.document, path=_absolute(report.document.path)))
        return Looked(counts=counts, output=self._rows(report))

    def _rows(self, report: Report) -> Records:
        return records(report, catalogue=self.analysis.catalogue.indicators, asked=self._asked())

    def _asked(self) -> Mapping[str, str]:
        """What the settings change in a report, as a digest; {} where they change nothing."""
        analysis, chosen = self.analysis, self._plan.settings
        how = (chosen.select, chosen.ignore, chosen.extend_select, chosen.extend_ignore, chosen.per_file_ignores)
        told = (*how, analysis.suppressions, tuple(sorted(analysis.baseline)))
        return {"asked": hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:16]} if any(told) else {}

    @collector.paused()
    def _analysed(self, document: Document) -> tuple[Counts, Any]:
        """What is kept of a document, and its output: the report is gone when garbage is looked for again."""
        report = self.analysis.of(document)
        return self._counted(report), self._written(report)

    def _written(self, report: Report) -> Any:
        """What the writer makes of a report: its output, or its part of one."""
        if self._plan.stored is not None:
            return self._rows(report)
        write = self._writer.part if self._plan.part and self._writer.part else self._writer.write
        return write(report, self._plan.view)

    def _counted(self, report: Report) -> Counts:
        document = report.document
        name = Path(document.path or document.name).as_posix()
        return Counts(
            facts=len(report.facts),
            severities=_tally(finding.severity for finding in report.findings),
            codes=_tally(finding.code for finding in report.findings),
            suppressed=_tally(one.kind for one in report.suppressed),
            known=[baseline_line(name, finding) for finding in report.findings] if self._plan.new_baseline else [],
            expected=list(self.analysis.expected(document)),
            used=sorted({one.finding.fingerprint for one in report.suppressed if one.kind == "ignored"}),
        )

    def _stands(self, task: Task, told: Entry) -> bool:
        """Whether the journal tells of the same output, and it is still there."""
        if self._plan.folder is None or told.document != task.name:
            return False
        data = ingest.content(task.name) if task.given is None else task.given
        return told.key == self._key(task, hashlib.sha256(data).hexdigest()) and stands(told, self._plan.folder)

    def _key(self, task: Task, sha256: str) -> str:
        """All that determines the output of a document, as a digest: its bytes, where it is and goes to, how it is looked at."""
        places = (str(Path(task.name).resolve()), str(task.target and task.target.resolve()))
        return hashlib.sha256("\n".join((self._made_by, *places, sha256)).encode("utf-8", "backslashreplace")).hexdigest()

    def _digest(self) -> str:
        analysis, plan = self.analysis, self._plan
        how = (
            installation(),
            # What does not change what is written of a document.
            replace(plan.settings, strict=False, jobs=None, timeout=None, memory=None),
            plan.view,
            plan.format,
            plan.new_baseline,
            analysis.suppressions,
            sorted(analysis.baseline),
            analysis.catalogue.digest,
            [model.sha256 for model in analysis.models],
        )
        return hashlib.sha256(repr(how).encode("utf-8", "backslashreplace")).hexdigest()


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _tally(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words))
