"""The matrix of panels on a day: the cell of a letter, for every hospital and insurer at once."""

import datetime as dt

import pytest
import sqlalchemy as sa

from liaison.domain.acceptance import PanelDraft
from liaison.domain.credit import CreditDraft, CreditEntry
from liaison.domain.network import Freshness, OrganizationKind
from liaison.domain.panel_matrix import PanelState, PanelWord, cell_of
from liaison.i18n import Language
from liaison.services import credits, network, panels
from liaison.services.panel_matrix import grids_of, panel_matrix
from liaison.store.models import OrganizationRow, PanelRow
from tests import make

TODAY = dt.date(2026, 11, 2)
YESTERDAY = dt.date(2026, 11, 1)


def word(key=1, **values):
    usual = {"id": key, "is_on_panel": True, "source": "daftar", "checked_on": TODAY}
    return PanelWord(**{**usual, **values})


def cell(*words, credits=(), day=TODAY, own=None):
    return cell_of(words, credits, 7, day=day, today=TODAY, own_record=own)


def test_nobody_asked_is_unknown_not_no():
    found = cell()

    assert (found.state, found.word, found.freshness) == (PanelState.UNKNOWN, None, Freshness.NEVER)


def test_the_word_checked_last_holds_and_of_one_day_the_later_written():
    old = word(1, checked_on=dt.date(2026, 5, 1))
    first, second = word(2), word(3, is_on_panel=False)

    assert cell(first, old).word is first
    assert cell(old, first, second).state is PanelState.OFF


def test_a_panel_that_ends_within_90_days_says_so():
    assert cell(word(valid_to=TODAY)).days_left == 0
    assert cell(word(valid_to=TODAY + dt.timedelta(days=90))).ends_soon
    assert not cell(word(valid_to=TODAY + dt.timedelta(days=91))).ends_soon
    assert not cell(word(valid_to=TODAY, is_on_panel=False)).ends_soon
    assert cell(word(valid_to=YESTERDAY)).state is PanelState.UNKNOWN
    assert cell(word(valid_to=YESTERDAY), day=YESTERDAY).state is PanelState.ON


def test_credit_is_the_dated_word_else_the_houses_own_record():
    no = CreditEntry(insurer_id=7, gives_credit=False, terms="", source="kontrak", checked_on=TODAY)

    assert cell(own=True).gives_credit is True
    assert cell(credits=[no], own=True).gives_credit is False
    assert cell().gives_credit is None


@pytest.fixture
def network_of_three(store):
    """Two hospitals in two cities, two insurers, one panel, one credit arrangement."""
    penang = make.hospital(store)
    medan = make.hospital(store, name="RS Columbia Asia Medan", city="Medan", country="ID", has_credit_arrangement=None)
    first = make.made(store, network.add_organization, make.insurer_draft())
    second = make.made(store, network.add_organization, make.insurer_draft(name="Asuransi Zamrud"))
    make.do(store, panels.record_panel, PanelDraft(
        insurer_id=first, hospital_id=penang, source="meja GL", checked_on=TODAY, valid_from=TODAY,
        valid_to=dt.date(2026, 12, 31),
    ))  # fmt: skip
    make.do(store, credits.record_credit, CreditDraft(
        hospital_id=medan, insurer_id=second, source="kontrak", checked_on=TODAY, terms="30 hari"
    ))  # fmt: skip
    return penang, medan, first, second


def test_the_matrix_of_a_day_has_every_hospital_and_every_insurer(store, network_of_three):
    penang, medan, first, second = network_of_three

    found = make.see(store, panel_matrix)

    assert [r.id for r in found.rows] == [penang, medan]
    assert [i.id for i in found.insurers] == [first, second]
    assert found.counts() == {PanelState.ON: 1, PanelState.OFF: 0, PanelState.UNKNOWN: 3}
    assert found.ending() == 1
    assert found.rows[0].cell(first).days_left == 59
    assert found.rows[0].cell(second).gives_credit is True  # the house's own record
    assert found.rows[1].cell(second).credit.terms == "30 hari"
    assert found.rows[1].cell(first).gives_credit is None


def test_the_day_before_nothing_was_known_and_one_city_is_enough(store, network_of_three):
    yesterday = make.see(store, panel_matrix, YESTERDAY)
    medan = make.see(store, panel_matrix, None, "Medan")

    assert yesterday.counts()[PanelState.ON] == 0
    assert [r.hospital.city for r in medan.rows] == ["Medan"]
    assert medan.cities == ("George Town", "Medan")


def test_a_panel_asked_again_today_is_fresh_again(store, network_of_three):
    *_, first, _second = network_of_three
    key = make.see(store, panels.panels_of, first)[0].id
    make.do(store, lambda s: setattr(s.get(PanelRow, key), "checked_on", dt.date(2026, 1, 1)))

    make.do(store, panels.verify_panel, key)

    assert make.see(store, panels.panels_of, first)[0].checked_on == TODAY


def test_the_workbook_has_the_matrix_and_every_word_with_its_source(store, network_of_three):
    matrix, words = grids_of(make.see(store, panel_matrix))

    assert [c.label for c in matrix.columns] == ["Hospital", "City", "Asuransi Nusantara Sehat", "Asuransi Zamrud"]
    assert matrix.rows[0] == ("Gleneagles Hospital Penang", "George Town", PanelState.ON, PanelState.UNKNOWN)
    assert [(r[0], r[2], r[5], r[7]) for r in words.rows] == [
        ("Gleneagles Hospital Penang", "Asuransi Nusantara Sehat", "meja GL", 0),
        ("RS Columbia Asia Medan", "Asuransi Zamrud", None, None),
    ]
    assert Language("id")(PanelState.ON.label) != ""


def test_two_hundred_hospitals_and_thirty_insurers_take_four_reads(store):
    def fill(session):
        kinds = [(OrganizationKind.HOSPITAL, 200), (OrganizationKind.INSURER, 30)]
        keys = {kind: [] for kind, _ in kinds}
        for kind, many in kinds:
            for n in range(many):
                row = OrganizationRow(kind=kind, name=f"{kind} {n:03d}", name_key=f"{kind} {n:03d}")
                session.add(row)
                session.flush()
                keys[kind].append(row.id)
        session.add_all(
            PanelRow(hospital_id=h, insurer_id=i, is_on_panel=True, source="daftar", checked_on=TODAY)
            for h in keys[OrganizationKind.HOSPITAL] for i in keys[OrganizationKind.INSURER][:10]
        )  # fmt: skip

    make.do(store, fill)
    with store.read() as session:
        asked = []
        listen = lambda _c, _cu, sql, *_: asked.append(sql)  # noqa: E731 - the engine's own signature
        engine = session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", listen)
        found = panel_matrix(session, TODAY)
        sa.event.remove(engine, "before_cursor_execute", listen)

    assert found.counts()[PanelState.ON] == 2000
    assert len([sql for sql in asked if "organization" in sql or "panel" in sql or "credit" in sql]) == 4
