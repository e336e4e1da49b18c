"""Comments in a Word document: the marks in its text, and the part that holds their words. Nothing else of the document is touched."""

from __future__ import annotations

import copy
import io
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extract.layout import Anchor
from extract.types import Span
from extract.writers._xml import clean

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_URI}}}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_AUTHOR, _INITIALS = "核数 heshu", "核数"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What a mark may stand in, and what it may not stand inside of (Word takes no comment in a text box or a formula).
_HOLDERS = frozenset(f"{W}{name}" for name in ("p", "hyperlink", "ins", "moveTo", "sdtContent", "smartTag", "customXml", "fldSimple", "bdo", "dir"))
_CLOSED = frozenset(
    {f"{W}txbxContent", f"{W}ruby", f"{W}object", f"{W}pict", f"{W}drawing", f"{_MC}AlternateContent", f"{_MATH}oMath", f"{_MATH}oMathPara"}
)
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Comment:
    """Lines on a place: a stretch of the text that the anchors are for. The first line is its title."""

    place: Span
    lines: tuple[str, ...]


def mark(anchors: Sequence[Anchor], comments: Iterable[Comment], *, first: int) -> None:
    """Put the marks of the comments, numbered from ``first``, into the elements of the anchors, which are in text order.

    A place that no element holds (a number that Word counts, a footnote) is marked at the next text, else at the last.
    """
    splitter = _Splitter()
    starts = [anchor.start for anchor in anchors]
    ends = [anchor.end for anchor in anchors]
    for number, comment in enumerate(comments, first):
        low = bisect_right(ends, comment.place.start)
        high = bisect_left(starts, comment.place.end) - 1
        if low > high:
            low = high = min(low, len(anchors) - 1)
            begin, end = anchors[low].start, anchors[low].end
        else:
            begin, end = max(comment.place.start, anchors[low].start), min(comment.place.end, anchors[high].end)
        head, tail = anchors[low], anchors[high]
        first_character = head.offset + begin - head.start
        last_character = tail.offset + end - tail.start - 1
        splitter.cut(tail.element, last_character + 1)
        splitter.cut(head.element, first_character)
        before, after = splitter.run(head.element, first_character), splitter.run(tail.element, last_character)
        _outside(before).addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)}))
        closing = etree.Element(f"{W}commentRangeEnd", {f"{W}id": str(number)})
        _outside(after).addnext(closing)
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(number)})
        closing.addnext(reference)


class _Splitter:
    """Cuts runs, and remembers where the pieces of an element's text went: (first character, element)."""

    def __init__(self) -> None:
        self._pieces: dict[Any, list[tuple[int, Any]]] = {}

    def _piece(self, element: Any, offset: int) -> tuple[int, int, Any]:
        """(its place in the list, its first character, the element) of the piece that holds a character, the last one behind the end."""
        pieces = self._pieces.setdefault(element, [(0, element)])
        index = bisect_right([start for start, _ in pieces], offset) - 1
        return index, *pieces[index]

    def run(self, element: Any, offset: int) -> Any:
        """The run that holds the character."""
        return self._piece(element, offset)[2].getparent()

    def cut(self, element: Any, offset: int) -> None:
        """Let a run begin with the character at the offset; behind the end, let one end."""
        index, start, text = self._piece(element, offset)
        run, words, at = text.getparent(), text.text or "", offset - start
        if run.tag != f"{W}r":
            return
        if at >= len(words):
            rest = list(text.itersiblings())
        else:
            if at > 0:
                twin = etree.Element(text.tag)
                text.text, twin.text = words[:at], words[at:]
                for one in (text, twin):
                    one.set(_XML_SPACE, "preserve")
                text.addnext(twin)
                self._pieces[element].insert(index + 1, (offset, twin))
                text = twin
            rest = [text, *text.itersiblings()]
            if all(sibling.tag == f"{W}rPr" for sibling in text.itersiblings(preceding=True)):
                return
        if rest:
            _cut(run, rest)


def _cut(run: Any, moved: Sequence[Any]) -> Any:
    """Moves the last elements of a run into a run of their own behind it, which looks the same."""
    twin = etree.Element(f"{W}r", run.attrib)
    look = run.find(f"{W}rPr")
    if look is not None:
        twin.append(copy.deepcopy(look))
    run.addnext(twin)
    twin.extend(moved)
    return twin


def _outside(element: Any) -> Any:
    """The element, or the outermost one around it that a mark may stand beside."""
    for above in element.iterancestors():
        if above.tag in _CLOSED:
            element = above
    while element.getparent().tag not in _HOLDERS:
        element = element.getparent()
    return element


def packed(data: bytes, main: str, root: Any, comments: Sequence[Comment]) -> bytes:
    """The package with ``root`` in place of its main part and with the comments; every other part byte for byte as it was.

    The comments have the numbers from :func:`first_number` on.
    """
    folder, _, name = main.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
        stamps = {info.filename: info.date_time for info in package.infolist()}
    relations_name = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    relations = etree.fromstring(parts.get(relations_name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode()))
    target = _comments_part(relations, folder)
    if not target:
        target = _free(f"{folder}/comments.xml" if folder else "comments.xml", parts)
        taken = {relation.get("Id") for relation in relations}
        identity = next(f"rIdHeshu{n}" for n in range(1, len(taken) + 2) if f"rIdHeshu{n}" not in taken)
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", {"Id": identity, "Type": _KIND, "Target": target.rpartition("/")[2]})
        parts[relations_name] = _xml(relations)
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{target}", "ContentType": _CONTENT})
        parts["[Content_Types].xml"] = _xml(types)
    held = etree.fromstring(parts[target]) if target in parts else etree.Element(f"{W}comments", nsmap={"w": W_URI})
    for number, comment in enumerate(comments, _next(held)):
        held.append(_written(number, comment.lines))
    parts[target] = _xml(held)
    parts[main] = _xml(root)
    return archive(parts, stamps)


def first_number(data: bytes, main: str) -> int:
    """The number of the first comment that a package has room for."""
    folder, _, name = main.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in package.namelist():
            return 0
        target = _comments_part(etree.fromstring(package.read(relations)), folder)
        return _next(etree.fromstring(package.read(target))) if target in package.namelist() else 0


def archive(parts: Mapping[str, bytes], stamps: Mapping[str, tuple[int, int, int, int, int, int]] | None = None) -> bytes:
    """The bytes of a package of parts; those without a stamp have the oldest date, so that the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (stamps or {}).get(name, _OLDEST))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, part)
    return out.getvalue()


def _comments_part(relations: Any, folder: str) -> str:
    """The name of the part that holds comments; "" where there is none."""
    for relation in relations:
        if relation.get("Type") == _KIND:
            target: str = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}" if folder else target
    return ""


def _free(name: str, parts: Mapping[str, bytes]) -> str:
    stem = name.removesuffix(".xml")
    return next(candidate for n in range(len(parts) + 1) if (candidate := f"{stem}{n or ''}.xml") not in parts)


def _next(comments: Any) -> int:
    numbers = [int(value) for comment in comments if (value := comment.get(f"{W}id", "")).isdecimal()]
    return max(numbers, default=-1) + 1


def _written(number: int, lines: Sequence[str]) -> Any:
    comment = etree.Element(f"{W}comment", {f"{W}id": str(number), f"{W}author": _AUTHOR, f"{W}initials": _INITIALS})
    for n, line in enumerate(lines):
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        if not n:
            etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
        text = etree.SubElement(run, f"{W}t", {_XML_SPACE: "preserve"})
        text.text = clean(line)
    return comment


def _xml(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
