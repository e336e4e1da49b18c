"""How a command looks at a document under the settings: the same findings under the same ids, whichever command asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
    files: tuple[Path | None, ...]
    """The file that each suppression names, if any."""
    baseline: Collection[str]

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
        from extract.suppressions import suppress

        report = pipeline.analyse(
            document,
            catalogue=self.catalogue,
            select=self.settings.select,
            ignore=pipeline.ignored(self.settings, document.path),
            extend_select=self.settings.extend_select,
            models=self.models,
        )
        return suppress(report, self.suppressions, self.baseline)

    def expected(self, document: Document) -> tuple[int, ...]:
        """The places of the suppressions that the document should need: for its file, for a code that is looked for."""
        if not self.suppressions:
            return ()
        from extract.check import chosen
        from extract.pipeline import ignored

        select, ignore, extend_select = self.settings.select, ignored(self.settings, document.path), self.settings.extend_select
        codes = {rule.code for rule in chosen(*(tuple(map(str.upper, given)) for given in (select, ignore, extend_select)))}
        place = Path(document.path or document.name).resolve()
        return tuple(
            number
            for number, (entry, file) in enumerate(zip(self.suppressions, self.files, strict=True))
            if file in (None, place) and (not entry.code or entry.code in codes)
        )


def prepare(settings: Settings, *, baseline: bool = True) -> Analysis:
    """Everything loaded that the settings name; without the ``baseline`` where a new one is to be made.

    Raises:
        HeshuError: a file that they name does not hold together, or a code in them means nothing.
    """
    from extract import learned, suppressions
    from extract.catalogue import load
    from extract.pipeline import known_codes

    per_file = [code for one in settings.per_file_ignores for code in one.codes]
    known_codes((*settings.select, *settings.ignore, *settings.extend_select, *settings.extend_ignore, *per_file))
    ignore_file = find(Path.cwd(), suppressions.FILE_NAME)
    entries = suppressions.load(ignore_file)
    return Analysis(
        settings=settings,
        catalogue=load(settings.indicators),
        models=tuple(learned.models(settings.model)),
        ignore_file=ignore_file,
        suppressions=entries,
        files=tuple((ignore_file.parent / entry.file).resolve() if ignore_file and entry.file else None for entry in entries),
        baseline=suppressions.load_baseline(settings.baseline) if baseline and settings.baseline else (),
    )
