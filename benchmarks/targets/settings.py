"""A heshu.toml."""

from __future__ import annotations

from benchmarks.targets import Target, in_file
from extract import settings

_SEED = 'lang = "zh"\nselect = ["S", "R301"]\nstrict = true\nindicators = ["our.toml"]\n[per-file-ignores]\n"附件/**" = ["N702"]\n'

TARGET = Target(name="settings", seeds=lambda: [_SEED.encode()], run=in_file(".toml", settings.load))
