"""Official forms, whose figures stand in sections of their own: the explanation of a settlement, the yearly report of a housing fund.

Such a form states each of its terms once, under a name that the regulation gives, and what they come to in another section. Each module
of this folder is a form, declared as ``FORM``.
"""

from __future__ import annotations

from functools import cache
from typing import cast

from extract.forms._form import Form
from extract.knowledge import discover


@cache
def forms() -> tuple[Form, ...]:
    """The forms, in the order of their modules."""
    return cast("tuple[Form, ...]", discover("extract.forms", "FORM"))
