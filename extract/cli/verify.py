"""``heshu verify``: are findings still what the report says, and is their arithmetic right?"""

from __future__ import annotations

from pathlib import Path

import click

from extract.cli._options import DEBUG, FILE, LANG, Lang, colour_wanted, settings, together


@click.command("verify", short_help="Recompute findings from their places alone.")
@together(
    click.argument("findings", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FINDINGS.json"),
    FILE,
    LANG,
    DEBUG,
)
def COMMAND(findings: Path, file: str, lang: Lang | None) -> int:  # noqa: N802
    """Recompute each finding of FINDINGS.json (from 'heshu check FILE --format json') on FILE, without extraction.

    The numerals are read again where the findings say that they stand, and the arithmetic is done anew. A finding is
    confirmed; or its text stands, but its rule judges by more than arithmetic (a doubled heading); or its text has
    changed; or the arithmetic comes out differently. Exit code 1 where one of the last two is among them.
    """
    from extract import verify
    from extract.cli import CLEAN, FOUND, UNREADABLE, _batch, _inputs
    from extract.writers._lines import Lines
    from extract.writers._style import Style
    from extract.writers._words import listed, word

    lang = settings(lang=lang).lang
    style = Style(colour_wanted())
    colours = {"confirmed": "green", "standing": "green", "changed": "yellow", "differs": "red"}
    verdicts: list[verify.Verdict] = []

    def work() -> None:
        report = verify.read(findings)
        document = _inputs.read(file)
        lines = Lines(document)
        verdicts.extend(verify.verify(report, document))
        for verdict in verdicts:
            head = f"{verdict.id} [{verdict.code}] {style.paint(word(f'verified.{verdict.status}', lang), 'bold', colours[verdict.status])}"
            place = lines.where(document.reading_span(verdict.place), lang) if verdict.place else ""
            stated, found = ("“" + " ".join(text.split()) + "”" for text in (verdict.stated, verdict.found))
            known = verdict.stated if verdict.status in ("confirmed", "standing") else word("stated_found", lang).format(stated, found)
            print("  ".join(part for part in (head, place, known) if part))
        if document.sha256 != report["document"]["sha256"]:
            print(style.paint(word("other_file", lang).format(file), "yellow"))
        statuses = [(f"verified.{status}", sum(verdict.status == status for verdict in verdicts)) for status in colours]
        print(word("verified", lang).format(file, len(verdicts)) + (word("colon", lang) + listed(statuses, lang) if verdicts else ""))

    if not _batch.attempt(file, work):
        return UNREADABLE
    return FOUND if any(verdict.status in ("changed", "differs") for verdict in verdicts) else CLEAN
