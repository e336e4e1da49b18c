"""Words that several ways of telling parts look for."""

from __future__ import annotations

import re

MOST_PARTS = 40
"""A list of more parts than this is not read."""
WITHIN = re.compile(
    r"^[^，。；、（）]{0,20}?(?<![其集年期])中(?:，(?:已有?|共?有)?[^，。；]{0,16}|(?!高[级等层端校中职])(?![心央标小型介学共级部国层青欧稻外华医方东亚美俄日印非试文])[^，。；]{0,14})$"
)
PER_UNIT = re.compile(r"(?:[人户车次年月日件台套所场期亩单班周村校家项平件床位]均|平均|人均|每[^，。；、均]{1,3})[^，。；、均]{0,6}$")
COMPARED = re.compile(r"(?:比|较|占|超过|高于|低于)[^，。；、]{0,16}$")
