"""Lists of hospitals, contacts and rates: new, changed or known; old and new shown; one action, one undo."""

import datetime as dt
from decimal import Decimal

import pytest

from liaison.domain.errors import Refused
from liaison.domain.fx import RateKind
from liaison.domain.listing import StagedContact, StagedHospital, StagedRate
from liaison.domain.network import Desk, GroupMembershipDraft, OrganizationKind
from liaison.services import list_memory, network, rates, record_lists
from liaison.services.list_memory import ListKind
from liaison.store.models import ContactRow, FxRateRow, OrganizationRow, SourceFileRow
from tests import make
from tests.services.staged import bring, counts, plan, records, rows


def house(row=2, name="Gleneagles Hospital Penang", **values):
    return StagedHospital(sheet="RS", row=row, name=name, **{"country": "Malaysia", "city": "George Town", **values})


def desk(row=2, organization="Gleneagles Hospital Penang", **values):
    usual = {"desk": Desk.IPC, "phone": "+60 4-222 9100"}
    return StagedContact(sheet="Kontak", row=row, organization=organization, **{**usual, **values})


def rate(row=2, value="20275.17", **values):
    usual = {"base": "EUR", "quote": "IDR", "rate_date": dt.date(2026, 10, 30), "source": "ECB"}
    return StagedRate(row=row, rate=Decimal(value), **{**usual, **values})


def hospitals(*listed):
    return records("hospitals", hospitals=listed)


def contacts(*listed):
    return records("contacts", contacts=listed)


def fx(*listed):
    return records("rates", rates=listed)


def come_in(store, staged, **more):
    return bring(store, record_lists, staged, **more)


def look(store, staged):
    return plan(store, record_lists, staged)


def told(news):
    return [(d.label, d.before, d.after) for f in news.fates for d in f.differences]


# hospitals


def test_a_new_hospital_stands_in_the_network_with_its_zone_and_group(store):
    come_in(store, hospitals(house(phone="+60 4-222 9111", group="IHH", fax="+60 4-226 2994", notes="parkir sulit")))

    (one,) = make.see(store, network.hospitals)
    view = make.see(store, network.organization, one.id)
    assert (view.name, view.country, view.zone, view.group) == (
        "Gleneagles Hospital Penang", "MY", "Asia/Kuala_Lumpur", "IHH",
    )  # fmt: skip
    assert view.note.splitlines() == ["parkir sulit", "Fax +60 4-226 2994"]


def test_a_hospital_on_record_is_changed_only_in_what_the_list_states(store):
    make.hospital(store, phone="+60 4-222 9111", email="ipc@gleneagles.example")
    staged = hospitals(house(name="RS Gleneagles Penang", phone="+60 4 220 0000", city="george town"))

    before = look(store, staged)
    come_in(store, staged)

    (one,) = rows(store, OrganizationRow)
    assert told(before) == [("Telephone", "+60 4-222 9111", "+60 4 220 0000")]
    assert (one["name"], one["phone"]) == ("Gleneagles Hospital Penang", "+60 4 220 0000")
    assert (one["email"], one["has_credit_arrangement"]) == ("ipc@gleneagles.example", True)


def test_a_number_written_otherwise_is_no_news(store):
    make.hospital(store, phone="+60 4-222 9111")

    news = look(store, hospitals(house(phone="042229111", fax="")))

    assert news.counts() == {"imported": 1, "new": 0, "updated": 0, "unchanged": 1}


def test_a_list_of_hospitals_read_twice_changes_nothing(store):
    staged = hospitals(house(notes="parkir", fax="1", website="x.example", code="G-1", group="IHH"), house(3, "Island"))
    come_in(store, staged)
    before = counts(store)

    again = come_in(store, staged)

    assert again.plan.counts() == {"imported": 2, "new": 0, "updated": 0, "unchanged": 2}
    assert counts(store) == before


