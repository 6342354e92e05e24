"""Ink: draws texts, rules and signs on one PDF, in millimetres from the top left corner.

Remembers every text with its place, size and colour, for the lint and for the leak scan.
"""

from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liaison.reports.blocks import Shape, Stamp, Words
from liaison.reports.fonts import FIRST_FONT, font, placed
from liaison.reports.kept_pages import FAST, KeptPages, packed_lines, unpacked_lines
from liaison.reports.style import MM_PER_POINT, Colour, PageStyle, Type
from liaison.reports.text import Line, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A text as it was drawn: page from 1, left and right edge and baseline in millimetres, size in points."""

    page: int
    text: str
    left: float
    right: float
    y: float
    size: float
    colour: Colour
    ground: Colour
    glyphs: str = ""
    """What stands in the file in its place, where letters are shaped: the code points of their glyphs."""


_COLOURS = tuple(Colour)
_NUMBER = {colour: number for number, colour in enumerate(_COLOURS)}
_Packed = tuple[bytes, bytes, bytes, bytes]


class DrawnTexts(KeptPages[Drawn]):
    """Every text of a paper as it was drawn, page by page."""

    def _pack(self, texts: list[Drawn]) -> _Packed:
        places = array("d")
        for one in texts:
            places.extend((one.left, one.right, one.y, one.size))
        has_glyphs = any(one.glyphs for one in texts)
        return (
            packed_lines([one.text for one in texts]),
            zlib.compress(places.tobytes(), FAST),
            bytes(number for one in texts for number in (_NUMBER[one.colour], _NUMBER[one.ground])),
            packed_lines([one.glyphs for one in texts]) if has_glyphs else b"",
        )

    def _unpack(self, page: int, packed: _Packed) -> Iterator[Drawn]:
        lines, where, colours, shaped = packed
        texts = unpacked_lines(lines)
        glyphs = unpacked_lines(shaped) if shaped else [""] * len(texts)
        places = array("d", zlib.decompress(where))
        for n, text in enumerate(texts):
            left, right, y, size = places[4 * n : 4 * n + 4]
            colour, ground = _COLOURS[colours[2 * n]], _COLOURS[colours[2 * n + 1]]
            yield Drawn(
                page=page, text=text, left=left, right=right, y=y, size=size, colour=colour, ground=ground,
                glyphs=glyphs[n],
            )  # fmt: skip


class Pen:
    """One open PDF. ``page`` counts from 1, ``pages`` is the total, ``anchors`` tells the page of each anchor."""

    def __init__(self, canvas: Any, style: PageStyle, *, pages: int, anchors: Mapping[str, int]) -> None:
        self._canvas = canvas
        self.style = style
        self.page = 1
        self.pages = pages
        self.anchors = anchors
        self.drawn = DrawnTexts()
        self._codes: dict[str, _Codes] = {}
        self._set: tuple[str, float] | None = None
        """The font and size that the page last chose; it stays chosen until the next."""
        self._filled: Colour | None = None
        self._forms: dict[object, str] = {}

    # texts

    def text(
        self,
        x: float,
        y: float,
        words: Words | Line,
        kind: Type,
        *,
        right: bool = False,
        centre: bool = False,
        ground: Colour = Colour.WHITE,
    ) -> float:
        """Draw one line with its baseline at y; x is its left edge, or its right edge or centre. Returns its width."""
        one = words if isinstance(words, Line) else line(words, kind)
        if not one.text.strip():
            return one.width
        start = x - one.width if right else x - one.width / 2 if centre else x
        at = start
        for run in one.runs:
            self._fill(kind.colour)
            face = run.face
            if face.shaped or face.emboldened or not self._letters(at, y, run.text, face.name, kind.size):
                self._run(at, y, run.text, face.name, kind, shaped=face.shaped, emboldened=face.emboldened)
                self._set = None
            at += run.width
        self.drawn.append(
            Drawn(
                page=self.page,
                text=one.text,
                left=start,
                right=at,
                y=y,
                size=kind.size,
                colour=kind.colour,
                ground=ground,
                glyphs=_glyphs(one),
            )
        )
        return one.width

    def _letters(self, x: float, y: float, text: str, name: str, size: float) -> bool:
        """Draw letters that stand side by side. False where the font's first 256 signs do not hold them all."""
        codes = self._codes.get(name)
        if codes is None:
            codes = self._codes[name] = _Codes(font(name), self._canvas)
        try:
            shown = "".join(map(codes.__getitem__, text))
        except LookupError:
            return False
        chosen = ""
        if self._set != (name, size):
            self._set = (name, size)
            chosen = f"{codes.font_name} {size} Tf "
        self._canvas._code.append(f"BT {chosen}{self._x(x)} {self._y(y)} Td ({shown}) Tj ET")
        return True

    def _run(self, x: float, y: float, text: str, name: str, kind: Type, *, shaped: bool, emboldened: bool) -> None:
        font(name)
        self._canvas.setFont(name, kind.size)
        if emboldened:
            self._stroke(kind.colour, kind.size * 0.022)
        if not shaped:
            self._canvas.drawString(self._x(x), self._y(y), text, mode=2 if emboldened else None)
            return
        for glyph in placed(text, name)[0]:
            across, up = glyph.x * kind.size * MM_PER_POINT, glyph.y * kind.size * MM_PER_POINT
            self._canvas.drawString(self._x(x + across), self._y(y - up), glyph.character)

    def lines(self, x: float, y: float, lines: tuple[Line, ...], kind: Type, *, ground: Colour = Colour.WHITE) -> float:
        """Draw wrapped lines, the first baseline at y. Returns the last baseline."""
        for number, one in enumerate(lines):
            self.text(x, y + number * kind.pitch, one, kind, ground=ground)
        return y + (len(lines) - 1) * kind.pitch

    # rules and areas

    def rule(self, x0: float, x1: float, y: float, points: float, colour: Colour = Colour.INK) -> None:
        """A horizontal line."""
        self._stroke(colour, points)
        self._canvas.line(self._x(x0), self._y(y), self._x(x1), self._y(y))

    def upright(self, x: float, y0: float, y1: float, points: float, colour: Colour = Colour.INK) -> None:
        """A vertical line."""
        self._stroke(colour, points)
        self._canvas.line(self._x(x), self._y(y0), self._x(x), self._y(y1))

    def path(self, points: Sequence[tuple[float, float]], thick: float, colour: Colour = Colour.INK) -> None:
        """A line through points, ``thick`` in points."""
        if len(points) < 2:
            return
        self._stroke(colour, thick)
        path = self._canvas.beginPath()
        path.moveTo(self._x(points[0][0]), self._y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(self._x(x), self._y(y))
        self._canvas.drawPath(path, stroke=1, fill=0)

    def area(self, x: float, y: float, width: float, height: float, colour: Colour = Colour.INK) -> None:
        """A filled area; x, y is its upper left corner."""
        if width > 0 and height > 0:
            self._fill(colour)
            self._canvas.rect(
                self._x(x), self._y(y + height), width / MM_PER_POINT, height / MM_PER_POINT, stroke=0, fill=1
            )

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        points: float,
        *,
        colour: Colour = Colour.INK,
        radius: float = 0,
    ) -> None:
        """An outlined area, white inside."""
        self._stroke(colour, points)
        self._fill(Colour.WHITE)
        box = (self._x(x), self._y(y + height), width / MM_PER_POINT, height / MM_PER_POINT)
        if radius:
            self._canvas.roundRect(*box, radius / MM_PER_POINT, stroke=1, fill=1)
        else:
            self._canvas.rect(*box, stroke=1, fill=1)

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Slanted lines of 1.3 mm pitch inside an area."""
        canvas = self._canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(self._x(x), self._y(y + height), width / MM_PER_POINT, height / MM_PER_POINT)
        canvas.clipPath(path, stroke=0, fill=0)
        self._stroke(Colour.INK, 0.4)
        step = 0.0
        while step < width + height:
            canvas.line(self._x(x + step - height), self._y(y + height), self._x(x + step), self._y(y))
            step += 1.6
        canvas.restoreState()

    def disc(
        self, x: float, y: float, radius: float, *, colour: Colour, edge: Colour | None = None, points: float = 0.9
    ) -> None:
        """A filled disc, with an edge of its own colour if wanted."""
        self._fill(colour)
        if edge is not None:
            self._stroke(edge, points)
        self._canvas.circle(self._x(x), self._y(y), radius / MM_PER_POINT, stroke=int(edge is not None), fill=1)

    # signs

    def shape(self, x: float, y: float, shape: Shape, radius: float, *, colour: Colour = Colour.INK) -> None:
        """A sign around the centre x, y."""
        match shape:
            case Shape.DONE:
                self.disc(x, y, radius, colour=colour)
                self._tick(x, y, radius)
            case Shape.NOW:
                self.disc(x, y, radius - 0.1, colour=Colour.WHITE, edge=colour)
                self._half(x, y, radius, colour)
            case Shape.COMING:
                self.disc(x, y, radius - 0.1, colour=Colour.WHITE, edge=colour, points=1.0 if radius < 2 else 0.9)
            case Shape.LATE:
                self._triangle(x, y, radius, colour)
            case Shape.THERE:
                self.area(x - radius, y - radius, 2 * radius, 2 * radius, colour)
                self._tick(x, y, radius)
            case Shape.MISSING:
                self.frame(x - radius + 0.15, y - radius + 0.15, 2 * radius - 0.3, 2 * radius - 0.3, 0.9, colour=colour)

    def _tick(self, x: float, y: float, radius: float) -> None:
        self._stroke(Colour.WHITE, radius * 0.75)
        canvas = self._canvas
        canvas.saveState()
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(self._x(x - radius * 0.45), self._y(y + radius * 0.05))
        path.lineTo(self._x(x - radius * 0.10), self._y(y + radius * 0.40))
        path.lineTo(self._x(x + radius * 0.48), self._y(y - radius * 0.36))
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _half(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self._fill(colour)
        r = radius / MM_PER_POINT
        path = self._canvas.beginPath()
        path.moveTo(self._x(x), self._y(y) - r)
        path.arcTo(self._x(x) - r, self._y(y) - r, self._x(x) + r, self._y(y) + r, 270, -180)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _triangle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self._fill(colour)
        path = self._canvas.beginPath()
        path.moveTo(self._x(x), self._y(y - radius))
        path.lineTo(self._x(x + radius * 1.12), self._y(y + radius * 0.92))
        path.lineTo(self._x(x - radius * 1.12), self._y(y + radius * 0.92))
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    # places

    def once(self, key: object, x: float, y: float, draw: Callable[[], None]) -> None:
        """Draw what stands at the same place x, y of many pages; the file holds it once."""
        place = (key, self._x(x), self._y(y))
        if place not in self._forms:
            name = self._forms[place] = f"once{len(self._forms) + 1}"
            before = self._set, self._filled
            self._canvas.beginForm(name)
            self._set = self._filled = None
            draw()
            self._canvas.endForm()
            self._set, self._filled = before
        self._canvas.doForm(self._forms[place])

    def bookmark(self, key: str, title: str, y: float) -> None:
        """A place that the PDF's outline leads to."""
        self._canvas.bookmarkHorizontal(key, 0, self._y(y))
        self._canvas.addOutlineEntry(title, key, level=0)

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self.next_sheet()
        self.page += 1

    def next_sheet(self) -> None:
        """Finish this sheet and begin another, without counting a page."""
        self._canvas.showPage()
        self._set = self._filled = None

    def _x(self, x: float) -> float:
        return round(x / MM_PER_POINT, 3)

    def _y(self, y: float) -> float:
        return round((self.style.height - y) / MM_PER_POINT, 3)

    def _fill(self, colour: Colour) -> None:
        if colour is self._filled:
            return
        self._filled = colour
        if colour is Colour.INK:
            self._canvas.setFillGray(0)
        elif colour is Colour.WHITE:
            self._canvas.setFillGray(1)
        else:
            self._canvas.setFillColorRGB(*(c / 255 for c in colour.value))

    def _stroke(self, colour: Colour, points: float) -> None:
        self._canvas.setLineWidth(points)
        if colour is Colour.INK:
            self._canvas.setStrokeGray(0)
        elif colour is Colour.WHITE:
            self._canvas.setStrokeGray(1)
        else:
            self._canvas.setStrokeColorRGB(*(c / 255 for c in colour.value))


