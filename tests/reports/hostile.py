"""Names and notes that try a paper: every script, markup, marks of direction, signs without a letter. Seeded.

``renamed`` writes them into every free text of a report's view, so that a new report is tried without a line here.
"""

import dataclasses
import enum
import functools
import random
from itertools import count

LATIN = (
    "Rina",
    "Wulandari",
    "Siregar",
    "Nasution",
    "Lubis",
    "Ketut",
    "Ngurah",
    "Đặng",
    "Hùng",
    "José",
    "Ñuñez",
    "Müller",
    "Ōsaka",
    "Çelik",
    "Łucja",
)
BATAK = (
    "Hotma",
    "Tigor",
    "Simanjuntak",
    "Hutabarat",
    "boru",
    "Sitorus",
    "Parulian",
    "Marbun",
    "Ompu",
    "ni",
    "Si-Jabat",
)
CHINESE = ("王", "陈", "龘", "黄美玲", "林国强", "𠂇", "李小龍", "欧阳", "张伟", "𪚥", "周星馳", "吳")
KHMER = ("ភ្នំពេញ", "ស្រី", "សុខ", "ច័ន្ទ", "វិចិត្រ", "ក្រុម", "ព្រះ", "ស្ត្រី", "ខ្ញុំ", "ក្មេង")
TAMIL = ("முருகன்", "லட்சுமி", "குமார்")
OTHER = ("สมชาย", "محمد", "שרה", "नमस्ते", "김민수", "さくら", "Ωmega", "Юрий")
MARKUP = ("<b>", "</b>", "&amp;", "&lt;", "PT <Sehat> & Co", "<br/>", "<para>", "'O''Neil\"", "{name}", "%s", "%(x)s",
          "\\n", "{{", "}", "$1", "*", "__", "=1+1", "#", "—", "…", "“x”", "http://x.y/z", "a/b-c")  # fmt: skip
SIGNS = ("\u202e", "\u200f", "\u2066", "\u200d", "\ufeff", "\u00ad", "\u200b", "\x07", "\x00", "\u0301", "e\u0301",
         "n\u0302\u0303", "\u2028", "\ue123", "😀", "👩\u200d⚕️", "🇮🇩", "\ufb01", "²", "½", "\u00a0", "\u3000",
         "\u2011", "\u25cc", "\u17d2")  # fmt: skip
BLANKS = (" ", " ", " ", " ", " ", "\n", "\t", "\r\n", "  ", "\u00a0", "")
SCRIPTS = (LATIN, LATIN, LATIN, BATAK, BATAK, CHINESE, KHMER, TAMIL, OTHER, MARKUP, SIGNS)
LONGEST = 300


def name(number: int) -> str:
    """One name or note of a few words; each its own, with a number by which it is told from the others.

    One in forty has 300 characters, with or without a blank.
    """
    rnd = random.Random(number)
    words = [rnd.choice(rnd.choice(SCRIPTS)) for _ in range(rnd.choice((1, 2, 2, 3, 3, 4, 6)))]
    text = words[0]
    for word in words[1:]:
        text += rnd.choice(BLANKS) + word
    text = f"q{number:x}z {text}"
    if number % 40 == 20:
        return (text * LONGEST)[:LONGEST]
    if number % 40 == 0:
        return (f"q{number:x}z" + rnd.choice(("W", "王", "ក្រ", "i")) * LONGEST)[:LONGEST]
    return text


FIXED = (
    "zone", "currency", "base", "quote", "via", "country", "language", "code", "key", "kind", "unit", "values",
)  # fmt: skip
"""Parts of the names of fields that hold a code and no text of a person, as does the number of a case."""
MARKED = ("words", "label", "remark", "title", "message")
"""Texts of the program itself, where values are to be filled in."""

NUMBERS, LONGEST_NUMBER = ("phone", "whatsapp", "mail"), 40
"""Fields of telephones and addresses for mail, which forms and imports keep short."""


class Renamer:
    """Writes a name of its own into every free text of a view, from ``first`` on; ``given`` are those it wrote."""

    def __init__(self, first: int, make=name) -> None:
        self.given: list[str] = []
        self._numbers = count(first)
        self._make = make

    def renamed(self, view, *, where: str = ""):
        """The view with other texts."""
        if isinstance(view, enum.Enum):
            return view
        if isinstance(view, str):
            return self._next(where) if view else view
        if dataclasses.is_dataclass(view) and not isinstance(view, type):
            return self._dataclass(view)
        if isinstance(view, tuple) and type(view) is tuple:
            if any(isinstance(each, str) for each in view) and not all(isinstance(each, str) for each in view):
                return view  # a key and its value
            return tuple(self.renamed(each) for each in view)
        return view

    def _dataclass(self, view):
        values = {}
        for field in dataclasses.fields(view):
            old = getattr(view, field.name)
            if not field.init or _is_fixed(field.name) or (field.name in MARKED and hasattr(view, "values")):
                continue
            new = self.renamed(old, where=field.name)
            if new is not old:
                values[field.name] = new
        return dataclasses.replace(view, **values) if values else view

    def _next(self, where: str) -> str:
        text = self._make(next(self._numbers))
        if any(part in where for part in NUMBERS):
            text = text[:LONGEST_NUMBER]
        self.given.append(text)
        return text


def _is_fixed(name: str) -> bool:
    return name == "case_no" or any(part in name.split("_") for part in FIXED)


def hostile(report, first: int, make=name):
    """The report reading other names, from number ``first`` on, and the Renamer that wrote them."""
    renamer = Renamer(first, make)

    def prepare(session, options, audience):
        prepared = report.prepare(session, options, audience)
        view = renamer.renamed(prepared.view)
        lay = prepared.lay_out
        arguments = tuple(view if one is prepared.view else one for one in lay.args)
        return dataclasses.replace(
            prepared, view=view, lay_out=functools.partial(lay.func, *arguments, **lay.keywords)
        )  # fmt: skip

    return dataclasses.replace(report, prepare=prepare), renamer
