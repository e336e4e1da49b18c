"""The tables that reports are kept in (documents, facts, checks, findings): their columns, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

Sort = Literal["code", "words", "number", "count", "score", "truth", "words_list", "codes_list"]
"""What a column holds: a code of ours, words (of the document or of a person), a stated number, an integer, a score from 0 to 1,
whether something is so, or a list of words or codes."""
Value = str | Decimal | int | float | bool | tuple[str, ...] | None


class Column(NamedTuple):
    """A column of a table; ``what`` says what it holds, in one line."""

    name: str
    sort: Sort
    what: str = ""


TABLES: Mapping[str, tuple[Column, ...]] = {
    "documents": (
        Column("document", "code", "SHA-256 of the file: the key that the other tables refer to"),
        Column("name", "words", "the name of the document, without folder and suffix"),
        Column("path", "words", "the file; null for a text that is none"),
        Column("title", "words", "the title, '' where none was read"),
        Column("org", "words", "the body that the document is from, in full"),
        Column("body", "words", "the same without the provinces and cities above it: documents of one body share it"),
        Column("matter", "words", "what the document is about beside its body's year as a whole: a project; '' for the whole"),
        Column("region", "words", "the place that it is about, without those above it"),
        Column("within", "words", "the place right above the region as the body's name gives it, else ''"),
        Column("year", "count", "the year that it reports on; null where none was read"),
        Column("characters", "count", "the length of its text"),
        Column("facts", "count", "how many facts it states"),
        Column("numerals", "count", "how many numerals it has, facts or not"),
        Column("checked", "count", "how many of them a check looked at"),
        Column("errors", "count", "findings that are errors"),
        Column("warnings", "count", "findings that are warnings"),
        Column("revised", "truth", "whether it says that balances brought forward were adjusted"),
        Column("remarks", "words_list", "what of the file could not be read, or is hidden in it"),
        Column("made_by", "code", "heshu's version, models, catalogue and settings, as one line of JSON"),
    ),
    "facts": (
        Column("document", "code", "the document that states it"),
        Column("id", "code", "its name there: f1, f2, … in the order of the text"),
        Column("start", "count", "where the numeral begins in the source, in characters"),
        Column("end", "count", "where it ends, half-open"),
        Column("line", "count", "the line of the source, from 1"),
        Column("page", "count", "the page of the file, from 1; null where it has none"),
        Column("cell", "words", "the cell of a spreadsheet: 收支总表!C5"),
        Column("section", "words", "the headings above it, outermost first"),
        Column("subject", "words", "whose number it is; the document's region or body where the fact names nobody"),
        Column("own_subject", "words", "whose number it is by the fact's own words, '' where they name nobody"),
        Column("indicator", "words", "what it measures: the catalogue's name, else one made of its words"),
        Column("indicator_id", "code", "the id in the catalogue; null where nothing there fits"),
        Column("mention", "words", "the words that name what is measured"),
        Column("text", "words", "the quantity as written"),
        Column("value", "number", "the value after scale, money in 元; null for a range"),
        Column("low", "number", "the lower end of a range"),
        Column("high", "number", "the upper end of a range"),
        Column("interval_low", "number", "the least value that the printed digits can stand for; null for no limit"),
        Column("interval_high", "number", "the greatest; null for no limit"),
        Column("low_open", "truth", "whether interval_low itself is left out"),
        Column("high_open", "truth", "whether interval_high itself is left out"),
        Column("digits", "code", "the numeral as printed, without separators"),
        Column("scale", "number", "what the digits are multiplied by: 10000 for 万"),
        Column("unit", "words", "the unit without its scale, as written"),
        Column("dimension", "code", "what the unit measures: money, count, length, …"),
        Column("bound", "code", "= ≈ <~ >~ > >= < <= range"),
        Column("kind", "code", "level, target, rate, growth, delta, score, max_score or other"),
        Column("period", "words", "the time as the fact says it, else the document's year"),
        Column("moment", "code", "the time with its year: 2021, 2021-01/2021-06; null where it cannot be known"),
        Column("qualifiers", "words_list", "words that narrow the scope: 其中, 累计, 及下属单位"),
        Column("antecedent", "code", "the fact whose indicator this one takes over, '' where it names its own"),
        Column("confidence", "score", "how sure the reading is"),
        Column("makers", "codes_list", "the pattern, tagger and rule that made it"),
        Column("coverage", "code", "checked or not_checked"),
        Column("reason", "code", "why it was not checked, '' where it was"),
        Column("sentence", "code", "a key of its sentence with the numbers masked; null of a short one"),
        Column("figures", "code", "a key of the numbers of that sentence, in their order"),
        Column("joined", "truth", "whether it can be held against the facts of other documents; the columns below are null where not"),
        Column("words", "words", "the bare name that it is joined by"),
        Column("known_as", "code", "the catalogue's id that it is joined by; null where that would be no evidence"),
        Column("family", "words", "the unit, those that count alike under one name"),
        Column("whose", "words", "the subject that it is joined by, '' for the document's own"),
        Column("state", "code", "of money: initial, full or planned budget, opening, closing or carried balance, '' what came about"),
        Column("scope", "words", "funds, bodies and reservations that it is limited to, in one order"),
        Column("telling", "truth", "whether the words alone are enough to know it by"),
        Column("account", "truth", "whether it is an account of which a body has one a year"),
        Column("significant", "code", "the digits without point and idle zeros"),
        Column("change", "code", "of a level: the fact that says by how much it changed on the year before"),
        Column("before", "code", "of such a level: the moment one year earlier"),
        Column("before_low", "number", "of such a level: the least value that it implies for that moment; null for no limit"),
        Column("before_high", "number", "of such a level: the greatest"),
        Column("before_doubt", "words", "of such a level: why the change may be another one's, '' where it is not"),
    ),
    "checks": (
        Column("document", "code", "the document whose numbers were related"),
        Column("id", "code", "its name there: c1, c2, …"),
        Column("code", "code", "the rule"),
        Column("type", "code", "same, sum, part, ratio, growth, diff, target, count or implied"),
        Column("verdict", "code", "pass, fail, review or not_assessable"),
        Column("holds", "truth", "true for pass, false for fail and review, null else"),
        Column("roles", "code", "the facts by their role, as a line of JSON"),
        Column("facts", "codes_list", "the ids of all facts that take part"),
        Column("arithmetic", "words", "the arithmetic as an auditor would note it down"),
        Column("note", "words", "why the numbers are related, or cannot be judged"),
    ),
    "findings": (
        Column("document", "code", "the document that does not hold together"),
        Column("id", "code", "its name there: x1, x2, …"),
        Column("code", "code", "the rule"),
        Column("severity", "code", "error, warning or info"),
        Column("start", "count", "where it begins in the source, in characters; null where it has no place"),
        Column("end", "count", "where that ends, half-open"),
        Column("line", "count", "the line of the source, from 1"),
        Column("page", "count", "the page of the file, from 1"),
        Column("cell", "words", "the cell of a spreadsheet"),
        Column("section", "words", "the headings above it"),
        Column("message", "words", "what does not hold, in Chinese"),
        Column("message_en", "words", "the same in English"),
        Column("arithmetic", "words", "the arithmetic of the leading check"),
        Column("checks", "codes_list", "the checks that fail by the same cause, the leading one first"),
        Column("facts", "codes_list", "the ids of the facts that take part"),
        Column("repair_fact", "code", "the fact that one edit would put right; null where there is none"),
        Column("repair_value", "number", "the value that it should state"),
        Column("fingerprint", "code", "the name that survives edits elsewhere in the document"),
        Column("decision", "truth", "whether the right number would change a grade, a threshold or a claim"),
        Column("preview", "truth", "whether its rule is on trial"),
        Column("suppressed", "code", "ignored or baseline; null for a finding to report"),
        Column("reason", "words", "why it is ignored"),
    ),
}  # fmt: skip
