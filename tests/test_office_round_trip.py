"""LibreOffice opens the working papers and saves them with all that they have: filters, repeated headers, links, lists, comments.

Frozen panes belong to a window, which LibreOffice does not have where it converts: tests/test_papers.py looks at them.
"""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from extract.ingest import read
from extract.pipeline import analyse
from extract.readers import _office
from extract.report import as_file
from tests.formats import as_docx

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

pytestmark = pytest.mark.skipif(_office.program() is None, reason="LibreOffice is not installed (apt install libreoffice-calc libreoffice-writer)")


def _papers(folder: Path, suffix: str) -> tuple[Path, Path]:
    """The paper of the project's sample in a format, and what LibreOffice makes of it."""
    source = folder / "report.docx"
    source.write_bytes(as_docx())
    paper = folder / f"paper.{suffix}"
    paper.write_bytes(as_file(analyse(read(source)), suffix))
    saved = folder / "saved"
    program = _office.program()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(saved), str(paper)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    if not (saved / paper.name).exists():
        pytest.skip(f"this LibreOffice has no part for .{suffix}")
    return paper, saved / paper.name


def test_a_workbook_keeps_its_filters_headers_links_lists_and_values(tmp_path: Path) -> None:
    ours, theirs = (openpyxl.load_workbook(path) for path in _papers(tmp_path, "xlsx"))
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        saved = theirs[sheet.title]
        assert saved.auto_filter.ref == sheet.auto_filter.ref
        assert saved.print_title_rows == sheet.print_title_rows
        assert {cell.coordinate for row in saved.rows for cell in row if cell.hyperlink} == {
            cell.coordinate for row in sheet.rows for cell in row if cell.hyperlink
        }
        assert len(saved.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert [[cell.value or None for cell in row] for row in saved.iter_rows(max_row=sheet.max_row, max_col=sheet.max_column)] == [
            [cell.value or None for cell in row] for row in sheet.rows
        ]


def test_a_word_file_keeps_its_comments(tmp_path: Path) -> None:
    ours, theirs = (_comments(path) for path in _papers(tmp_path, "docx"))
    assert ours
    assert theirs == ours


def _comments(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/comments.xml"))
    return ["".join(str(words) for words in comment.itertext(f"{_WORD}t")) for comment in root.iter(f"{_WORD}comment")]
