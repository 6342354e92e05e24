"""Text lists: which encoding, which delimiter,
    and their records. A quoted line break starts no record; an empty line is one.

Runs in the child.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from liaison.exchange import limits
from liaison.exchange.containers import Unreadable
from liaison.exchange.fields import recognised
from liaison.exchange.refusals import FileRefusal

DELIMITERS = (";", "\t", ",", "|")
_SAMPLE = 64 * 1024
_SAMPLE_RECORDS = 120
_MAX_LINES_IN_CELL = 100

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(data: bytes) -> str:
    """The encoding: by its mark, by zero bytes (UTF-16 without a mark), else UTF-8, else Windows-1252, else Latin-1."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(data) % 4 == 0:
        return "utf-32"
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if guess := _utf16_without_mark(data):
        return guess
    if b"\0" in data:
        raise Unreadable(FileRefusal.BINARY_TEXT, row=data.count(b"\n", 0, data.index(b"\0")) + 1)
    for name in ("utf-8", "cp1252"):
        if _decodes(data, name):
            return name
    return "latin-1"


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _decodes(data: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(sample: str) -> str:
    """The delimiter under which a row of headings is recognised best, else the one that cuts most evenly."""
    lines = sample.splitlines()
    if lines and (said := lines[0].strip().lower()).startswith("sep=") and len(said) == 5:
        return said[4]
    return max(DELIMITERS, key=lambda each: _fitness(sample, each))


def _fitness(sample: str, delimiter: str) -> tuple[int, float]:
    records = []
    for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        records.append(record)
        if len(records) == _SAMPLE_RECORDS:
            break
    widths = Counter(len(r) for r in records if len(r) > 1)
    if not widths:
        return 0, 0.0
    width, count = widths.most_common(1)[0]
    filled = sum(1 for r in records if any(c.strip() for c in r)) or 1
    return max(recognised(r) for r in records[:60]), count / filled + width / 10_000


def records(data: bytes) -> tuple[Iterator[list[str]], str, str]:
    """The records of a text list, its encoding and its delimiter."""
    encoding = encoding_of(data)
    sample = _sample(data, encoding)
    if "\0" in sample:
        raise Unreadable(FileRefusal.BINARY_TEXT, row=sample.count("\n", 0, sample.index("\0")) + 1)
    csv.field_size_limit(limits.MAX_CELL_CHARS)
    try:
        delimiter = delimiter_of(sample)
    except csv.Error:
        delimiter = max(DELIMITERS, key=sample.count)
    by_line = not _quotes_are_sane(data, encoding, delimiter)
    return _parsed(data, encoding, delimiter, by_line=by_line), encoding, delimiter


def _sample(data: bytes, encoding: str) -> str:
    sample = data[:_SAMPLE]
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=False)
    cut = text.rfind("\n")
    return text[: cut + 1] if len(data) > _SAMPLE and cut > 0 else text


def _text(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _quotes_are_sane(data: bytes, encoding: str, delimiter: str) -> bool:
    """Whether quotes pair up. One that never closes would swallow the rest of the list into one cell."""
    if '"'.encode(encoding if not encoding.endswith("-sig") else "utf-8")[-1:] not in data:
        return True
    try:
        for record in csv.reader(_text(data, encoding), delimiter=delimiter):
            if any(cell.count("\n") > _MAX_LINES_IN_CELL for cell in record if "\n" in cell):
                return False
    except csv.Error:
        return False
    except UnicodeError as error:
        raise Unreadable(FileRefusal.DAMAGED) from error
    return True


def _parsed(data: bytes, encoding: str, delimiter: str, *, by_line: bool) -> Iterator[list[str]]:
    text = _text(data, encoding)
    number = 0
    try:
        found = _by_line(text, delimiter) if by_line else csv.reader(text, delimiter=delimiter)
        for record in found:
            number += 1
            yield record
    except csv.Error as error:
        if "field limit" in str(error):
            place = {"sheet": "", "row": number + 1}
            raise Unreadable(FileRefusal.CELL_TOO_LONG, limit=limits.MAX_CELL_CHARS, **place) from error
        raise Unreadable(FileRefusal.BINARY_TEXT, row=number + 1) from error
    except UnicodeError as error:
        raise Unreadable(FileRefusal.DAMAGED) from error


def _by_line(text: io.TextIOWrapper, delimiter: str) -> Iterator[list[str]]:
    for line in text:
        yield next(csv.reader([line], delimiter=delimiter), [])
