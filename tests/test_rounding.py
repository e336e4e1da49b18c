"""What is stated by rounding true numbers is never found wrong; what is stated wrongly is."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from benchmarks.rounding import Author, Said, Trial, fact, run, verdict
from benchmarks.silence import listen, page
from extract import ingest
from extract import intervals as iv
from extract.quantify import quantify
from tests.made import SOURCE

LONGEST = 10
"""Eleven bare digits and more are a phone number or a code to the reader."""
_SCALES = {Decimal(1): "", Decimal("1E4"): "万", Decimal("1E8"): "亿"}
_BEFORE = {"≈": "约", "<~": "近", ">": "超过", "<": "不足", ">=": "不少于", "<=": "不超过"}


@pytest.mark.parametrize("seed", range(4))
def test_no_way_of_rounding_true_numbers_is_wrong(seed: int) -> None:
    tally, failed = run(2500, seed)
    assert failed == []
    looked_at = {kind for kind, says in tally if says == "pass"}
    assert looked_at == {"same", "sum", "part", "ratio", "growth", "diff"}
    assert sum(count for (_, says), count in tally.items() if says == "pass") > 2000


def test_a_wrong_number_among_rounded_ones_is_found() -> None:
    """The same relations with one exact member far off are failed: the trials can fail."""
    author = Author(1)
    wrong = 0
    for _ in range(400):
        one = author.sum()
        name = one.relation.roles["total"][0]
        total = one.facts[name].quantity
        if total.value is None or total.bound in (">", ">="):
            continue
        said = Said(str(int(total.value) * 3 + 7), Decimal(1), "=")
        facts = {**one.facts, name: fact(name, said, total.unit, total.dimension, "level")}
        with localcontext(iv.CONTEXT):
            says, _ = verdict(Trial(one.relation, facts))
        wrong += says == "fail"
    assert wrong > 200


def test_what_the_author_writes_is_read_as_it_was_meant() -> None:
    """The intervals of the trials are those that the readers give the same words."""
    author = Author(2)
    for _ in range(300):
        said = author.count(author.integer())
        if said.bound == "range" or len(said.digits) > LONGEST:
            continue
        words = f"{_BEFORE.get(said.bound, '')}{said.digits}{'余' if said.bound == '>~' else ''}{_SCALES[said.scale]}人"
        (read,) = quantify(ingest.read_text(f"全年培训{words}。")).quantities
        assert read.interval == fact("f1", said, "人", "count", "level").quantity.interval, words


def test_silence_is_counted_by_what_was_read(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "wrong.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    found = listen([str(folder / "wrong.txt"), str(folder / "empty.txt")], "patterns")
    assert (found.documents, found.characters) == (1, len(SOURCE) - 2)
    assert found.rate("error") == 100_000 * sum(n for (_, s), n in found.codes.items() if s == "error") / found.characters
    assert "| error |" in page(found)
    assert "empty.txt" in page(found)