def test_a_note_is_added_to_and_not_overwritten(store):
    make.hospital(store, note="tanya Aisyah")

    come_in(store, hospitals(house(notes="deposit RM5.000")))

    assert rows(store, OrganizationRow)[0]["note"].splitlines() == ["tanya Aisyah", "deposit RM5.000"]


def test_another_group_is_told_and_not_written_because_a_list_has_no_date(store):
    known = make.hospital(store)
    make.do(store, network.join_group, GroupMembershipDraft(organization_id=known, group="IHH"))

    news = look(store, hospitals(house(group="KPJ")))

    assert [(p.code, p.is_error, p.values["group"]) for p in news.problems] == [("OTHER_GROUP", False, "IHH")]
    assert news.counts()["unchanged"] == 1


def test_a_hospital_without_a_group_on_record_joins_the_one_of_the_list(store):
    known = make.hospital(store)

    brought = come_in(store, hospitals(house(group="IHH")))

    assert told(brought.plan) == [("Hospital group", "", "IHH")]
    assert make.see(store, network.organization, known).group == "IHH"


def test_insurers_of_a_list_are_insurers(store):
    come_in(store, hospitals(house(name="Prudential", kind=OrganizationKind.INSURER, country="", city="")))

    assert [i.name for i in make.see(store, network.insurers)] == ["Prudential"]
    assert rows(store, OrganizationRow)[0]["zone"] == ""


def test_a_like_name_is_suggested_and_not_taken(store):
    make.hospital(store)

    (fate,) = look(store, hospitals(house(name="Gleneagle Penang"))).fates

    assert (fate.is_new, fate.like) == (True, ("Gleneagles Hospital Penang",))


def test_the_second_row_of_one_house_is_told(store):
    news = look(store, hospitals(house(2), house(9, "gleneagles hospital penang")))

    assert [(p.code, p.row, p.values["row"]) for p in news.problems] == [("ALREADY_ABOVE", 9, 2)]
    assert len(news.fates) == 1


def test_a_country_by_its_code_and_one_nobody_knows(store):
    come_in(store, hospitals(house(2, "A", country="vn"), house(3, "B", country="Atlantis", city="")))

    assert [o["country"] for o in rows(store, OrganizationRow)] == ["VN", ""]


def test_a_house_without_a_name_is_refused(store):
    news = look(store, hospitals(house(2, " "), house(3)))

    assert [(p.code, p.row) for p in news.problems] == [("MISSING", 2)]


# contacts


def test_a_new_desk_stands_at_its_house(store):
    known = make.hospital(store)

    come_in(store, contacts(desk(
        organization="RS Gleneagles Penang", name="Aisyah", whatsapp="+60 12-345 6789", hours="Mon-Fri 08:00-17:00",
        languages="Bahasa Indonesia, English / Mandarin", verified_on=dt.date(2026, 10, 1), fax="123",
    )))  # fmt: skip

    (one,) = make.see(store, network.contacts_of, known)
    assert (one.desk, one.name, one.languages) == (Desk.IPC, "Aisyah", ("id", "en", "zh"))
    assert (one.last_verified_on, one.note) == (dt.date(2026, 10, 1), "Fax 123")


def test_a_house_that_is_new_is_named_before_and_made_once(store):
    staged = contacts(
        desk(2, "Island Hospital", country="Malaysia"), desk(3, "island hospital", desk=Desk.BILLING),
        desk(4, "Asuransi Cakrawala", desk=Desk.CLAIMS), desk(5, "Medika TPA", desk=Desk.GL_DESK),
    )  # fmt: skip

    news = look(store, staged)
    brought = come_in(store, staged)

    assert news.makes == ("Island Hospital", "Asuransi Cakrawala", "Medika TPA")
    assert {o["name"]: o["kind"] for o in rows(store, OrganizationRow)} == {
        "Island Hospital": OrganizationKind.HOSPITAL, "Asuransi Cakrawala": OrganizationKind.INSURER,
        "Medika TPA": OrganizationKind.ADMINISTRATOR,
    }  # fmt: skip
    assert brought.made == {"contacts": 4, "houses": 3}
    assert rows(store, OrganizationRow)[0]["country"] == "MY"


