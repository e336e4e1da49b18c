"""What lies on an auditor's desk: the reports of a folder, their findings, and what was decided about each.

Here analyses and decisions come together; nothing knows of a browser. A finding that the file of suppressions ignores, or a
baseline knows, counts as settled until somebody decides otherwise on the page; one that is dismissed on the page is written
into that file, so that ``heshu check`` is silent about it too.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import extract
from extract import suppressions
from extract.errors import ConfigurationError, HeshuError
from extract.exchange import Annotated
from extract.exchange._marks import Mark, members, restored
from extract.review.analyses import Analyses, Analysis
from extract.review.decisions import NO_FACT, Amendment, Correction, Decision, Decisions, State, Verdict, day
from extract.suppressions import Suppression
from extract.types import Finding, Report
from extract.workshop import drafts, files

_SETTLED_UP_TO = "written into the suppressions up to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A finding and what stands about it. ``by`` says where that was said: on the page, in the file of suppressions, by a
    baseline, or nowhere; ``decision`` is the number of the decision that stands on the page, ``None`` where none does."""

    finding: Finding
    state: State = "open"
    reason: str = ""
    comment: str = ""
    who: str = ""
    at: str = ""
    by: Literal["page", "file", "baseline", ""] = ""
    decision: int | None = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide; a remark waits for nobody."""
        return self.state == "open" and self.finding.severity != "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report in the list: how far its analysis is, and its findings."""

    analysis: Analysis
    findings: tuple[Standing, ...] = ()

    @property
    def asked(self) -> int:
        """How many findings want a decision."""
        return sum(one.finding.severity != "info" for one in self.findings)

    @property
    def decided(self) -> int:
        """How many of these have one."""
        return sum(one.finding.severity != "info" and not one.open for one in self.findings)

    @property
    def last(self) -> str:
        """When somebody decided here last (ISO, UTC); "" for never."""
        return max((one.at for one in self.findings if one.by == "page"), default="")


