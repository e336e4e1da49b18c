"""What one document leaves behind in memory does not grow with the number of documents."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from types import ModuleType

import pytest

import extract
from benchmarks.texts import documents
from extract.ingest import read_text
from extract.memo import forgetting, remembered
from extract.pipeline import analyse

OUR_OWN = {
    "extract.knowledge.discover": "the folders of the package",
    "extract.learned.shipped": "the models that ship",
    "extract.patterns._grammar._units": "the first characters of units",
    "extract.patterns._grammar.words": "the word lists of the package",
    "extract.quantify._matcher": "the patterns of the package",
    "extract.scripts.scripts": "the folders of SQL",
    "extract.scripts.views": "the folders of SQL",
    "extract.stream._analysis": "the settings of a run",
    "extract.stream._catalogue": "the settings of a run",
    "extract.writers._html.page.asset": "the files of the page",
}
"""Caches without an end, and what they are asked for: things of the package, of which there are a few."""
NEEDS_MORE = frozenset({"extract.readers._ocr_pages"})
"""Modules that are run in a process of their own, with an extra that need not be installed."""


def modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for found in pkgutil.walk_packages(extract.__path__, "extract."):
        if found.name not in NEEDS_MORE and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def caches() -> dict[str, _lru_cache_wrapper[object]]:
    """The caches of all functions of modules."""
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, _lru_cache_wrapper) and value.__module__ == module.__name__
    }


def test_no_cache_grows_without_end() -> None:
    endless = {name: cache for name, cache in caches().items() if cache.cache_parameters()["maxsize"] is None}
    assert len(endless) < len(caches())
    assert {name for name, cache in endless.items() if inspect.signature(cache).parameters} == OUR_OWN.keys()


def held() -> dict[str, int]:
    """How many values each container of a module holds."""
    return {
        f"{module.__name__}.{name}": len(value)
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, dict | list | set) and not name.startswith("__")
    }


def test_a_document_leaves_nothing_behind_in_a_module() -> None:
    first, second, *_ = documents()
    analyse(read_text(first))
    before = held()
    assert before
    analyse(read_text(second.replace("企业", "商户")))
    assert held() == before


def test_the_words_of_a_document_are_forgotten_with_it() -> None:
    first, second, *_ = documents()
    analyse(read_text(first))
    before = {name: cache.cache_info().currsize for name, cache in caches().items()}
    analyse(read_text(second.replace("企业", "商户")))
    assert {name: cache.cache_info().currsize for name, cache in caches().items()} == before


def test_words_are_forgotten_where_an_analysis_fails() -> None:
    @remembered(4)
    def twice(number: int) -> int:
        asked.append(number)
        return 2 * number

    asked: list[int] = []
    with pytest.raises(ZeroDivisionError), forgetting():
        assert twice(1) == twice(1) == 2
        assert asked == [1]
        _ = 1 / 0
    assert twice(1) == 2
    assert asked == [1, 1]
