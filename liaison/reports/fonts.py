"""The fonts on paper, embedded from the program's own files: IBM Plex Sans, then Noto Sans SC, then Noto Sans Khmer.

reportlab drops a character silently when a font lacks it, so every text is first cut into runs of one font each
(:mod:`liaison.reports.text`). The Chinese font is ten megabytes and is opened only when a text needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from liaison.i18n import resources
from liaison.reports.style import MM_PER_POINT, Weight

LATIN = "IBMPlexSans"
CHINESE = "NotoSansSC"
KHMER = "NotoSansKhmer"

_FILES = {
    f"{LATIN}-Regular": "ibm-plex-sans/IBMPlexSans-Regular.ttf",
    f"{LATIN}-Medium": "ibm-plex-sans/IBMPlexSans-Medium.ttf",
    f"{LATIN}-SemiBold": "ibm-plex-sans/IBMPlexSans-SemiBold.ttf",
    f"{CHINESE}-Regular": "noto-sans-sc/NotoSansSC-Regular.ttf",
    f"{KHMER}-Regular": "noto-sans-khmer/NotoSansKhmer-Regular.ttf",
    f"{KHMER}-SemiBold": "noto-sans-khmer/NotoSansKhmer-SemiBold.ttf",
}
FIRST_FONT = f"{LATIN}-Regular"
"""A canvas opened with it declares no Helvetica."""


FIRST_PRIVATE = 0xE000
"""Where Unicode leaves room for a font's own glyphs."""


@dataclass(frozen=True, slots=True)
class Face:
    """The font of a run. ``shaped``: its letters join and stack; ``emboldened``: drawn with an outline."""

    name: str
    shaped: bool = False
    emboldened: bool = False


@cache
def font(name: str) -> Any:
    """The font, opened and registered with reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    class OurFont(TTFont):  # type: ignore[misc]
        """A font whose letters past U+FFFF are read back too."""

        def addObjects(self, doc: Any) -> None:
            """Put the font into the file, and mend what its letters are called there."""
            super().addObjects(doc)
            _name_far_letters(doc)

    opened = OurFont(name, str(resources() / "fonts" / _FILES[name]))
    pdfmetrics.registerFont(opened)
    if name.startswith(KHMER):
        _give_codes(name, opened.face)
    return opened


_FAR = re.compile(r"> <([0-9A-F]{5,6})>")


def _name_far_letters(doc: Any) -> None:
    """Write letters past U+FFFF in the tables of letters as the format wants them, in two halves.

    reportlab writes their number as it is, so that a reader of the PDF finds other letters: rare Chinese names.
    """
    for key, stream in doc.idToObject.items():
        if key.startswith("toUnicodeCMap:") and isinstance(stream.content, str):
            stream.content = _FAR.sub(lambda far: f"> <{_in_two(int(far[1], 16))}>", stream.content)


def _in_two(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


@cache
def characters(name: str) -> frozenset[int]:
    """The code points a font can draw."""
    return frozenset(font(name).face.charToGlyph)


def is_khmer(character: str) -> bool:
    """Whether a character belongs to the Khmer script."""
    return "\u1780" <= character <= "\u17ff" or "\u19e0" <= character <= "\u19ff"


@cache
def face_for(character: str, weight: Weight) -> Face | None:
    """The first font that has a character, or None."""
    code = ord(character)
    if code in characters(f"{LATIN}-Regular"):
        return Face(f"{LATIN}-{weight.value}")
    if is_khmer(character):
        name = f"{KHMER}-{'Regular' if weight is Weight.REGULAR else 'SemiBold'}"
        return Face(name, shaped=True) if code in characters(name) else None
    if code in characters(f"{CHINESE}-Regular"):
        return Face(f"{CHINESE}-Regular", emboldened=weight is not Weight.REGULAR)
    return None


def run_width(text: str, face: Face, size: float) -> float:
    """The width of a text of one font in millimetres, as it will be drawn."""
    return _unit_width(text, face) * size * MM_PER_POINT


class _Advances(dict[str, float]):
    """How far each character moves the pen, in units of the type size; looked up in the font once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._face = font(name).face

    def __missing__(self, character: str) -> float:
        advance = float(self._face.charWidths.get(ord(character), self._face.defaultWidth)) / 1000
        self[character] = advance
        return advance


_advances = cache(_Advances)


@dataclass(frozen=True, slots=True)
class Placed:
    """One glyph of a shaped run, where it stands, in units of the type size."""

    character: str
    x: float
    y: float


@cache
def placed(text: str, name: str) -> tuple[tuple[Placed, ...], float]:
    """The glyphs of a shaped run with their places, and the width of the run; marks stand where the font puts them.

    reportlab's own drawing of shaped text lets a mark with an offset push what follows, and gives glyphs their code
    points in the order of first use, so that the same page would have other bytes later in the day.
    """
    import uharfbuzz

    face = font(name).face
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_shaper(name), buffer)
    scale = 1 / face.unitsPerEm
    at = 0.0
    glyphs: list[Placed] = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        character = chr(face.glyphToChar[info.codepoint][0])
        glyphs.append(Placed(character, at + place.x_offset * scale, place.y_offset * scale))
        at += place.x_advance * scale
    return tuple(glyphs), at


@cache
def _shaper(name: str) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(resources() / "fonts" / _FILES[name]))))


def _give_codes(name: str, face: Any) -> None:
    """Give every glyph that no character leads to a private code point, by its number in the font."""
    shaper = _shaper(name)
    for glyph in range(shaper.face.glyph_count):
        if glyph not in face.glyphToChar:
            code = FIRST_PRIVATE + glyph
            face.charToGlyph[code] = glyph
            face.glyphToChar[glyph] = [code]
            face.charWidths[code] = shaper.get_glyph_h_advance(glyph) * 1000 / face.unitsPerEm


def _unit_width(text: str, face: Face) -> float:
    if face.shaped:
        return placed(text, face.name)[1]
    return sum(map(_advances(face.name).__getitem__, text))