def test_a_desk_of_an_insurer_finds_the_insurer(store):
    insurer = make.insurer(store)

    come_in(store, contacts(desk(organization="PT Asuransi Nusantara Sehat Tbk")))

    assert rows(store, ContactRow)[0]["organization_id"] == insurer


@pytest.fixture
def known_desk(store):
    """A hospital with the desk of one person."""
    key = make.hospital(store)
    return make.made(store, network.add_contact, make.contact_draft(organization_id=key, desk=Desk.IPC))


@pytest.mark.parametrize(
    "values",
    [
        {"name": "AISYAH", "phone": "+60 4-222 9000"},
        {"name": "", "phone": "04-2229123", "hours": "24h"},
        {"name": "Aisyah", "desk": Desk.OTHER, "phone": "", "email": "a@x.example"},
        {"name": "", "phone": "+60 4-222 9000"},
    ],
    ids=["the person", "the number", "the person without a desk", "the only one of that desk"],
)
def test_a_desk_on_record_is_found_by_person_number_or_desk(store, known_desk, values):
    (fate,) = look(store, contacts(desk(**values))).fates

    assert fate.record_id == known_desk
    assert fate.differences


def test_another_person_at_the_same_number_is_another_contact(store, known_desk):
    (fate,) = look(store, contacts(desk(name="Nurul", phone="+60 4-222 9123"))).fates

    assert fate.is_new


def test_a_changed_number_is_shown_and_written(store, known_desk):
    staged = contacts(desk(name="Aisyah", phone="+60 4-222 9000", hours="Mon-Sat 08:00-17:00"))

    brought = come_in(store, staged)

    (one,) = rows(store, ContactRow)
    assert told(brought.plan) == [("Telephone", "+60 4-222 9123", "+60 4-222 9000")]
    assert (one["phone"], one["hours"]) == ("+60 4-222 9000", "Mon-Sat 08:00-17:00")
    assert look(store, staged).counts()["unchanged"] == 1


def test_an_older_check_does_not_go_over_a_newer_one(store, known_desk):
    make.do(store, network.verify_contact, known_desk, on=dt.date(2026, 10, 20))
    same = desk(name="Aisyah", phone="")

    (old,) = look(store, contacts(desk(name="Aisyah", phone="", verified_on=dt.date(2026, 1, 1)))).fates
    (new,) = look(store, contacts(desk(name="Aisyah", phone="", verified_on=dt.date(2026, 11, 1)))).fates

    assert (old.is_unchanged, new.is_unchanged) == (True, False)
    assert same.verified_on is None


def test_a_desk_nobody_can_reach_is_refused_with_its_reason(store):
    staged = contacts(desk(2, name="Aisyah", phone="", fax="123"), desk(3, desk=Desk.BILLING))

    news = look(store, staged)

    assert [(p.row, p.code, p.is_error) for p in news.problems] == [(2, "NO_WAY", True)]
    assert [f.record.row for f in news.fates] == [3]


def test_a_desk_twice_in_a_list_is_told(store):
    news = look(store, contacts(desk(2), desk(7)))

    assert [(p.code, p.row) for p in news.problems] == [("ALREADY_ABOVE", 7)]


def test_a_desk_by_a_word_we_have_none_for_keeps_the_word(store):
    come_in(store, contacts(desk(desk=Desk.OTHER, raw_desk="Bagian gizi")))

    (one,) = rows(store, ContactRow)
    assert (one["desk"], one["note"]) == (Desk.OTHER, "Bagian gizi")


