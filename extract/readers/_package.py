"""The parts of a file that is a ZIP of XML (.docx, .xlsx, .ods), opened so that no file can hurt.

A part is unpacked only as far as :data:`MAX_PART`, XML is parsed without its DTD, entities or network, and depth is
bounded by lxml. What cannot be opened is one clear line.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from extract.errors import UnreadableError

MAX_PART = 128 * 1024 * 1024
MAX_ALL = 512 * 1024 * 1024
"""More than so many unpacked bytes in one part, or in all that are read, are a bomb, not a report."""
MAX_TAGS = 6_000_000
"""A sheet of a million cells has four for each; a tree of more fills the memory."""
MAX_PARTS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """The parts of one file by name."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        if data.startswith(_OLE):
            raise UnreadableError(where, "encrypted, or of the old binary format", "save it without a password in the new format")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError(where, "damaged: no ZIP archive", "open it and save it again") from None
        if len(infos) > MAX_PARTS:
            raise UnreadableError(where, f"{len(infos):,} parts, more than the {MAX_PARTS:,} that are read", "no report is made so")
        self._infos = {info.filename: info for info in infos}
        self._unpacked = 0

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        """The names of all parts, in order."""
        return sorted(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableError: there is none of that name, it is damaged, encrypted, or unpacks to more than :data:`MAX_PART`.
        """
        info = self._infos.get(name)
        if info is None:
            raise UnreadableError(self.where, f"damaged: no part {name}", "open it and save it again")
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise UnreadableError(self.where, f"damaged: {name} cannot be unpacked", "open it and save it again") from None
        except RuntimeError:
            raise UnreadableError(self.where, "encrypted", "save it without a password") from None
        self._unpacked += len(data)
        if len(data) > MAX_PART or self._unpacked > MAX_ALL:
            most = MAX_PART if len(data) > MAX_PART else MAX_ALL
            raise UnreadableError(self.where, f"{name} unpacks to more than {most // 2**20} MB", "no report is that long")
        return data

    def checked(self, name: str, *, picture: bool = False) -> bytes:
        """The bytes of an XML part that any parser may be given; one of a picture may have a document type.

        Raises:
            UnreadableError: as for :meth:`read`, or the part has a document type or too many tags.
        """
        data = self.read(name)
        plain = legible(data)
        if not picture and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise UnreadableError(self.where, f"{name} declares entities, which are not read", "open it and save it again")
        if plain.count(b"<") > MAX_TAGS:
            raise UnreadableError(self.where, f"{name} has more than {MAX_TAGS:,} tags", "split it")
        return data

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The file once more, with other bytes in these parts."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name in self.names():
                new.writestr(name, parts[name] if name in parts else self._zip.read(name))
        return made.getvalue()

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part.

        Raises:
            UnreadableError: as for :meth:`checked`, or the part is no well-formed XML.
        """
        data = self.checked(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableError(self.where, f"damaged: {name} is no XML ({_short(error)})", "open it and save it again") from None


def legible(data: bytes) -> bytes:
    """The bytes of XML with its marks as in ASCII: in UTF-16 every other byte of these is empty."""
    return data.replace(b"\0", b"") if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data


def _short(error: Exception) -> str:
    return " ".join(str(error).split(", line")[0].split())[:80]
