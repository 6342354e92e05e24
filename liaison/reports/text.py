"""All text on paper goes through here: cleaned, cut into runs of one font, measured, wrapped. Nothing is ever lost.

There is no markup: a text is drawn letter by letter as it stands, so ``<b>``, ``&`` and quotes are only letters.
A character that no font has, or that would silently turn or hide its neighbours (text direction marks, controls), is
shown as ``[U+202E]`` and listed by :func:`marks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from liaison.reports.blocks import Span, Words
from liaison.reports.fonts import Face, face_for, is_khmer, placed, run_width
from liaison.reports.style import SMALLEST_POINTS, Type, Weight

ZERO_WIDTH_SPACE = "\u200b"
_JOINERS = frozenset("\u200c\u200d")
_NO_BREAK_HYPHEN = "\u2011"
_TURNED = {_NO_BREAK_HYPHEN: "-", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u00ad": ""}
"""No-break hyphen and narrow spaces are drawn as their plain twins; a soft hyphen is only a hint for breaking."""
_SOFT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BOUND = re.compile(
    r"(?<=\d) (?=(?:Jan|Feb|Mar|Apr|Ma[iy]|Jun|Jul|A[gu]+|Sep|O[ck]t|Nov|D[ec][sc])[a-z]*\b)"
    r"|(?<=\d) (?=(?:WIB|WITA|WIT|MYT|SGT|CST|ICT)\b)"
    r"|(?<=\bn) (?==)|(?<=\bn =) (?=[\d*])|(?<=\bn\u00a0=) (?=[\d*])"
)
"""Blanks where no line breaks, also in what people typed: ``20 Nov``, ``14.05 WIB``, ``n = 210``."""
_BREAK_AFTER = frozenset("/-–—")
_SHRUNK, _LEADING = 0.6, 1.25
"""How much smaller a text is set that is too long for its one line, and how far apart its lines stand."""
_SPAN = re.compile(r"(?<=\d)–(?=\d)")
"""The dash of a span such as ``12–15``, after which no line breaks."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one font, with its width in millimetres."""

    text: str
    face: Face
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One wrapped line: what it says, its runs, and its width in millimetres."""

    text: str
    runs: tuple[Run, ...]
    width: float


def mark(character: str) -> str:
    """How a character that cannot be drawn is shown: ``[U+0E01]``."""
    return f"[U+{ord(character):04X}]"


def clean(text: str) -> str:
    """The text as it will be drawn: composed, one line, every unprintable character turned into its mark."""
    text = str(text)
    return text if _is_plain(text) else _clean(text)


def _is_plain(text: str) -> bool:
    """Whether every character is a Latin letter or sign that stands as it is."""
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=20_000)
def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(_drawable(composed, index) for index in range(len(composed)))


def _drawable(text: str, index: int) -> str:
    character = text[index]
    if character in "\n\t":
        return " "
    if character in _TURNED:
        return _TURNED[character]
    if character == ZERO_WIDTH_SPACE or character in _JOINERS:
        beside = text[max(index - 1, 0) : index + 2]
        return character if any(is_khmer(c) for c in beside) else mark(character)
    if unicodedata.category(character) in _SOFT or face_for(character, Weight.REGULAR) is None:
        return mark(character)
    return character


_MARK = re.compile(r"\[U\+[0-9A-F]{4,6}\]")


def marks(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters among drawn texts that paper shows only as a mark, each once, for the list of warnings."""
    return tuple(dict.fromkeys(found for text in texts for found in _MARK.findall(clean(text))))


def runs(text: str, size: float, weight: Weight) -> tuple[Run, ...]:
    """Cut a text into runs of one font each."""
    if _is_plain(text):
        return (_run(text, latin(weight), size),) if text else ()
    return _runs(text, size, weight)


@lru_cache(maxsize=20_000)
def _runs(text: str, size: float, weight: Weight) -> tuple[Run, ...]:
    pieces: list[tuple[Face, list[str]]] = []
    for character in clean(text):
        if character == ZERO_WIDTH_SPACE or character in _JOINERS:
            if character in _JOINERS and pieces:
                pieces[-1][1].append(character)
            continue
        face = face_for(character, weight)
        assert face is not None, "clean() leaves only characters that some font has"
        if character == " " and pieces and not pieces[-1][0].shaped:
            face = pieces[-1][0]
        if pieces and pieces[-1][0] == face:
            pieces[-1][1].append(character)
        else:
            pieces.append((face, [character]))
    return tuple(_run("".join(letters), face, size) for face, letters in pieces)


def latin(weight: Weight) -> Face:
    """The font of Latin letters."""
    face = face_for("n", weight)
    assert face is not None, "every weight has Latin letters"
    return face


