"""Files of old word processors (.doc, .wps, .rtf), through LibreOffice where it is installed.

Why: reports of former years, and of offices that work with WPS, are kept in the binary format of Word.
Example: a .doc is read as the .docx that LibreOffice makes of it: paragraphs, numbers of lists, tables with merged cells.
Left alone: what LibreOffice cannot open. A .docx under such a name is read as what it is, without LibreOffice.
Source: observed in reports; LibreOffice, Starting LibreOffice Software With Parameters (--convert-to).
"""

from __future__ import annotations

from extract.errors import UnreadableError
from extract.layout import Layout, Reader
from extract.readers import docx
from extract.readers._office import as_docx

_BINARY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_RICH = b"{\\rtf"


def unpack(data: bytes, where: str) -> Layout:
    """What the .docx of it shows."""
    if data.startswith(_ZIP):
        return docx.unpack(data, where)
    if not data.startswith((_BINARY, _RICH)):
        raise UnreadableError(where, "damaged: no file of a word processor", "open it and save it as .docx")
    return docx.unpack(as_docx(data, ".rtf" if data.startswith(_RICH) else ".doc", where), where)


READER = Reader(name="doc", suffixes=(".doc", ".wps", ".rtf"), unpack=unpack)