def _glyphs(one: Line) -> str:
    for run in one.runs:
        if run.face.shaped:
            break
    else:
        return ""
    return "".join(
        "".join(glyph.character for glyph in placed(run.text, run.face.name)[0]) if run.face.shaped else run.text
        for run in one.runs
    )


class _Codes(dict[str, str]):
    """How each character is written into the file, in a font of which the file holds only what was drawn."""

    def __init__(self, opened: Any, canvas: Any) -> None:
        super().__init__()
        self._font, self._canvas = opened, canvas
        self.font_name = ""

    def __missing__(self, character: str) -> str:
        document = self._canvas._doc
        subset, code = self._font.splitString(character, document)[0]
        if subset:
            raise LookupError(character)
        self.font_name = self.font_name or self._font.getSubsetInternalName(0, document)
        written: str = self._canvas._escape(code)
        self[character] = written
        return written


def new_canvas(target: Any, style: PageStyle, *, language: str) -> Any:
    """An empty PDF that declares only our fonts and gives the same bytes for the same page."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as letters only are a quarter longer, and slow to write
    font(FIRST_FONT)
    size = (style.width / MM_PER_POINT, style.height / MM_PER_POINT)
    canvas = Canvas(target, pagesize=size, invariant=1, initialFontName=FIRST_FONT, lang=language, pageCompression=1)
    canvas.setPageCallBack(lambda _number: _pack_last_page(canvas))
    return canvas


class _PackedFilter:
    """What a finished page says in the file of itself: it is packed already."""

    pdfname = "FlateDecode"

    def encode(self, content: bytes) -> bytes:
        """As it is."""
        return content


def _pack_last_page(canvas: Any) -> None:
    """Pack the page that was finished last; reportlab would keep every page at full length until the file is saved."""
    from reportlab.pdfbase.pdfdoc import PDFStream

    page = canvas._doc.Pages.pages[-1]
    page.Contents = PDFStream(content=zlib.compress(page.stream.encode()), filters=[_PackedFilter()])
    page.Contents.__Comment__ = "page stream"
    page.stream = None


def stamped_canvas(target: Any, style: PageStyle, *, stamp: Stamp) -> Any:
    """An empty PDF for a path or an open file that says in its properties what it is, whose, and its report id."""
    canvas = new_canvas(str(target) if isinstance(target, Path) else target, style, language=stamp.language)
    canvas.setTitle(stamp.title)
    canvas.setAuthor(stamp.author)
    canvas.setSubject(stamp.report_id)
    canvas.setCreator("Liaison")
    canvas.setProducer("Liaison")
    return canvas
