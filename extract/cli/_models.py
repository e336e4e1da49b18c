"""How documents are read under the name that ``--model`` gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click

from extract.errors import HeshuError
from extract.types import Document, Report


def analyser(model: str, indicators: Iterable[Path] = ()) -> Callable[[Document], Report]:
    """All stages with that model, on one document; "patterns" is the way without anything learned.

    Raises:
        click.ClickException: a catalogue file does not hold together, or there is no such model.
    """
    from extract import catalogue, pipeline

    if model != "patterns":
        raise click.ClickException(f"no model {model!r}")
    try:
        return partial(pipeline.analyse, catalogue=catalogue.load(tuple(indicators)))
    except HeshuError as error:
        raise click.ClickException(str(error)) from error
