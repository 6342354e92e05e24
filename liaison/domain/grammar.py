"""The one grammar of searching: words, and terms such as ``kota:medan,surabaya status:terbuka umur>7 sisa>0``.

The palette, the filter of a list and a report's question read the same text alike. Indonesian and English names of
fields both work in either language. Reading is never an error: what is no term is a word, so that every input is safe;
:func:`doubts` says what somebody probably meant as a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from liaison.domain.coded import Coded
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.i18n.formats import AmountUnreadable, read_amount

UNKNOWN_FIELD_NEAR = N_("The filter does not know “{word}”. Did you mean “{near}:”?")
UNKNOWN_FIELD = N_("The filter does not know “{word}”. It knows: {known}.")
NEEDS_A_NUMBER = N_("“{word}” needs a number, for instance {word}>7.")
NOT_COMPARED = N_("“{word}” needs a word after a colon, for instance {word}:medan.")
_NEAR = 60


class TermField(Coded):
    """What a term asks about."""

    CITY = "CITY", N_("city")
    REGION = "REGION", N_("region")
    STATUS = "STATUS", N_("status")
    STAGE = "STAGE", N_("stage")
    KIND = "KIND", N_("kind")
    HOSPITAL = "HOSPITAL", N_("hospital")
    INSURER = "INSURER", N_("insurer")
    OFFICER = "OFFICER", N_("officer")
    WAITING = "WAITING", N_("waiting on")
    COUNTRY = "COUNTRY", N_("country")
    CURRENCY = "CURRENCY", N_("currency")
    AGE = "AGE", N_("days old")
    DUE = "DUE", N_("days until due")
    BALANCE = "BALANCE", N_("balance")
    AMOUNT = "AMOUNT", N_("amount")
    OUTCOME = "OUTCOME", N_("outcome")
    DESTINATION = "DESTINATION", N_("destination")
    MISSING = "MISSING", N_("missing")
    REASON = "REASON", N_("reason")
    MONTH = "MONTH", N_("month")


NUMERIC = frozenset({TermField.AGE, TermField.DUE, TermField.BALANCE, TermField.AMOUNT, TermField.STAGE})
"""Fields that can be compared with a number."""

_NAMES: Mapping[str, TermField] = {
    name: field
    for field, names in {
        TermField.CITY: "kota city asal from origin",
        TermField.REGION: "wilayah region",
        TermField.STATUS: "status keadaan state is",
        TermField.STAGE: "tahap stage",
        TermField.KIND: "jenis kind",
        TermField.HOSPITAL: "rs rumahsakit hospital ke to",
        TermField.INSURER: "penanggung asuransi insurer payer",
        TermField.OFFICER: "petugas officer",
        TermField.WAITING: "menunggu tunggu waiting",
        TermField.COUNTRY: "negara country",
        TermField.CURRENCY: "matauang currency",
        TermField.AGE: "umur age",
        TermField.DUE: "tenggat due jatuhtempo",
        TermField.BALANCE: "sisa balance unpaid belumlunas",
        TermField.AMOUNT: "tagihan jumlah amount billed",
        TermField.OUTCOME: "hasil outcome",
        TermField.DESTINATION: "tujuan destination",
        TermField.MISSING: "kurang missing",
        TermField.REASON: "alasan reason",
        TermField.MONTH: "bulan month",
    }.items()
    for name in names.split()
}


class Comparison(Coded):
    """How a term compares."""

    IS = ":", N_("is")
    MORE = ">", N_("more than")
    LESS = "<", N_("less than")
    AT_LEAST = ">=", N_("at least")
    AT_MOST = "<=", N_("at most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: any of ``values`` will do; ``number`` is set where the field is compared with one."""

    field: TermField
    comparison: Comparison
    values: tuple[str, ...]
    number: Decimal | None = None
    is_negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked: every word and every term must hold."""

    words: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.words and not self.terms

    def terms_on(self, field: TermField) -> tuple[Term, ...]:
        """The terms about one field."""
        return tuple(t for t in self.terms if t.field is field)


_TOKEN = re.compile(
    r"""(?P<not>-(?=[^\W\d]+(?::|[<>])))?
        (?:(?P<name>[^\W\d]+)(?P<op>:|>=|<=|>|<)(?P<value>"[^"]*"?|[^\s"]+)|"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))""",
    re.VERBOSE,
)


def read_question(text: str) -> Question:
    """Read what was typed. Unknown field names, odd operators and lone quotes are words like any other."""
    words: list[str] = []
    terms: list[Term] = []
    for token in _TOKEN.finditer(text):
        term = _term(token) if token["name"] else None
        if term is not None:
            terms.append(term)
            continue
        word = token["quoted"] if token["quoted"] is not None else token[0].strip('"')
        if word.strip():
            words.append(word.strip())
    return Question(words=tuple(words), terms=tuple(terms))


def _term(token: re.Match[str]) -> Term | None:
    field = _NAMES.get(token["name"].casefold())
    if field is None:
        return None
    comparison = next(each for each in Comparison if each.value == token["op"])
    value = token["value"]
    number = _number(value) if field in NUMERIC else None
    whole = number is not None or value.startswith('"')
    values = tuple(v.strip().casefold() for v in ([value.strip('"')] if whole else value.split(",")) if v.strip())
    if not values or (comparison is not Comparison.IS and number is None):
        return None
    return Term(field=field, comparison=comparison, values=values, number=number, is_negated=token["not"] is not None)


def doubts(text: str) -> list[Problem]:
    """What looks like a term and is none: a field nobody knows, with the nearest one that is known."""
    found = []
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name and token["value"].startswith("//"):
            continue
        if name and name.casefold() not in _NAMES:
            near = nearest(name.casefold(), _NAMES)
            values = {"word": name, "near": near} if near else {"word": name, "known": known_fields()}
            message = UNKNOWN_FIELD_NEAR if near else UNKNOWN_FIELD
            found.append(Problem(code="BAD_FILTER", message=message, field="filter", values=values))
        elif name and _term(token) is None:
            field = _NAMES[name.casefold()]
            message = NEEDS_A_NUMBER if field in NUMERIC else NOT_COMPARED
            found.append(Problem(code="BAD_FILTER", message=message, field="filter", values={"word": name}))
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(found[0]) if found else ""


def known_fields() -> str:
    """One name for every field, as they are typed."""
    seen: dict[TermField, str] = {}
    for name, field in _NAMES.items():
        seen.setdefault(field, name)
    return ", ".join(seen.values())


def _number(text: str) -> Decimal | None:
    """A number in either notation, read as amounts are: 1.500 and 1,500 are fifteen hundred, 1.500,50 has decimals."""
    sign, plain = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", plain):
        return None
    try:
        return sign * read_amount(plain)
    except AmountUnreadable:
        return None


def write_question(question: Question) -> str:
    """The question as text again, for a saved view or a report's source line."""
    parts = [_quote(word) for word in question.words]
    for term in question.terms:
        name = next(name for name, field in _NAMES.items() if field is term.field)
        values = ",".join(_quote(v) for v in term.values)
        parts.append(f"{'-' if term.is_negated else ''}{name}{term.comparison.value}{values}")
    return " ".join(parts)


def _quote(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s:<>]", text) else text
