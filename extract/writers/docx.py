"""The document itself with a Word comment at the place of each finding; a plain copy of the text where it is no .docx.

Why: whoever wrote the report mends it in Word, and sees at the number what is wrong with it.

Example: at 286 a comment: ``错误 S201  “接报处置突发事件信息”为 286 条，各部分相加为 290，差 4 条``, the arithmetic, what to verify.

Left alone: everything of a .docx but the comments (runs are cut where one begins or ends, and look as before); what is ignored has no
comment. Word allows none in text boxes, notes and headers: there it stands beside them.

Source: ECMA-376 Part 1 (WordprocessingML), 17.13.4 (comments).
"""

from __future__ import annotations

from extract.types import Report
from extract.writers import View, Writer


def _write(report: Report, view: View) -> bytes:
    from extract.writers._commented import with_comments  # it needs lxml, and a help page does not

    return with_comments(report, view)


WRITER = Writer(format="docx", suffix=".docx", subjects=("check",), follows=False, write=_write, encoding=None)
