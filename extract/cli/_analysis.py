"""How a command looks at a document under the settings: the same findings under the same ids, whichever command asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import HeshuError
from extract.settings import Settings, find
from extract.types import Document, Report

if TYPE_CHECKING:
    from extract.catalogue import Catalogue
    from extract.learned import Model
    from extract.suppressions import Suppression


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that the settings name, loaded once for many documents. ``ignore_file`` is the nearest .heshu-ignore.toml, if any."""

    settings: Settings
    catalogue: Catalogue
    models: tuple[Model, ...]
    ignore_file: Path | None
    suppressions: tuple[Suppression, ...]
    baseline: Collection[str]
    used: set[str] = field(default_factory=set)
    """Fingerprints of the suppressions that a finding needed so far."""
    looked_at: set[tuple[Path, str]] = field(default_factory=set)
    """The files that were looked at, each with every code that was looked for in it."""

    def __call__(self, name: str) -> Report:
        """The report on a file (or on standard input for ``-``), what is suppressed set apart.

        Raises:
            UnreadableError: it could not be read.
        """
        from extract.cli import _inputs

        document = _inputs.read(name)
        return self.of(document)

    def of(self, document: Document) -> Report:
        """The report on a document that was read before."""
        from extract import pipeline
        from extract.check import chosen
        from extract.suppressions import suppress

        ignore = (*self.settings.ignore, *self.settings.extend_ignore)
        if document.path is not None:
            # Said in full, no selection is longer: what a file ignores it ignores whatever is selected.
            ignore += pipeline.codes_of(self.settings.ignored_in(Path(document.path)))
        report = pipeline.analyse(
            document,
            catalogue=self.catalogue,
            select=self.settings.select,
            ignore=ignore,
            extend_select=self.settings.extend_select,
            models=self.models,
        )
        report = suppress(report, self.suppressions, self.baseline)
        self.used.update(one.finding.fingerprint for one in report.suppressed if one.kind == "ignored")
        if self.suppressions:
            place = Path(document.path or document.name).resolve()
            rules = chosen(*(tuple(map(str.upper, codes)) for codes in (self.settings.select, ignore, self.settings.extend_select)))
            self.looked_at.update((place, rule.code) for rule in rules)
        return report

    def unused(self) -> tuple[Suppression, ...]:
        """The suppressions that nothing needed, as far as that can be known: their file was looked at, and for their code."""
        if self.ignore_file is None:
            return ()
        files = {place for place, _ in self.looked_at}
        codes = {code for _, code in self.looked_at}
        found = []
        for entry in self.suppressions:
            place = (self.ignore_file.parent / entry.file).resolve()
            if entry.file and entry.code:
                seen = (place, entry.code) in self.looked_at
            else:
                seen = place in files if entry.file else entry.code in codes or bool(files and not entry.code)
            if seen and entry.fingerprint not in self.used:
                found.append(entry)
        return tuple(found)


def prepare(settings: Settings, *, baseline: bool = True) -> Analysis:
    """Everything loaded that the settings name; without the ``baseline`` where a new one is to be made.

    Raises:
        click.ClickException: a file that they name does not hold together, or a code in them means nothing.
    """
    from extract import learned, suppressions
    from extract.catalogue import load
    from extract.pipeline import known_codes

    try:
        per_file = [code for one in settings.per_file_ignores for code in one.codes]
        known_codes((*settings.select, *settings.ignore, *settings.extend_select, *settings.extend_ignore, *per_file))
        ignore_file = find(Path.cwd(), suppressions.FILE_NAME)
        return Analysis(
            settings=settings,
            catalogue=load(settings.indicators),
            models=tuple(learned.models(settings.model)),
            ignore_file=ignore_file,
            suppressions=suppressions.load(ignore_file),
            baseline=suppressions.load_baseline(settings.baseline) if baseline and settings.baseline else (),
        )
    except HeshuError as error:
        raise click.ClickException(str(error)) from error
