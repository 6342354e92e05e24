"""A paper about many people: the same grounds and lines as one by one, in a few questions."""

import contextlib

import pytest
import sqlalchemy as sa

from liaison.domain.errors import Refused
from liaison.domain.network import OrganizationKind
from liaison.domain.privacy import Audience
from liaison.services.disclosure import disclosures_of, find_ground
from liaison.services.disclosures_at_once import grounds_of, record_disclosures
from liaison.store.models import ClaimRow, DisclosureRow, JourneyRow, OrganizationRow
from tests import make


def everybody(session):
    cases = session.execute(sa.select(JourneyRow.patient_id, JourneyRow.id)).all()
    listed = session.execute(sa.select(ClaimRow.patient_id).where(ClaimRow.journey_id.is_(None)).distinct())
    return [*((patient, key) for patient, key in cases), *((row[0], None) for row in listed)]


def house(session, kind):
    return session.scalars(sa.select(OrganizationRow.name).where(OrganizationRow.kind == kind).limit(1)).one()


@contextlib.contextmanager
def statements(session):
    said = []
    bind = session.get_bind()
    sa.event.listen(bind, "before_cursor_execute", listener := lambda *args: said.append(args[2]))
    yield said
    sa.event.remove(bind, "before_cursor_execute", listener)


def test_the_grounds_of_many_are_those_of_each(sampled):
    def check(session):
        people = everybody(session)[::5]
        houses = {Audience.HOSPITAL: OrganizationKind.HOSPITAL, Audience.INSURER: OrganizationKind.INSURER}
        for audience in Audience:
            named = house(session, houses[audience]) if audience in houses else "Somebody"
            for recipient in ("", named):
                found = grounds_of(session, people, audience, recipient=recipient, country="MY")
                for patient, journey in people:
                    alone = find_ground(
                        session, audience, patient_id=patient, journey_id=journey, recipient=recipient, country="MY"
                    )
                    assert found[patient, journey].finding == alone
        return len(people)

    assert make.see(sampled, check) > 25


def test_the_questions_do_not_grow_with_the_people(sampled):
    def asked(session):
        people = everybody(session)
        counts = []
        for some in (people[:3], people):
            with statements(session) as said:
                grounds_of(session, some, Audience.INSURER, recipient=house(session, OrganizationKind.INSURER))
            counts.append(len(said))
        return counts

    few, many = make.see(sampled, asked)
    assert many <= few


def test_each_gets_a_line_and_one_without_a_ground_stops_all(store):
    people = [(make.patient(store), None), (make.patient(store, full_name="Budi Santoso"), None)]
    case = make.journey(store)
    patient = make.see(store, lambda session: session.get(JourneyRow, case).patient_id)

    make.do(store, record_disclosures, people, report="ageing", report_id="R18-1", audience=Audience.INTERNAL)
    assert [make.see(store, disclosures_of, key)[0].report_id for key, _case in people] == ["R18-1", "R18-1"]

    with pytest.raises(Refused):
        make.do(store, record_disclosures, [*people, (patient, case)], report="portfolio_cases", report_id="R25-1",
                audience=Audience.INSURER, recipient="Nusa Proteksi")  # fmt: skip
    assert make.see(store, lambda session: session.scalar(sa.select(sa.func.count(DisclosureRow.id)))) == 2