def _run(text: str, face: Face, size: float) -> Run:
    return Run(text, face, run_width(text, face, size))


def forget() -> None:
    """Drop every text that was kept to be measured faster: names do not stay in memory after a print."""
    _clean.cache_clear()
    _runs.cache_clear()
    _wrapped.cache_clear()
    placed.cache_clear()


def width(text: str, kind: Type) -> float:
    """How wide a text is on one line, in millimetres."""
    return sum(run.width for run in runs(text, kind.size, kind.weight))


def fitted(words: Words, kind: Type, room: float) -> Type:
    """The type a line needs to fit a room: a little smaller where it must be, never under 7.5 points."""
    wide = line(words, kind).width
    if wide <= room:
        return kind
    size = max(SMALLEST_POINTS, int(kind.size * room / wide * 10) / 10)
    return Type(size=size, leading=kind.leading, weight=kind.weight, colour=kind.colour)


def settled(words: Words, kind: Type, room: float) -> tuple[Type, tuple[Line, ...]]:
    """A text for one line, a little smaller where it must be; one far too long for it in several lines."""
    kind_here = fitted(words, kind, room)
    one = line(words, kind_here)
    if one.width <= room + 1e-6:
        return kind_here, (one,)
    size = max(SMALLEST_POINTS, round(kind.size * _SHRUNK, 1))
    small = Type(size=size, leading=min(kind.leading, size * _LEADING), weight=kind.weight, colour=kind.colour)
    return small, wrap(words, small, room)


def shortened(words: str, kind: Type, room: float) -> tuple[Type, Line]:
    """A repeated text for one line, with a sign of omission where it is far too long; the whole stands elsewhere."""
    kind_here, lines = settled(words, kind, room)
    if len(lines) == 1:
        return kind_here, lines[0]
    small = fitted(words, kind, room)
    first = wrap(words, small, room - width("…", small))[0].text
    return small, line(first + "…", small)


def capped(words: str, kind: Type, room: float, most: int) -> tuple[Line, ...]:
    """A repeated text in at most so many lines, the last with a sign of omission; the whole stands elsewhere."""
    lines = wrap(words, kind, room)
    if len(lines) <= most:
        return lines
    last = wrap(lines[most - 1].text, kind, room - width("…", kind))[0].text
    return (*lines[: most - 1], line(last + "…", kind))


def spans(words: Words) -> tuple[Span, ...]:
    """The words as spans, each strong or plain."""
    return (Span(words),) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """The words without their weight."""
    return "".join(span.text for span in spans(words))


def emphasised(sentence: str, *parts: str) -> tuple[Span, ...]:
    """A translated sentence whose key words stand in SemiBold: each part is made strong where it first occurs."""
    result = [Span(sentence)]
    for part in filter(None, parts):
        for index, span in enumerate(result):
            before, found, after = span.text.partition(part)
            if found and not span.strong:
                pieces = [Span(before), Span(found, strong=True), Span(after)]
                result[index : index + 1] = [p for p in pieces if p.text]
                break
    return tuple(result)


def line(words: Words, kind: Type) -> Line:
    """The words on one line, whatever their width."""
    if isinstance(words, str):
        found = runs(words, kind.size, kind.weight)
        return Line(clean(words), found, sum(run.width for run in found))
    drawn: list[Run] = []
    for span in words:
        drawn += runs(span.text, kind.size, Weight.SEMIBOLD if span.strong else kind.weight)
    return Line("".join(clean(span.text) for span in words), tuple(drawn), sum(run.width for run in drawn))


@dataclass(frozen=True, slots=True)
class _Token:
    """An unbreakable piece: its text, whether it is strong, and whether a line may end before it."""

    text: str
    strong: bool
    may_break: bool
    blank: bool


def _tokens(words: Words) -> list[_Token]:
    tokens: list[_Token] = []
    for span in spans(words):
        current: list[str] = []
        may_break = False
        for character, ends_piece in _signs(span.text):
            if character in (" ", ZERO_WIDTH_SPACE):
                _close(tokens, current, strong=span.strong, may_break=may_break)
                if character == " ":
                    tokens.append(_Token(" ", strong=span.strong, may_break=True, blank=True))
                may_break = True
            elif _stands_alone(character):
                _close(tokens, current, strong=span.strong, may_break=may_break)
                closing = unicodedata.category(character) in ("Po", "Pe", "Pf")
                tokens.append(_Token(character, strong=span.strong, may_break=not closing, blank=False))
                may_break = True
            else:
                current.append(character)
                if ends_piece and len(current) > 1:
                    _close(tokens, current, strong=span.strong, may_break=may_break)
                    may_break = True
        _close(tokens, current, strong=span.strong, may_break=may_break)
    return tokens


