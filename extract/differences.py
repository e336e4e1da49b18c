"""What two versions of heshu say differently about the same documents: facts and findings gained, lost, changed.

Both sides are folders of JSON as ``heshu check --format json --output-dir`` writes them; a document is on both sides under one
name. Facts are the same where their numeral is, findings where code and first numeral are. Differences are grouped by what made them:
facts by the rule or tagger, findings by code.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extract.errors import MALFORMED, UnreadableError

Change = Literal["gained", "lost", "changed"]
Place = tuple[int, int]
CHANGES: tuple[Change, ...] = ("gained", "lost", "changed")
FIELDS = ("value", "low", "high", "unit", "bound", "kind", "mention", "indicator_id", "indicator", "subject", "period")
# So many characters of the text are quoted on either side of a number.
AROUND = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One fact or finding that differs. ``group`` is what made it, ``place`` its numeral in the source, ``words`` what differs."""

    document: str
    subject: Literal["fact", "finding"]
    change: Change
    group: str
    place: Place
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All of them in the order of documents and places; how many documents are on both sides, and which are on one only."""

    differences: tuple[Difference, ...]
    documents: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


_FOREIGN = "no JSON that heshu wrote"
_ADVICE = "heshu check --format json --output-dir writes it"


def compare(old: Path, new: Path) -> Differences:
    """The differences between two folders of output.

    Raises:
        UnreadableError: a folder has no JSON in it, or a file in it is none of heshu's.
    """
    before, after = _outputs(old), _outputs(new)
    both = sorted(before.keys() & after.keys())
    found: list[Difference] = []
    for name in both:
        one, other = _load(before[name]), _load(after[name])
        try:
            both_ways = [*_facts(name, one, other), *_findings(name, one, other)]
            found += sorted(both_ways, key=lambda difference: (difference.place, difference.subject))
        except MALFORMED as error:
            raise UnreadableError(f"{before[name]}, {after[name]}", _FOREIGN, _ADVICE) from error
    return Differences(
        differences=tuple(found),
        documents=len(both),
        only_old=tuple(sorted(before.keys() - after.keys())),
        only_new=tuple(sorted(after.keys() - before.keys())),
    )


def as_text(differences: Differences, quote: Callable[[str, Place], str], *, limit: int = 20) -> str:
    """The differences as text: a table of the groups, then each with its quote, at most ``limit`` a group (0: all).

    ``quote`` gives the words of a document around a place, "" where it is not known.
    """
    lines = [f"{differences.documents} documents on both sides"]
    for side, names in (("old", differences.only_old), ("new", differences.only_new)):
        if names:
            lines.append(f"only {side}: {', '.join(names)}")
    for subject in ("fact", "finding"):
        groups: dict[str, list[Difference]] = defaultdict(list)
        for difference in differences.differences:
            if difference.subject == subject:
                groups[difference.group].append(difference)
        lines += ["", *_section(subject, groups, quote, limit)]
    return "\n".join(lines) + "\n"


def quoted(text: str, place: Place) -> str:
    """The number at a place in its surroundings, in one line, the number in 【】."""
    start, end = place
    parts = (text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
    before, number, after = (" ".join(part.split()) for part in parts)
    return f"{before}【{number}】{after}"


def _section(subject: str, groups: Mapping[str, Sequence[Difference]], quote: Callable[[str, Place], str], limit: int) -> Iterator[str]:
    sizes = Counter(difference.change for group in groups.values() for difference in group)
    if not groups:
        yield f"{subject}s: none differs"
        return
    yield f"{subject}s: " + ", ".join(f"{sizes[change]} {change}" for change in CHANGES)
    width = max(map(len, groups))
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    for name, members in ordered:
        counts = Counter(difference.change for difference in members)
        yield f"  {name:<{width}}  " + "  ".join(f"{change} {counts[change]:>4}" for change in CHANGES)
    for name, members in ordered:
        yield ""
        yield f"{subject}s by {name}"
        shown = members[:limit] if limit else members
        for difference in shown:
            yield f"  {difference.change:<7}  {difference.document}:{difference.place[0]}  {difference.words}"
            if words := quote(difference.document, difference.place):
                yield f"           {words}"
        if len(shown) < len(members):
            yield f"  … and {len(members) - len(shown)} more"


def _outputs(folder: Path) -> dict[str, Path]:
    found = {path.stem: path for path in sorted(folder.glob("*.json"))}
    if not found:
        raise UnreadableError(str(folder), "no *.json in it", "heshu check --format json --output-dir writes them")
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not str(found["format"]).startswith("heshu/"):
            raise ValueError(found["format"])
        return found
    except (OSError, *MALFORMED) as error:
        raise UnreadableError(str(path), _FOREIGN, _ADVICE) from error


def _facts(document: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    was = {(fact["start"], fact["end"]): fact for fact in old["facts"]}
    now = {(fact["start"], fact["end"]): fact for fact in new["facts"]}

    def difference(change: Change, group: str, place: Place, words: str) -> Difference:
        return Difference(document=document, subject="fact", change=change, group=group, place=place, words=words)

    for place in sorted(was.keys() | now.keys()):
        one, other = was.get(place), now.get(place)
        if one is None and other is not None:
            yield difference("gained", _maker(other), place, _says(other))
        elif other is None and one is not None:
            yield difference("lost", _maker(one), place, _says(one))
        elif one is not None and other is not None:
            changed = [f"{field} {_shown(one.get(field))} → {_shown(other.get(field))}" for field in FIELDS if one.get(field) != other.get(field)]
            if changed:
                a, b = _maker(one), _maker(other)
                yield difference("changed", a if a == b else f"{a} → {b}", place, "; ".join(changed))


def _findings(document: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    was, now = _by_place(old), _by_place(new)
    for key in sorted(was.keys() | now.keys()):
        code, place, _ = key
        one, other = was.get(key), now.get(key)
        change: Change
        if one is None and other is not None:
            change, words = "gained", f"{other['severity']}: {other['message']}"
        elif other is None and one is not None:
            change, words = "lost", f"{one['severity']}: {one['message']}"
        elif one is not None and other is not None and (one["severity"], one["message"]) != (other["severity"], other["message"]):
            change, words = "changed", f"{one['severity']}: {one['message']} → {other['severity']}: {other['message']}"
        else:
            continue
        yield Difference(document=document, subject="finding", change=change, group=code, place=place, words=words)


def _by_place(output: Mapping[str, Any]) -> dict[tuple[str, Place, int], Any]:
    """The findings by code and first numeral (the first place shown where they name none), those alike numbered."""
    facts = {fact["id"]: (fact["start"], fact["end"]) for fact in output["facts"]}
    found: dict[tuple[str, Place, int], Any] = {}
    alike: Counter[tuple[str, Place]] = Counter()
    for finding in output.get("findings", ()):
        places = [facts[i] for i in finding["facts"] if i in facts] or [(place["start"], place["end"]) for place in finding["places"]]
        key = finding["code"], min(places, default=(0, 0))
        found[*key, alike[key]] = finding
        alike[key] += 1
    return found


def _maker(fact: Mapping[str, Any]) -> str:
    """What named the fact, the last of its makers that is neither its pattern nor its link."""
    makers = [maker for maker in fact.get("maker", ()) if not maker.startswith(("pattern:", "link:"))]
    return str(makers[-1]) if makers else "unknown"


def _says(fact: Mapping[str, Any]) -> str:
    value = fact["value"] if fact["value"] is not None else f"{fact['low']}..{fact['high']}"
    return f"{_shown(fact['mention'])} {'' if fact['bound'] == '=' else fact['bound']}{value}{fact['unit']} ({fact['kind']})"


def _shown(value: object) -> str:
    return str(value) if value not in (None, "") else "–"
