from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import pkgutil

import pytest

import liaison.domain
from liaison.domain.fields import (
    check_order,
    check_required,
    draft,
    field,
    field_of,
    fields_of,
    visible_to,
)
from liaison.domain.patients import Sex
from liaison.domain.people import PatientDraft
from liaison.domain.privacy import Audience
from liaison.i18n import Language


@draft
class Stay:
    hotel: str = field("Hotel", required=True, audience=(Audience.FAMILY,), headings=("hotel",), unit="nights")
    check_in: dt.date | None = field("Check-in", default=None)
    check_out: dt.date | None = field("Check-out", default=None)
    tags: tuple[str, ...] = field("Tags", required=True, default_factory=tuple)


def test_a_field_says_everything_about_itself_once():
    hotel = field_of(Stay, "hotel")

    assert (hotel.name, hotel.label, hotel.unit, hotel.kind, hotel.is_required) == (
        "hotel",
        "Hotel",
        "nights",
        str,
        True,
    )
    assert [f.name for f in fields_of(Stay)] == ["hotel", "check_in", "check_out", "tags"]
    with pytest.raises(KeyError):
        field_of(Stay, "colour")


def test_a_draft_is_frozen_and_keyword_only():
    stay = Stay(hotel="Sunway")

    with pytest.raises(dataclasses.FrozenInstanceError):
        stay.hotel = "Royale"
    with pytest.raises(TypeError):
        Stay("Sunway")
    assert dataclasses.replace(stay, hotel="Royale").hotel == "Royale"


def test_all_empty_required_fields_are_told_at_once_in_the_readers_words():
    problems = check_required(Stay(hotel=" "))

    assert [(p.code, p.field) for p in problems] == [("MISSING", "hotel"), ("MISSING", "tags")]
    assert problems[0].text(Language("en")) == "Please fill in: Hotel."


def test_an_end_before_its_beginning_is_told_at_the_end():
    days = dt.date(2026, 11, 2), dt.date(2026, 11, 1)

    assert [
        p.field for p in check_order(Stay(hotel="x", check_in=days[0], check_out=days[1]), "check_in", "check_out")
    ] == ["check_out"]
    assert check_order(Stay(hotel="x", check_in=days[1], check_out=days[0]), "check_in", "check_out") == []
    assert check_order(Stay(hotel="x", check_in=days[0]), "check_in", "check_out") == []


def test_a_field_without_an_audience_is_seen_inside_only():
    stay = Stay(hotel="Sunway", check_in=dt.date(2026, 11, 1), tags=("x",))

    assert visible_to(stay, Audience.FAMILY) == {"hotel": "Sunway"}
    assert visible_to(stay, Audience.PUBLIC) == {}
    assert set(visible_to(stay, Audience.INTERNAL)) == {"hotel", "check_in", "check_out", "tags"}


def test_a_field_that_says_nothing_about_itself_is_a_bug():
    @dataclasses.dataclass(frozen=True)
    class Bare:
        name: str = ""

    with pytest.raises(TypeError, match="says nothing"):
        fields_of(Bare)


def every_draft():
    for module in pkgutil.iter_modules(liaison.domain.__path__):
        for name, value in vars(importlib.import_module(f"liaison.domain.{module.name}")).items():
            if name.endswith("Draft") and dataclasses.is_dataclass(value):
                yield value


@pytest.mark.parametrize("kind", sorted(set(every_draft()), key=lambda d: d.__name__), ids=lambda d: d.__name__)
def test_every_draft_describes_all_its_fields(kind):
    for spec in fields_of(kind):
        assert spec.label
        assert all(heading == heading.casefold() for heading in spec.headings), spec.name


def test_nothing_about_a_person_is_public():
    patient = PatientDraft(full_name="Suyanti", sex=Sex.F, phone="0812")

    assert visible_to(patient, Audience.PUBLIC) == {}
    assert "phone" not in visible_to(patient, Audience.INSURER)