class Desk:
    """The reports and the decisions of one folder.

    ``ignore_file`` is where dismissals are written for ``heshu check``; ``baseline`` are fingerprints that are known.
    """

    def __init__(self, *, folder: Path, decisions: Decisions, analyses: Analyses, ignore_file: Path, baseline: Collection[str] = ()) -> None:
        self.folder, self.decisions, self.analyses, self.ignore_file = folder, decisions, analyses, ignore_file
        self._baseline = frozenset(baseline)
        self._settling = threading.Lock()

    # --- what is asked ------------------------------------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        """The reports in the order of their names."""
        standing, ignored = self.decisions.standing(), self._ignored()
        return tuple(
            Row(analysis=one, findings=self._standings(one.outline.findings if one.outline is not None else (), standing, ignored))
            for one in self.analyses.all()
        )

    def row(self, identity: str) -> Row | None:
        """One report; ``None`` where there is none."""
        one = self.analyses.of(identity)
        if one is None:
            return None
        return Row(analysis=one, findings=self.standings(one.outline.findings if one.outline is not None else ()))

    def standings(self, findings: Sequence[Finding]) -> tuple[Standing, ...]:
        """What stands about each of the findings."""
        return self._standings(findings, self.decisions.standing(), self._ignored())

    def trouble(self) -> str:
        """Why the file of suppressions cannot be used, one line; "" where it can."""
        try:
            suppressions.load(self.ignore_file if self.ignore_file.exists() else None)
        except ConfigurationError as error:
            return str(error)
        return ""

    def corrections(self, report: Report) -> tuple[Correction, ...]:
        """What was corrected of the facts of a report as it reads now."""
        return self.decisions.corrections(files.sha256(report.document.source))

    def annotations(self) -> Iterator[Annotated]:
        """The annotation of each report whose facts were corrected: heshu's draft with the corrections in it."""
        texts = {correction.text_sha256 for correction in self.decisions.corrections()}
        seen: set[str] = set()
        for one in self.analyses.all() if texts else ():
            if one.progress == "ready":
                report = self.analyses.report(one.file.id)
                digest = files.sha256(report.document.source)
                if digest in texts and digest not in seen:
                    seen.add(digest)
                    yield corrected(report, self.corrections(report))

    # --- what is said -------------------------------------------------------------------------------------------------

    def decide(self, verdict: Verdict, *, seen: int | None) -> tuple[Decision, str]:
        """The verdict as it is kept now, and what went wrong on the way from there into the file of suppressions ("" for nothing).

        Raises:
            ConflictError: another decision stands by now.
            MeaninglessError: it means nothing.
            NotSavedError: it could not be written.
        """
        decision = self.decisions.decide(verdict, seen=seen)
        return decision, self.settle()

    def correct(self, amendments: Sequence[Amendment]) -> None:
        """Keep what is said of one fact.

        Raises:
            MeaninglessError: it means nothing.
            NotSavedError: it could not be written.
        """
        self.decisions.correct(amendments)

    def settle(self) -> str:
        """Bring the file of suppressions to what was decided since it was last brought there; what went wrong, "" for nothing.

        What a crash or a full disk left undone is done the next time.
        """
        with self._settling:
            try:
                done = int(self.decisions.note(_SETTLED_UP_TO) or 0)
                fresh = sorted((one for one in self.decisions.standing().values() if one.id > done), key=lambda one: one.id)
                entries = {entry.fingerprint: entry for entry in suppressions.load(self.ignore_file if self.ignore_file.exists() else None)}
                theirs = [one.fingerprint for one in fresh if not self._settled(one, entries.get(one.fingerprint))]
                if fresh:
                    self.decisions.keep(_SETTLED_UP_TO, str(fresh[-1].id))
            except HeshuError as error:
                return str(error)
        return f"{self.ignore_file}: {', '.join(theirs)} stands there as people wrote it; change it there" if theirs else ""

    def _settled(self, decision: Decision, entry: Suppression | None) -> bool:
        """Whether the file says of a finding what was decided about it."""
        dismissed = decision.state == "dismissed"
        if entry is not None and (not dismissed or entry.reason != decision.reason.strip()):
            if not suppressions.remove(self.ignore_file, decision.fingerprint):
                return False
            entry = None
        if dismissed and entry is None:
            file = suppressions.seen_from(self.folder / decision.document, self.ignore_file) if decision.document else ""
            fresh = Suppression(
                fingerprint=decision.fingerprint,
                reason=decision.reason.strip(),
                code=decision.code,
                file=file,
                date=day(decision.at),
                who=decision.who,
            )
            suppressions.add(self.ignore_file, [fresh])
        return True

    # --- how ----------------------------------------------------------------------------------------------------------

    def _ignored(self) -> Mapping[str, Suppression]:
        try:
            entries = suppressions.load(self.ignore_file if self.ignore_file.exists() else None)
        except ConfigurationError:
            return {}  # trouble() says so
        return {entry.fingerprint: entry for entry in entries}

    def _standings(self, findings: Sequence[Finding], standing: Mapping[str, Decision], ignored: Mapping[str, Suppression]) -> tuple[Standing, ...]:
        return tuple(self._standing(finding, standing.get(finding.fingerprint), ignored.get(finding.fingerprint)) for finding in findings)

    def _standing(self, finding: Finding, decision: Decision | None, entry: Suppression | None) -> Standing:
        if decision is not None:
            return Standing(
                finding=finding,
                state=decision.state,
                reason=decision.reason,
                comment=decision.comment,
                who=decision.who,
                at=decision.at,
                by="page",
                decision=decision.id,
            )
        if entry is not None:
            return Standing(finding=finding, state="dismissed", reason=entry.reason, who=entry.who, at=entry.date, by="file")
        if finding.fingerprint in self._baseline:
            return Standing(finding=finding, state="dismissed", by="baseline")
        return Standing(finding=finding)


def corrected(report: Report, corrections: Sequence[Correction]) -> Annotated:
    """The draft annotation of a report with what people corrected in it.

    A corrected fact lists its fields in ``corrected``; ``made_by`` still says that the rest is a draft. A number that is no
    fact is left out, and so is every relation that it had a part in.
    """
    who = "、".join(dict.fromkeys(correction.who for correction in corrections if correction.who))
    drafted = drafts.draft(report, made_by=f"heshu {extract.__version__}, corrected{f' by {who}' if who else ''}")
    said: dict[tuple[int, int], dict[str, str]] = {}
    for correction in corrections:
        said.setdefault((correction.start, correction.end), {})[correction.field] = correction.after
    marks = []
    gone = set()
    for number, fact in enumerate(drafted.gold["facts"]):
        fields = said.get((fact["start"], fact["end"]), {})
        if fields.get("fact") == NO_FACT:
            gone.add(fact["id"])
            continue
        changed = {name: value for name, value in fields.items() if name not in ("fact", "kind")}
        told = {**changed, "corrected": sorted(name for name in fields if name != "fact"), "confidence": 1.0} if fields else {}
        marks.append(Mark(start=fact["start"], end=fact["end"], kind=fields.get("kind", fact["kind"]), origin=number, fields=told))
    kept = [relation for relation in drafted.gold["relations"] if gone.isdisjoint(identity for _, identity in members(relation))]
    return replace(drafted, gold=restored({**drafted.gold, "relations": kept}, marks, None))