def _signs(text: str) -> Iterator[tuple[str, bool]]:
    """The characters as drawn, and whether a line may end after each; a no-break hyphen is drawn as a plain one."""
    for number, part in enumerate(text.split(_NO_BREAK_HYPHEN)):
        if number:
            yield "-", False
        kept = _BOUND.sub("\u00a0", clean(part))
        spans = {found.start() for found in _SPAN.finditer(kept)}
        for at, character in enumerate(kept):
            yield character, character in _BREAK_AFTER and at not in spans


def _close(tokens: list[_Token], current: list[str], *, strong: bool, may_break: bool) -> None:
    if current:
        after_blank = bool(tokens) and tokens[-1].blank
        tokens.append(_Token("".join(current), strong=strong, may_break=may_break or after_blank, blank=False))
        current.clear()


def _stands_alone(character: str) -> bool:
    """Chinese and Japanese lines may break between any two signs."""
    return character >= "\u2e80" and unicodedata.east_asian_width(character) in ("W", "F")


def wrap(words: Words, kind: Type, room: float, *, first_room: float | None = None) -> tuple[Line, ...]:
    """Break words into lines no wider than ``room`` millimetres (the first one ``first_room``).

    Lines break at blanks (never at no-break spaces), after a hyphen or stroke, and between Chinese signs; a word longer
    than a line is broken between letters, never inside a stacked syllable.
    """
    if isinstance(words, str) and _is_plain(words):
        whole = (_BOUND.sub("\u00a0", words) if " " in words else words).rstrip(" ")
        if whole:
            run = _run(whole, latin(kind.weight), kind.size)
            if run.width <= (room if first_room is None else first_room):
                return (Line(whole, (run,), run.width),)
    return _wrapped(words, kind, room, first_room)


@lru_cache(maxsize=1_000)
def _wrapped(words: Words, kind: Type, room: float, first_room: float | None) -> tuple[Line, ...]:
    """The same, letter by letter; what stands on every page is broken once."""
    lines: list[list[_Token]] = [[]]
    used = 0.0
    limit = room if first_room is None else first_room
    for group in _groups(_tokens(words)):
        for piece in _fitted(group, kind, room):
            wide = sum(_token_width(token, kind) for token in piece)
            if lines[-1] and used + wide > limit + 1e-6:
                if piece[0].blank:
                    continue
                lines.append([])
                used, limit = 0.0, room
            if piece[0].blank and not lines[-1] and len(lines) > 1:
                continue
            lines[-1] += piece
            used += wide
    return tuple(_set_line(tokens, kind) for tokens in lines)


def _groups(tokens: list[_Token]) -> list[list[_Token]]:
    """Tokens that no line may part, such as a word of which half is strong."""
    groups: list[list[_Token]] = []
    for token in tokens:
        if groups and not token.may_break and not token.blank and not groups[-1][-1].blank:
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _fitted(group: list[_Token], kind: Type, room: float) -> list[list[_Token]]:
    if group[0].blank or sum(_token_width(t, kind) for t in group) <= room:
        return [group]
    pieces: list[list[_Token]] = []
    for token in group:
        letters = ""
        for syllable in _syllables(token.text):
            candidate = letters + syllable
            if letters and _text_width(candidate, kind, strong=token.strong) > room:
                pieces.append([_Token(letters, strong=token.strong, may_break=True, blank=False)])
                candidate = syllable
            letters = candidate
        pieces.append([_Token(letters, strong=token.strong, may_break=True, blank=False)])
    return pieces


def _syllables(text: str) -> list[str]:
    """Letters with the marks that belong to them; a Khmer coeng (U+17D2) takes the next letter along."""
    result: list[str] = []
    for character in text:
        joined = result and (
            unicodedata.category(character) in ("Mn", "Mc") or character in _JOINERS or result[-1][-1] == "\u17d2"
        )
        if joined:
            result[-1] += character
        else:
            result.append(character)
    return result


def _token_width(token: _Token, kind: Type) -> float:
    return _text_width(token.text, kind, strong=token.strong)


def _text_width(text: str, kind: Type, *, strong: bool) -> float:
    return sum(run.width for run in runs(text, kind.size, Weight.SEMIBOLD if strong else kind.weight))


def _set_line(tokens: list[_Token], kind: Type) -> Line:
    while tokens and tokens[-1].blank:
        tokens = tokens[:-1]
    joined: list[Span] = []
    for token in tokens:
        if joined and joined[-1].strong == token.strong:
            joined[-1] = Span(joined[-1].text + token.text, strong=token.strong)
        else:
            joined.append(Span(token.text, strong=token.strong))
    return line(tuple(joined), kind)
