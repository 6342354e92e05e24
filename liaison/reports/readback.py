"""Reads a finished PDF back and holds it against what was drawn: no character is ever lost between the two.

A letter that a font lacks, or a text that fell off its page, is not in the text that a reader of PDFs finds. Compared
page by page: every character as often as it was drawn, and every drawn string whole. Blanks and line joins do not
count. Letters that join and stack (Khmer) stand in the file as glyphs; those are counted. Source: ``ux`` 3.6.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.reports.leakscan import PageText, PageTexts, texts_of_pdf
from liaison.reports.pdf import Printed
from liaison.reports.pen import Drawn, DrawnTexts

TEXT_LOST = "TEXT_LOST"
LOST = N_(
    "Page {page}: “{text}” does not stand whole in the finished PDF, so that nothing was made. Write it with other "
    "characters, and tell whoever looks after this program."
)
LOST_UNSAID = N_("Page {page}: a text does not stand whole in the finished PDF, so that nothing was made.")
MOST_SHOWN = 60
"""Characters of a lost text that the sentence shows."""

_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
"""What a reader of PDFs makes of a hyphen at the end of a line."""
_BLANK = re.compile(r"[\s\u200b-\u200d]+")
_SHAPED = re.compile("[\u1780-\u17ff\u19e0-\u19ff\ue000-\uf8ff\u25cc]+")
"""Khmer and the private code points of its glyphs; a circle stands where a mark has no letter."""


def find_lost(printed: Printed, read: Iterable[PageText]) -> list[Problem]:
    """A problem for every page on which a drawn text does not stand whole; it says the page and the text."""
    told, drawn = PageTexts.of(read), DrawnTexts.of(printed.drawn)
    side_of = {page: side for side, pages in enumerate(printed.sides, 1) for page in pages}
    sides: dict[int, list[int]] = {}
    for page in drawn.pages:
        sides.setdefault(side_of.get(page, page), []).append(page)
    found = (
        _lost_on([one for page in pages for one in drawn.on(page)], "".join(one.text for one in told.on(side)))
        for side, pages in sides.items()
    )
    return [_problem(lost) for lost in found if lost is not None]


def check_read_back(printed: Printed, data: bytes) -> None:
    """Refuse a PDF in which a drawn text does not stand whole."""
    lost = find_lost(printed, texts_of_pdf(data))
    if lost:
        raise Refused(lost)


def check_bound(papers: Iterable[tuple[int, bytes]], bound: bytes) -> None:
    """Refuse a bound PDF of which a page does not say what its paper said; each paper comes with its first page."""
    read = _pages(texts_of_pdf(bound))
    wrong = [
        first + page - 1
        for first, data in papers
        for page, texts in _pages(texts_of_pdf(data)).items()
        if read.get(first + page - 1) != texts
    ]
    if wrong:
        raise Refused([Problem(code=TEXT_LOST, message=LOST_UNSAID, values={"page": page}) for page in wrong])


def without_text(problem: Problem) -> Problem:
    """What stands against a paper, for a page that names nobody."""
    if problem.code != TEXT_LOST:
        return problem
    return Problem(code=TEXT_LOST, message=LOST_UNSAID, values={"page": problem.values["page"]})


def _pages(texts: Iterable[PageText]) -> Mapping[int, list[str]]:
    pages: dict[int, list[str]] = {}
    for one in texts:
        pages.setdefault(one.page, []).append(one.text)
    return pages


def _problem(lost: Drawn) -> Problem:
    text = lost.text if len(lost.text) <= MOST_SHOWN else lost.text[: MOST_SHOWN - 1] + "…"
    return Problem(code=TEXT_LOST, message=LOST, values={"page": lost.page, "text": text})


def _lost_on(drawn: Sequence[Drawn], told: str) -> Drawn | None:
    """The first text that does not stand whole among the text of its page."""
    read = _bare(told)
    wanted = [_bare(one.text) for one in drawn]
    if "".join(wanted) == read:
        return None
    missing = Counter("".join(_bare(one.glyphs or one.text) for one in drawn)) - Counter(read)
    plain = _SHAPED.sub("", read)
    torn = (one for one, text in zip(drawn, wanted, strict=True) if not _stands(text, read, plain))
    if not missing:
        return next(torn, None)
    letters = set(missing)
    short = (one for one in drawn if letters & set(_bare(one.glyphs or one.text)))
    return next(torn, None) or next(short)


def _stands(text: str, read: str, plain: str) -> bool:
    """Whether a string is found; of one with shaped letters, what stands between them."""
    if text in read:
        return True
    return _SHAPED.search(text) is not None and all(part in plain for part in _SHAPED.split(text))


def _bare(text: str) -> str:
    """The letters as they are compared: without blanks, composed letters and ligatures taken apart."""
    bare = _BLANK.sub("", text.translate(_HYPHENS))
    return bare if bare.isascii() else unicodedata.normalize("NFKD", bare)
