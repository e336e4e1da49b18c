"""What a unit of knowledge is, and how a stage finds those in its folder.

Declaring does not register: a module in a knowledge folder *returns* an object by defining it under the folder's
name for it (``PATTERN``, ``RULE``, ``CHECK``, ``READER``, ``WRITER``, ``TAGGER``); the stage lists the folder with
:func:`discover`. Nobody edits a central list.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache


@cache
def discover(package: str, name: str) -> tuple[object, ...]:
    """The objects called ``name`` in the modules of ``package``, in the order of the module names.

    Modules whose name starts with an underscore are helpers of their folder and are passed over.

    Raises:
        AttributeError: a module of the folder does not define ``name``.
    """
    folder = importlib.import_module(package)
    found = []
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            found.append(getattr(importlib.import_module(f"{package}.{info.name}"), name))
    return tuple(found)
