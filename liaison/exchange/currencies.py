"""Which currency a word, a sign, a heading, a number format or a title means.

Source: the import rules of the claim lists. A yen sign means yuan only at a Chinese hospital; a bare dollar sign means
nothing, since three of our countries use one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORDS = {
    "IDR": ("idr", "rp", "rupiah", "indonesian rupiah", "rupiah indonesia", "ind rupiah"),
    "MYR": ("myr", "rm", "ringgit", "ringgit malaysia", "malaysian ringgit", "malaysia ringgit"),
    "SGD": (
        "sgd", "s$", "sg$", "sgd$", "singapore dollar", "singapore dollars", "dollar singapura", "dolar singapura",
        "dollar singapore", "dolar singapore", "sing dollar",
    ),
    "USD": (
        "usd", "us$", "u$", "usd$", "us dollar", "us dollars", "u s dollar", "dollar amerika", "dolar amerika",
            "dolar as",
        "dollar as", "american dollar", "dolar amerika serikat", "united states dollar",
    ),
    "CNY": ("cny", "rmb", "yuan", "renminbi", "cn¥", "rmb¥", "元", "yuan china", "yuan tiongkok", "chinese yuan"),
    "KHR": ("khr", "riel", "៛", "cambodian riel", "riel kamboja"),
    "EUR": ("eur", "euro", "euros", "€"),
    "THB": ("thb", "baht", "฿", "thai baht", "baht thailand"),
}  # fmt: skip
_BY_WORD = {word: code for code, words in _WORDS.items() for word in words}

YEN_SIGNS = frozenset("¥￥")
BARE_DOLLAR = "$"

_IN_CHINA = re.compile(
    r"china|tiongkok|tionghoa|guangzhou|beijing|peking|shanghai|shenzhen|tianjin|nanjing|hangzhou|wuhan|chengdu|"
    r"chongqing"
    r"|suzhou|xiamen|kunming|nanning|hainan|haikou|dalian|qingdao|zhuhai|foshan|dongguan|fuzhou|fuda|广州|上海|北京|医院|"
    r"\bcn\b|\bprc\b|\bchn\b",
    re.IGNORECASE,
)

_LOCALE_DOLLARS = {0x409: "USD", 0x4809: "SGD", 0x1004: "SGD", 0x048: "SGD"}
_LOCALE_YEN = {0x804: "CNY", 0x7804: "CNY", 0x004: "CNY"}


@lru_cache(maxsize=4096)
def currency_of(word: str) -> str:
    """The currency a word or sign stands for; empty where it stands for none that claims may carry."""
    folded = " ".join(unicodedata.normalize("NFKC", word).casefold().split()).strip(" .:;,-_()[]{}=/\"'")
    if folded in _BY_WORD:
        return _BY_WORD[folded]
    return _BY_WORD.get(folded.replace(".", ""), "")


def is_yen(word: str) -> bool:
    """Whether a word is a yen sign and nothing else."""
    stripped = word.strip()
    return bool(stripped) and all(c in YEN_SIGNS for c in stripped)


def is_in_china(place: str) -> bool:
    """Whether a hospital's name or country says that it is in China."""
    return bool(_IN_CHINA.search(place))


_CODES = "|".join(
    sorted((re.escape(c) for c in ("IDR", "MYR", "SGD", "USD", "CNY", "KHR", "EUR", "THB", "RMB")), key=len)
)
_SIGNS = r"US\$|S\$|SG\$|CN¥|Rp\.?|RM|[$¥￥€฿៛元]"
_MONEY_WORDS = r"rupiah|ringgit(?:\s+malaysia)?|yuan|renminbi|baht|riel|euro"
_AT_START = re.compile(rf"^[\s(\-−+]*(?P<word>{_CODES}|{_SIGNS})[\s.:]*(?=[\d(\-−+.,])", re.IGNORECASE)
_AT_END = re.compile(rf"(?<=[\d)\-])[\s.]*(?P<word>{_CODES}|{_SIGNS}|{_MONEY_WORDS})[\s.)]*$", re.IGNORECASE)


def split_amount(text: str) -> tuple[str, str]:
    """The currency word inside an amount's cell, and the rest: ``RM 1.200`` gives ``RM`` and `` 1.200``."""
    for pattern in (_AT_START, _AT_END):
        if match := pattern.search(text):
            start, end = match.span("word")
            return match["word"], text[:start] + text[end:]
    return "", text


_IN_HEADING = re.compile(
    rf"(?<![A-Za-z])(?P<word>{_CODES}|US\$|S\$|SG\$|RP|RM|RUPIAH|RINGGIT(?:\s+MALAYSIA)?|YUAN|RENMINBI|BAHT|RIEL|"
    rf"EURO|DOL+AR\s+\w+)(?![A-Za-z])\.?",
    re.IGNORECASE,
)


def from_heading(heading: str) -> str:
    """The currency a column's heading names: ``Jumlah (RM)``, ``Tagihan dalam Rupiah``, ``Amount SGD``."""
    found = {code for m in _IN_HEADING.finditer(heading) if (code := currency_of(m["word"]))}
    return found.pop() if len(found) == 1 else ""


_PREAMBLE = (
    re.compile(
        r"(?:mata\s*uang|currency|valuta|valas|curr(?:ency)?|ccy)\s*(?:klaim|tagihan|asing|used|of "
        r"claims?)?\s*[:=\-–]*\s*\(?(?P<word>[^\W\d]{2,}\$?(?:\s+[^\W\d]+)?|S\$|US\$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:dalam|dlm|in|are in|stated in|satuan|unit)\s*[:(]?\s*(?:ribuan\s+|jutaan\s+)?(?P<word>{_CODES}|"
        rf"{_SIGNS}|{_MONEY_WORDS}|[^\W\d]+\s+dol+ars?|dol+ars?\s+[^\W\d]+)(?![A-Za-z])",
        re.IGNORECASE,
    ),
    re.compile(rf"[(\[]\s*(?P<word>{_CODES}|US\$|S\$|Rp\.?|RM|{_MONEY_WORDS})\s*[)\]]", re.IGNORECASE),
)


def from_title(text: str) -> str:
    """The currency that a line above the table names: ``Mata Uang : MYR``, ``dalam Rupiah``, ``(RM)``."""
    for pattern in _PREAMBLE:
        for match in pattern.finditer(text):
            words = match["word"].split()
            for count in range(len(words), 0, -1):
                if code := currency_of(" ".join(words[:count])):
                    return code
    return ""


_FORMAT_LOCALE = re.compile(r"\[\$([^\]\-]*)(?:-([0-9A-Fa-f]+))?\]")
_FORMAT_QUOTED = re.compile(r'"([^"]+)"')


def from_number_format(code: str) -> str:
    """The currency a cell's number format names: ``[$RM-43E]#,##0.00``, ``"Rp"#,##0``; empty where it is ambiguous."""
    first = code.split(";", 1)[0]
    for sign, locale in _FORMAT_LOCALE.findall(first):
        number = int(locale, 16) & 0xFFFF if locale else 0
        if sign.strip() == BARE_DOLLAR:
            return _LOCALE_DOLLARS.get(number, "")
        if is_yen(sign):
            return _LOCALE_YEN.get(number, "")
        if found := currency_of(sign):
            return found
    for quoted in _FORMAT_QUOTED.findall(first):
        if found := currency_of(quoted):
            return found
    return currency_of(re.sub(r"[#0,.\s\\_*?()\-\[\]]+", " ", _FORMAT_QUOTED.sub(" ", _FORMAT_LOCALE.sub(" ", first))))
