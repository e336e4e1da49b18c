"""What heshu is installed with may be passed on, and is pinned."""

from __future__ import annotations

import pytest

from benchmarks.dependencies import EXCEPTIONS, Dependency, dependencies


def test_every_package_is_pinned_and_under_a_licence_that_may_be_passed_on() -> None:
    found, missing = dependencies()
    assert len(found) > 40
    assert {each.name: each.wrong for each in found if each.wrong} == {}
    assert "jieba" not in missing


def test_every_exception_is_still_needed() -> None:
    found, _ = dependencies()
    assert {each.name for each in found} >= EXCEPTIONS.keys()


@pytest.mark.parametrize(
    ("licence", "wrong"),
    [
        ("MIT", ""),
        ("BSD License", ""),
        ("Apache-2.0 OR BSD-2-Clause", ""),
        ("GPL-3.0-or-later", "no permissive licence"),
        ("GNU Lesser General Public License v2 (LGPLv2)", "no permissive licence"),
        ("MIT AND MPL-2.0", "no permissive licence"),
        ("unknown", "no permissive licence"),
    ],
)
def test_a_licence_that_binds_those_who_pass_it_on_is_told(licence: str, wrong: str) -> None:
    assert Dependency("a", licence, "1.0", "").wrong == wrong


def test_a_package_without_a_pin_is_told() -> None:
    assert Dependency("a", "MIT", "", "").wrong == "not pinned in constraints.txt"
