"""What the sample office knows of its network."""

import sqlalchemy as sa

from liaison.domain.network import OrganizationKind
from liaison.services import doctors, network, network_groups, packages
from liaison.services.changes import today
from liaison.services.sample_network import BOUGHT_ON
from liaison.store.models import OrganizationRow


def test_columbia_asia_is_not_ihh_and_island_became_it_on_a_day(sampled):
    with sampled.read() as session:
        groups = {line.id: line.name for line in network_groups.groups_on(session, today(session))}
        owners = {
            m.name: name
            for key, name in groups.items()
            for m in network_groups.members_on(session, key, today(session))
            if m.is_member
        }
        before = {
            m.name: name
            for key, name in groups.items()
            for m in network_groups.members_on(session, key, BOUGHT_ON.replace(day=4))
            if m.is_member
        }

    assert "IHH" not in owners["Columbia Asia Hospital Medan"]
    assert owners["Island Hospital"] == "IHH Healthcare Malaysia"
    assert before["Island Hospital"] == "Affinity Equity Partners"


def test_every_kind_that_is_called_at_night_and_a_hotel_are_there(sampled):
    with sampled.read() as session:
        kinds = set(session.scalars(sa.select(OrganizationRow.kind)))

    assert kinds >= {
        OrganizationKind.AMBULANCE, OrganizationKind.CONSULATE, OrganizationKind.CALL_CENTRE, OrganizationKind.HOTEL,
        OrganizationKind.KIOSK, OrganizationKind.AIRLINE, OrganizationKind.MINISTRY, OrganizationKind.AGENCY,
    }  # fmt: skip


def test_doctors_and_prices_are_there_fresh_and_old(sampled):
    with sampled.read() as session:
        lines = doctors.doctor_lines(session)
        prices = packages.packages(session)
        (island,) = [h.id for h in network.hospitals(session) if h.name == "Island Hospital"]

    assert len(lines) >= 10
    assert {line.slot.is_faded for line in lines if line.slot is not None} == {True, False}
    assert any(line.doctor.absences for line in lines)
    assert len({p.freshness for p in prices}) == 3
    assert any(p.hotel for p in prices if p.draft.hospital_id == island)
