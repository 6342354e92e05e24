"""A finished PDF for somebody else's printer, as in a hotel: in greys only, or some of its pages.

Letters and lines stay letters and lines; each colour becomes the grey that the eye finds as bright.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import N_

NO_SUCH_PAGES = N_("There are no such pages: {pages}. The paper has {count}.")
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_GREY = {"rg": "g", "RG": "G", "k": "g", "K": "G"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """How a paper is wanted: in greys only, and which pages (``2-4,7``; all where nothing stands)."""

    is_grey: bool = False
    pages: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be changed."""
        return not self.is_grey and not self.pages.strip()


def as_wanted(data: bytes, sheets: Sheets) -> bytes:
    """The PDF in greys, cut to its pages. The same bytes each time. Refuses pages that the paper has not."""
    import pikepdf

    if sheets.is_plain:
        return data
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if sheets.pages.strip():
            wanted = set(numbers_of(sheets.pages, len(pdf.pages)))
            for number in range(len(pdf.pages), 0, -1):
                if number not in wanted:
                    del pdf.pages[number - 1]
        if sheets.is_grey:
            for page in pdf.pages:
                page.contents_coalesce()
                page.obj.Contents = pdf.make_stream(_greyed(page))
                for form in _forms(page.obj.get("/Resources")):
                    form.write(_greyed(form))
        pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def numbers_of(text: str, count: int) -> list[int]:
    """The pages that ``2-4,7`` names, from 1. Refuses what is no range or lies outside the paper."""
    found: list[int] = []
    for part in text.replace(";", ",").split(","):
        match = _RANGE.fullmatch(part.replace("–", "-").replace(" ", ""))
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise Refused([problem("NO_SUCH_PAGES", NO_SUCH_PAGES, "pages", pages=part.strip() or text, count=count)])
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


def _forms(resources: Any) -> Iterator[Any]:
    """Drawings that pages use again, those inside them included."""
    if resources is None:
        return
    for name in resources.get("/XObject", {}):
        form = resources.XObject[name]
        if form.get("/Subtype") == "/Form":
            yield form
            yield from _forms(form.get("/Resources"))


def _greyed(stream: Any) -> bytes:
    import pikepdf

    told: list[Any] = []
    for one in pikepdf.parse_content_stream(stream):
        word = str(one.operator)
        if word in _GREY:
            shade = _grey([float(part) for part in cast(Iterable[Any], one.operands)])
            told.append(([shade], pikepdf.Operator(_GREY[word])))
        else:
            told.append(one)
    return pikepdf.unparse_content_stream(told)


def _grey(parts: list[float]) -> Decimal:
    """The grey as bright as a colour of three or four parts."""
    if len(parts) == 4:
        black = parts[3]
        parts = [(1 - one) * (1 - black) for one in parts[:3]]
    return round(Decimal(sum(weight * one for weight, one in zip(_WEIGHTS, parts, strict=True))), 4)