def test_a_list_of_desks_read_twice_changes_nothing(store, known_desk):
    staged = contacts(desk(2, name="Aisyah", fax="1", languages="English", notes="sabar"), desk(3, desk=Desk.BILLING))
    come_in(store, staged)
    before = counts(store)

    again = come_in(store, staged)

    assert again.plan.counts() == {"imported": 2, "new": 0, "updated": 0, "unchanged": 2}
    assert counts(store) == before


# rates


def test_rates_come_in_dated_and_sourced(store):
    come_in(store, fx(rate(), rate(3, "4.5325", quote="MYR"), rate(4, "4.60", quote="MYR", kind=RateKind.SELL)))

    used = make.see(store, rates.rate_on, "MYR", "IDR", dt.date(2026, 11, 1))
    assert (used.via, used.on, used.source) == ("EUR", dt.date(2026, 10, 30), "ECB")
    assert len(rows(store, FxRateRow)) == 3


def test_a_corrected_rate_is_shown_and_changed(store):
    come_in(store, fx(rate()))

    brought = come_in(store, fx(rate(value="20275.20"), rate(3, source="BI")))

    assert told(brought.plan) == [("Rate", Decimal("20275.17"), Decimal("20275.20"))]
    assert brought.plan.counts() == {"imported": 2, "new": 1, "updated": 1, "unchanged": 0}
    assert [(r["source"], r["rate"]) for r in rows(store, FxRateRow)] == [("ECB", "20275.20"), ("BI", "20275.17")]


def test_rates_on_record_already_change_nothing(store):
    come_in(store, fx(rate()))

    again = come_in(store, fx(rate()))

    assert (again.plan.counts()["unchanged"], again.changes.touched) == (1, ())


def test_the_same_rate_written_with_more_zeros_is_known(store):
    come_in(store, fx(rate(value="4.50", quote="MYR")))

    assert look(store, fx(rate(value="4.5000", quote="MYR"))).counts()["unchanged"] == 1


def test_a_rate_of_a_day_to_come_or_without_a_source_is_refused(store):
    news = look(store, fx(rate(2, rate_date=dt.date(2027, 1, 1)), rate(3, source=" "), rate(4)))

    assert [(p.row, p.code) for p in news.problems] == [(2, "IN_FUTURE"), (3, "MISSING")]
    assert [f.record.row for f in news.fates] == [4]


def test_a_year_of_rates_is_one_action_and_one_undo(store):
    before = counts(store)
    days = [dt.date(2025, 10, 1) + dt.timedelta(days=n) for n in range(390)]
    listed = [rate(n, f"{20_000 + n}.25", rate_date=day) for n, day in enumerate(days, 2)]

    brought = come_in(store, fx(*listed))
    store.undo(brought.action_id)

    assert brought.made == {"rates": 390}
    assert counts(store) == before
    assert store.verify() == []


# whole or not at all


@pytest.mark.parametrize("staged", [hospitals(), contacts(desk(phone="")), fx(), fx(rate(source=""))])
def test_a_list_of_which_nothing_can_come_in_is_refused_and_leaves_nothing(store, staged):
    before = counts(store)

    with pytest.raises(Refused) as refused:
        come_in(store, staged, content=b"x", columns={"RS": "hospital"})

    assert refused.value.problems[0].code == "NOTHING_TO_BRING"
    assert counts(store) == before


def test_the_list_is_kept_and_its_headings_are_remembered(store):
    come_in(store, hospitals(house()), content=b"nama;kota", columns={"Nama RS": "hospital"})

    (kept,) = rows(store, SourceFileRow)
    assert (kept["kind"], store.attachments.read(kept["file_id"], kept["file_key"])) == ("hospitals", b"nama;kota")
    assert make.see(store, list_memory.known_columns, ListKind.HOSPITALS) == {"nama rs": "hospital"}


def test_one_undo_takes_houses_and_desks_back(store):
    before = counts(store)
    brought = come_in(store, contacts(desk(2, "Island Hospital"), desk(3, "Asuransi Cakrawala")))

    store.undo(brought.action_id)

    assert counts(store) == before
    assert store.verify() == []
