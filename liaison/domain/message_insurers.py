"""The insurer that a message names although the office has none of that name on record.

A name in daily use counts wherever it stands ("AIA"); any other only beside a word for insurance and with a capital
("asuransi Harta Sehat", "insured with Blue Cross").
"""

from __future__ import annotations

from liaison.domain.message_facts import Guess
from liaison.domain.message_text import MessageText
from liaison.domain.message_words import INSURANCE_WORDS, NOT_A_NAME
from liaison.domain.names import fold

_IN_DAILY_USE = """
    AIA|AXA|AXA Mandiri|Allianz|Prudential|Pru|Manulife|Sinarmas|Sinar Mas|Cigna|FWD|Great Eastern|Zurich|Generali|
    BNI Life|BRI Life|Mandiri Inhealth|Inhealth|Astra Life|Garda Medika|Sequis|Panin Dai-ichi|Tokio Marine|Avrist|
    Equity Life|Ciputra Life|Sun Life|Chubb|MSIG|Lippo|Reliance|Jasindo|Bumiputera|Taspen Life|ACA|Tugu|Capital Life|
    Hanwha|Heksa|KB|MNC Life|Simas Jiwa|BCA Life|Etiqa|Takaful|Hong Leong|Lonpac|Liberty|Bupa|Aetna|Pacific Cross
"""
_ALONE = {
    fold(name): name.strip() for name in _IN_DAILY_USE.replace("\n", "").split("|") if fold(name) not in {"kb", "pru"}
}
"""Names that mean an insurer wherever they stand; a very short one only with capitals."""
_FIRST = frozenset(name.split()[0] for name in _ALONE)
_ORDINARY = frozenset({"liberty", "reliance", "lippo", "tugu", "capital life", "aca", "heksa", "takaful", "sun life"})
"""Names that are other words too: they count only beside a word for insurance."""
_MOST_WORDS = 3


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BETWEEN = _set(
    """saya sy kami nya dari pakai pake pk adalah is with by swasta kesehatan jiwa health life medical dgn dengan punya
    di dr company perusahaan merk merek namanya nama the insurer provider yaitu covered"""
)
_CODE_LENGTH = 4


def insurer_named(message: MessageText) -> Guess | None:
    """The name of an insurer as the message has it, and where it stands."""
    return _in_daily_use(message) or _beside_insurance(message)


def _in_daily_use(message: MessageText) -> Guess | None:
    for at, first in enumerate(message.words):
        for count in range(_MOST_WORDS, 0, -1) if first.key in _FIRST else ():
            words = message.words[at : at + count]
            key = " ".join(word.key for word in words)
            if len(words) < count or key not in _ALONE or any(w.gap not in (" ", "-") for w in words[1:]):
                continue
            shouted = words[0].text.isupper() or count > 1 or len(key) >= _CODE_LENGTH
            if (shouted and key not in _ORDINARY) or _is_beside(message, at):
                return Guess(value=_ALONE[key], start=words[0].start, end=words[-1].end)
    return None


def _is_beside(message: MessageText, at: int) -> bool:
    return any(message.key(n) in INSURANCE_WORDS for n in (at - 1, at - 2, at + 1))


def _beside_insurance(message: MessageText) -> Guess | None:
    """ "asuransi Harta Sehat", "insured with Blue Cross": capitals beside a word for insurance."""
    for at, word in enumerate(message.words):
        if word.key not in INSURANCE_WORDS or word.key == "ass":
            continue
        first = at + 1
        while first < len(message.words) and message.key(first) in _BETWEEN and not message.words[first].is_capital:
            first += 1
        last = first - 1
        while last + 1 < min(first + _MOST_WORDS, len(message.words)) and _may_be_name(message, last + 1, first):
            last += 1
        if last >= first:
            start, end = message.words[first].start, message.words[last].end
            return Guess(value=message.text[start:end], start=start, end=end)
    return None


def _may_be_name(message: MessageText, at: int, first: int) -> bool:
    word = message.words[at]
    gap = word.gap.strip(" ")
    joined = gap in ("", ":", "=", "-") if at == first else gap == ""
    return (
        joined
        and "\n" not in word.gap
        and word.is_capital
        and word.is_letters
        and len(word.text) > 1
        and (at > first or word.key not in NOT_A_NAME)
        and at not in message.places
    )
