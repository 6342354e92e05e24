"""How long a thief would need for a passphrase, said honestly: zxcvbn's guesses against our slow key derivation."""

from __future__ import annotations

from dataclasses import dataclass

from liaison.i18n import N_, Language

GUESSES_PER_SECOND = 10_000
"""A thief with a hall of machines against argon2id at 64 to 256 MiB a guess: generous to the thief."""
LEAST_CHARACTERS = 10
LEAST_SCORE = 3

_YEAR = 365.25 * 24 * 3600
WEAK = N_("Weak: a thief would need {time}")
FAIR = N_("Not enough yet: a thief would need {time}")
STRONG = N_("Strong: a thief would need {time}")
HINT = N_("Use four or more words that do not belong together, for instance a fruit, a river, a number and a tool.")
TOO_WEAK = N_("This passphrase is too weak. Use four or more words that do not belong together.")
TOO_SHORT = N_("Use at least {count} characters.")
SECONDS = N_("a few seconds")
LONG = N_("longer than anybody lives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """``score`` 0 to 4; ``seconds`` that a thief needs on average."""

    score: int
    seconds: float
    words: int
    characters: int

    @property
    def is_enough(self) -> bool:
        """Whether the store may be made with it."""
        return self.score >= LEAST_SCORE and self.characters >= LEAST_CHARACTERS


def measure(passphrase: str, known: tuple[str, ...] = ()) -> Strength:
    """Measure; ``known`` are words a thief would try first (the office, the officer). Imports zxcvbn: not at start."""
    from zxcvbn import zxcvbn

    found = zxcvbn(passphrase[:72] or " ", user_inputs=[k for k in known if k])
    seconds = float(found["guesses"]) / 2 / GUESSES_PER_SECOND
    score = (
        0 if seconds < 60 else 1 if seconds < 86_400 else 2 if seconds < _YEAR else 3 if seconds < 1000 * _YEAR else 4
    )
    return Strength(score=score, seconds=seconds, words=len(passphrase.split()), characters=len(passphrase))


def said(strength: Strength, words: Language) -> str:
    """The measure as a sentence."""
    sentence = STRONG if strength.is_enough else FAIR if strength.score == 2 else WEAK
    return words(sentence, time=time_said(strength.seconds, words))


def time_said(seconds: float, words: Language) -> str:
    """``about 400 years``."""
    if seconds >= 10_000 * _YEAR:
        return words(LONG)
    if seconds >= _YEAR:
        return words.plural("about {count} year", "about {count} years", _rounded(seconds / _YEAR))
    if seconds >= 86_400:
        return words.plural("about {count} day", "about {count} days", _rounded(seconds / 86_400))
    if seconds >= 3600:
        return words.plural("about {count} hour", "about {count} hours", _rounded(seconds / 3600))
    if seconds >= 60:
        return words.plural("about {count} minute", "about {count} minutes", _rounded(seconds / 60))
    return words(SECONDS)


def _rounded(amount: float) -> int:
    """Two figures are honest, more are not."""
    count = int(amount)
    return count if count < 100 else round(count, 2 - len(str(count)))
