"""An annotated text, as the tools for annotations get it and hand it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from benchmarks.targets import SMALL, Target, in_file
from extract.exchange import Annotated
from extract.ingest import read_text
from extract.pipeline import analyse
from extract.workshop import drafts, files


@cache
def example() -> Annotated:
    """A small text with the annotation that heshu drafts for it."""
    return drafts.draft(analyse(read_text(SMALL, name="small")), made_by="heshu")


def of_tool(name: str) -> Target:
    """The export of a tool, in the format of that name: read, and completed as ``heshu annotations import`` does it."""
    form = files.exchanged(name)

    def take(path: Path) -> Sequence[object]:
        return [files.dumped(drafts.completed(document).gold) for document in form.read(path)]

    def seeds() -> Sequence[bytes]:
        return [form.write([example()], f"fuzz{form.suffix}")[f"fuzz{form.suffix}"]]

    run: Callable[[bytes], object] = in_file(form.suffix, take)
    return Target(name=name, seeds=seeds, run=run)
