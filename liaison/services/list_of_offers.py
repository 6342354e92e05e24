"""The lists of doctors and of package prices of the whole network: filtered, in any order, in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liaison.domain.grammar import Term, TermField
from liaison.domain.network import Freshness
from liaison.domain.packages import PackageState
from liaison.i18n import LANGUAGES, Language
from liaison.services.doctor_views import DoctorLine, doctor_lines
from liaison.services.packages import PackageView, packages
from liaison.services.sifting import Heading, Sifted, Test, both_languages, one_of, part_of

_STALE = frozenset({Freshness.STALE, Freshness.NEVER})
_STALE_WORDS = frozenset({"usang", "lama", "stale", "old"})
_WINDOW = tuple(Language(language) for language in LANGUAGES)


# doctors: one line a hospital where they see patients


def _words_of(line: DoctorLine) -> list[str]:
    one, place = line.doctor, line.place
    return [one.called, *one.specialties, place.hospital, place.city, place.clinic, place.phone,
            *_tongues(one.languages)]  # fmt: skip


def _tongues(codes: Sequence[str]) -> list[str]:
    """A language by its code after the word, and by its name in every language of the window."""
    return [
        text
        for code in codes
        for text in (f"bahasa {code}", f"language {code}",
                     *(words.formats.language_name(code) for words in _WINDOW if len(code) in (2, 3)))
    ]  # fmt: skip


def _specialty(line: DoctorLine) -> str:
    return next(iter(line.doctor.specialties), "")


def _checked_doctor(term: Term) -> Test[DoctorLine]:
    """Those whom nobody checked lately, or how old the check is in a word of its own."""
    if set(term.values) <= _STALE_WORDS:
        return lambda line: line.doctor.freshness in _STALE
    meaning: Callable[[Term], Test[DoctorLine]] = one_of(Freshness, lambda line: [line.doctor.freshness])
    return meaning(term)


DOCTORS: Sifted[DoctorLine] = Sifted(
    name="doctors",
    lines=doctor_lines,
    words=_words_of,
    sorts={
        "name": lambda line: line.doctor.name.casefold(),
        "specialty": lambda line: ", ".join(line.doctor.specialties).casefold(),
        "hospital": lambda line: line.place.hospital.casefold(),
        "city": lambda line: line.place.city.casefold(),
        "slot": lambda line: line.slot.slot_on if line.slot is not None else None,
        "verified": lambda line: line.doctor.last_verified_on,
    },
    groups={
        "hospital": Heading(of=lambda line: line.place.hospital),
        "city": Heading(of=lambda line: line.place.city),
        "specialty": Heading(of=_specialty),
    },
    terms={
        TermField.CITY: part_of(lambda line: [line.place.city]),
        TermField.HOSPITAL: part_of(lambda line: [line.place.hospital]),
        TermField.STATUS: _checked_doctor,
    },
)


# package prices


def _words_of_package(view: PackageView) -> list[str]:
    draft = view.draft
    return [draft.name, draft.specialty, draft.procedure, view.hospital, view.city, view.hotel, draft.source,
            *draft.includes, *both_languages(view.state.label)]  # fmt: skip


def _price(view: PackageView) -> str:
    """By amount within each currency: two currencies are never compared."""
    return f"{view.draft.price.currency}{view.draft.price.minor:020d}"


def _checked_package(term: Term) -> Test[PackageView]:
    if set(term.values) <= _STALE_WORDS:
        return lambda view: view.freshness in _STALE
    meaning: Callable[[Term], Test[PackageView]] = one_of(PackageState, lambda view: [view.state])
    return meaning(term)


PACKAGES: Sifted[PackageView] = Sifted(
    name="packages",
    lines=packages,
    words=_words_of_package,
    sorts={
        "name": lambda view: view.draft.name.casefold(),
        "hospital": lambda view: view.hospital.casefold(),
        "city": lambda view: view.city.casefold(),
        "specialty": lambda view: view.draft.specialty.casefold(),
        "price": _price,
        "until": lambda view: view.draft.valid_to,
        "state": lambda view: list(PackageState).index(view.state),
        "verified": lambda view: view.draft.last_verified_on,
    },
    groups={
        "hospital": Heading(of=lambda view: view.hospital),
        "city": Heading(of=lambda view: view.city),
        "specialty": Heading(of=lambda view: view.draft.specialty),
        "currency": Heading(of=lambda view: view.draft.price.currency),
        "state": Heading(of=lambda view: view.state),
    },
    terms={
        TermField.CITY: part_of(lambda view: [view.city]),
        TermField.HOSPITAL: part_of(lambda view: [view.hospital]),
        TermField.CURRENCY: part_of(lambda view: [view.draft.price.currency]),
        TermField.STATUS: _checked_package,
    },
)
