"""``heshu ignore``: say why a finding is none, and it is not reported again."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from extract.cli._options import DEBUG, FILE, INDICATORS, LANG, MODEL, Lang, settings, together
from extract.types import Finding
from extract.writers._arithmetic import message_of


@click.command("ignore", short_help="Do not report a finding again, for a reason.")
@together(
    FILE,
    click.argument("identities", nargs=-1, required=True, metavar="ID..."),
    click.option("--reason", required=True, metavar="TEXT", help="Why the finding is none, for those who read the report after you."),
    click.option("--who", default="", metavar="NAME", help="Who says so."),
    LANG,
    INDICATORS,
    MODEL,
    DEBUG,
)
def COMMAND(  # noqa: N802
    file: str,
    identities: tuple[str, ...],
    reason: str,
    who: str,
    lang: Lang | None,
    indicators: tuple[Path, ...],
    model: str | None,
) -> int:
    """Do not report the findings ID of FILE again: an entry with the reason goes into .heshu-ignore.toml.

    ID is what 'heshu check FILE' prints (x1), or a fingerprint. The file is the nearest one, in the working directory or
    above it; else it is made beside heshu.toml, or in the working directory.
    """
    from extract import suppressions
    from extract.cli import CLEAN, UNREADABLE, _batch, _inputs
    from extract.cli._analysis import prepare
    from extract.errors import ConfigurationError
    from extract.writers._words import word

    chosen = settings(lang=lang, indicators=indicators, model=model)
    analyse = prepare(chosen)

    def work() -> None:
        report = analyse(file)
        known: dict[str, Finding] = {}
        for finding in (*report.findings, *(one.finding for one in report.suppressed)):
            known |= {finding.id: finding, finding.fingerprint: finding}
        for identity in identities:
            if identity not in known:
                numbers = sorted({finding.id for finding in known.values()}, key=lambda one: int(one[1:]))
                advice = f"it has {', '.join(numbers) or 'no findings'}"
                raise ConfigurationError(identity, f"no such finding in {file}", advice)
        wanted = list(dict.fromkeys(known[identity].fingerprint for identity in identities))
        path = suppressions.place(Path.cwd())
        today = datetime.date.today().isoformat()
        entries = [
            suppressions.Suppression(
                fingerprint=fingerprint,
                reason=reason.strip(),
                code=known[fingerprint].code,
                file="" if file == "-" else suppressions.seen_from(file, path),
                date=today,
                who=who.strip(),
            )
            for fingerprint in wanted
        ]
        suppressions.add(path, entries)
        for fingerprint in wanted:
            finding = known[fingerprint]
            print(f"{word('ignored', chosen.lang)} {finding.id} [{finding.code}] {message_of(finding, chosen.lang)}")
        print(f"  → {path}")

    return CLEAN if _batch.attempt(_inputs.stem(file), work) else UNREADABLE
