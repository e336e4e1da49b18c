"""Reports go into a store of facts: a few at once, each batch in one transaction, with the store open no longer than that takes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import click

from extract.cli._inputs import standard_input
from extract.cli._look import Looked, Task
from extract.records import Records
from extract.store import InUseError, Known, Store, StoreError

_DOCUMENTS = 32
_FACTS = 20_000
_PATIENCE = 60.0
"""Seconds to wait for another program that has the store open."""


class Stored:
    """Takes the rows of one document after the other into the store at ``path``, as :class:`~extract.cli._outputs.Outputs` takes
    outputs; ``known`` is what it knew of its documents before, nothing where all is to be done again (``fresh``).

    A process that is forked must not have a database open, and others want to ask while a long run goes on: so the store is opened
    for each batch. What was not loaded when the run ends is done again by the next one.

    Raises:
        StoreError: the store cannot be opened.
    """

    targets: Mapping[str, Path] = {}

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._path = path
        with _open(path) as store:
            self.known: Mapping[str, Known] = {} if fresh else store.known()
        self._reports: list[Records] = []
        self._seen: list[tuple[str, str]] = []
        self._facts = 0

    def task(self, name: str) -> Task:
        """What is to be done with the document ``name``."""
        return Task(name=name, given=standard_input(name))

    def add(self, looked: Looked) -> None:
        """Keep the rows of a document for the next load, and load where there are many.

        Raises:
            InUseError: another program has the store open for too long; none of what was kept is in it.
            click.ClickException: the store cannot be written, nor would it be for other documents.
        """
        if looked.output is None:
            self._seen += [(looked.sha256, looked.path)] if looked.path else []
        else:
            self._reports.append(looked.output)
            self._facts += looked.counts.facts
        if len(self._reports) >= _DOCUMENTS or self._facts >= _FACTS:
            self._load()

    def finish(self) -> None:
        """Load what was kept, and take out what was corrected since.

        Raises:
            StoreError: the store cannot be written.
            click.ClickException: the same, where something was kept.
        """
        self._load()
        with _open(self._path) as store:
            store.tidy()

    def close(self) -> None:
        """Load what a run that was interrupted had finished."""
        self._load()

    def _load(self) -> None:
        reports, seen = self._reports, self._seen
        self._reports, self._seen, self._facts = [], [], 0
        if not (reports or seen):
            return
        try:
            with _open(self._path) as store:
                if reports:
                    store.load(reports)
                if seen:
                    store.see(seen)
        except InUseError:
            raise
        except StoreError as error:
            raise click.ClickException(f"{error} What was loaded before stands, and the same command goes on from there") from error


def _open(path: Path) -> Store:
    """The store, as soon as nobody else has it open."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return Store(path)
        except InUseError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
