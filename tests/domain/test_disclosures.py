"""On what ground a person's data may leave the office."""

import datetime as dt

import pytest

from liaison.domain.disclosures import GivenConsent, Ground, consents_for, ground_for
from liaison.domain.facts import FactKind
from liaison.domain.privacy import Audience
from liaison.i18n import Language

DAY = dt.date(2026, 11, 20)
C1, C2, C3, C4, C5 = FactKind.C1, FactKind.C2, FactKind.C3, FactKind.C4, FactKind.C5
PENANG, OTHER = 7, 8


def given(*kinds, **values):
    return [GivenConsent(kind=kind, stated_on=dt.date(2026, 11, 2), **values) for kind in kinds]


@pytest.mark.parametrize(
    ("audience", "country", "needed"),
    [
        (Audience.HOSPITAL, "MY", (C1, C2, C3)),
        (Audience.HOSPITAL, "ID", (C1, C3)),
        (Audience.INSURER, "ID", (C1, C4)),
        (Audience.INSURER, "SG", (C1, C2, C4)),
        (Audience.FAMILY, "MY", ()),
        (Audience.INTERNAL, "MY", ()),
    ],
)
def test_each_reader_needs_its_own_consents(audience, country, needed):
    assert consents_for(audience, country) == needed


def test_a_hospital_abroad_gets_nothing_until_every_consent_is_there():
    found = ground_for(Audience.HOSPITAL, given(C1, C3), on=DAY, recipient_id=PENANG, country="MY")

    assert found.ground is None
    assert found.missing == (C2,)
    assert "C2" in found.problems()[0].text(Language("en"))


def test_with_all_consents_the_ground_is_consent_and_names_them():
    found = ground_for(Audience.HOSPITAL, given(C1, C2, C3), on=DAY, recipient_id=PENANG, country="MY")

    assert (found.ground, found.consents) == (Ground.CONSENT, (C1, C2, C3))
    assert not found.problems()


def test_a_consent_for_one_hospital_is_none_for_another():
    consents = [*given(C1, C2), *given(C3, organization_id=PENANG)]

    assert ground_for(Audience.HOSPITAL, consents, on=DAY, recipient_id=PENANG, country="MY").ground is Ground.CONSENT
    assert ground_for(Audience.HOSPITAL, consents, on=DAY, recipient_id=OTHER, country="MY").missing == (C3,)


def test_a_consent_for_one_country_is_none_for_another():
    consents = [*given(C1, C3), *given(C2, country="MY")]

    assert ground_for(Audience.HOSPITAL, consents, on=DAY, country="MY").ground is Ground.CONSENT
    assert ground_for(Audience.HOSPITAL, consents, on=DAY, country="SG").missing == (C2,)


@pytest.mark.parametrize(
    "ended", [{"withdrawn_on": DAY}, {"valid_to": DAY - dt.timedelta(days=1)}], ids=["withdrawn", "run out"]
)
def test_a_consent_that_ended_is_none(ended):
    consents = [*given(C1), *given(C4, **ended)]

    assert ground_for(Audience.INSURER, consents, on=DAY, country="ID").missing == (C4,)


def test_an_emergency_stands_in_for_a_consent_and_says_which_was_missing():
    found = ground_for(Audience.HOSPITAL, given(C1), on=DAY, country="MY", emergency="tidak sadar, IGD")

    assert (found.ground, found.missing) == (Ground.EMERGENCY, (C2, C3))
    assert ground_for(Audience.HOSPITAL, [], on=DAY, country="MY", emergency="  ").ground is None


def test_a_family_is_written_to_only_where_it_agreed_to_be():
    assert ground_for(Audience.FAMILY, [], on=DAY).ground is Ground.PERSON
    assert ground_for(Audience.FAMILY, [], on=DAY, by_message=True).missing == (C5,)
    assert ground_for(Audience.FAMILY, given(C5), on=DAY, by_message=True).ground is Ground.CONSENT


def test_the_office_itself_and_paper_without_names_need_no_consent():
    assert ground_for(Audience.INTERNAL, [], on=DAY).ground is Ground.OFFICE
    assert ground_for(Audience.PUBLIC, [], on=DAY).ground is Ground.NAMELESS
