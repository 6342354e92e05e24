"""The itinerary pack: every stop on the clock of its place, in two languages, on paper and for a telephone."""

import dataclasses
import datetime as dt
import io

import pytest

from liaison.domain.care import AppointmentDraft, AppointmentKind, ReferralDraft
from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.money import Money
from liaison.domain.network import ContactDraft, Desk, OrganizationKind
from liaison.domain.travel import EscortDraft, StayDraft, TravelLegDraft
from liaison.i18n import Language
from liaison.reports import itinerary, itinerary_view
from liaison.reports.blocks import PhoneEntry, QrNote, Stop
from liaison.reports.itinerary import lay_out, lay_out_phone
from liaison.reports.itinerary_view import DeskView, LetterView, StopKind, gather
from liaison.reports.lint import check_pages
from liaison.reports.making import make_report, record_print
from liaison.reports.phone import write_phone
from liaison.reports.style import A4, PHONE
from liaison.services import care, journeys, network, travel
from liaison.store.models import DisclosureRow, JourneyRow
from tests import make
from tests.reports import samples
from tests.reports.reading import STAMP, drawn, fonts_of, has_ink_near_an_edge, pages_of, squeezed, text_of

MYT, WIB = "Asia/Kuala_Lumpur", "Asia/Jakarta"


def utc(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def stop(kind, **values):
    return itinerary_view.StopView(
        **{"kind": kind, "on": dt.date(2026, 11, 24), "at": None, "zone": MYT, "place": "", **values}
    )


NINE = stop(
    StopKind.APPOINTMENT, at=utc(24, 1), what=AppointmentKind.PROCEDURE, house="Island Hospital", place="lantai 2",
    doctor="dr. Lim", words=("jangan makan",), has_interpreter=True,
)  # fmt: skip
FLIGHT = stop(
    StopKind.LEAVE, on=dt.date(2026, 11, 23), at=utc(23, 1, 10), zone=WIB, place="Medan", to="Penang",
    be_there=utc(22, 23, 10), house="Malaysia Airlines MH 861",
)  # fmt: skip
VIEW = itinerary_view.ItineraryView(
    as_of=samples.at(20, 14, 5), office=dataclasses.replace(samples.OFFICE, zone=WIB), officer="Ayu Lestari",
    case_no="MDN-26-A0437-T", passport_name="SURYA", is_from_passport=True, is_single_name=True,
    passport_expires_on=dt.date(2031, 5, 2),
    companions=("BUDI",), hospital="Island Hospital", city="Penang", country="MY", there_zone=MYT, doctor="dr. Lim",
    diagnosis="I25.1 jantung koroner", procedure="PCI", allergies="penisilin", stops=(FLIGHT, NINE),
    hospital_desk=DeskView(house="Island Hospital", phone="+60 4 000 0122", hours="Mon-Fri 08:00-20:00", zone=MYT,
                           night_phone="+60 4 000 0129", desk=Desk.INDONESIA_DESK),
    insurer_desk=DeskView(house="Medika", phone="+62 21 000 0150", hours="24h", zone=WIB), emergency="999",
    consulate="KJRI Penang", consulate_phone="", has_cover=True, has_referral=True, has_medif=False,
    letter=LetterView(number="GL-1", insurer="Nusa", ceiling=Money.of(25_000, "MYR"), is_as_charged=False,
                      valid_to=dt.date(2026, 11, 30), covered_days=7, room_class="2-bed", excess=None),
    arrival_card="MDAC", card_from=dt.date(2026, 11, 20), card_to=dt.date(2026, 11, 23), nights=6,
)  # fmt: skip


def with_values(**values):
    return dataclasses.replace(VIEW, **values)


def on_phone(view, language="id"):
    blocks = lay_out_phone(view, Language(language, WIB))
    buffer = io.BytesIO()
    printed = write_phone(blocks, buffer, stamp=STAMP)
    assert [p.code for p in check_pages(blocks, printed, page=PHONE)] == []
    return buffer.getvalue()


def on_paper(view, language="id"):
    blocks = lay_out(view, Language(language, WIB))
    data, printed = drawn(blocks)
    assert [p.code for p in check_pages(blocks, printed, page=A4) if p.severity == "error"] == []
    return data


def stops_of(view, language="id"):
    return [b for b in lay_out_phone(view, Language(language, WIB)) if isinstance(b, Stop)]


# days, and what stands in an emergency


def test_a_hotel_says_for_how_many_nights_and_until_when():
    hotel = stop(StopKind.CHECK_IN, place="Cititel", nights=5, until=dt.date(2026, 11, 29))
    text = text_of(on_paper(with_values(stops=(FLIGHT, hotel)), "en"))

    assert "5 nights at Cititel" in text and "5 malam di Cititel" in text
    assert "Until Sunday, 29 November 2026." in text
    one = text_of(on_paper(with_values(stops=(dataclasses.replace(hotel, nights=1),)), "en"))
    assert "1 night at Cititel" in one and "Until" not in one


def test_the_last_word_of_a_hotel_never_stands_alone_on_a_line():
    hotel = stop(StopKind.CHECK_OUT, place="Hotel dekat Lam Wah Ee")

    assert stops_of(with_values(stops=(hotel,)))[0].what[0].endswith("Lam Wah\u00a0Ee")


def test_a_day_stays_on_one_page_and_a_longer_one_is_named_on_each():
    early = tuple(dataclasses.replace(NINE, at=utc(23, n), on=dt.date(2026, 11, 23)) for n in range(3))
    evening = tuple(dataclasses.replace(NINE, at=utc(24, n)) for n in range(2))
    pages = [squeezed(page) for page in pages_of(on_paper(with_values(stops=(*early, *evening)), "en"))]
    assert sum("Tuesday, 24 November 2026" in page for page in pages) == 1
    assert not any("continued" in page for page in pages)

    long = tuple(dataclasses.replace(NINE, at=utc(24, n)) for n in range(9))
    pages = [squeezed(page) for page in pages_of(on_paper(with_values(stops=long), "en"))]
    days = [page for page in pages if "dr. Lim" in page and "Name in the passport" not in page]
    assert len(days) > 1
    assert all("Tuesday, 24 November 2026, continued" in page for page in days[1:])


@pytest.mark.parametrize(("name", "word"), [("KBRI Kuala Lumpur", "Embassy"), ("KJRI Penang", "Consulate")])
def test_an_embassy_is_not_called_a_consulate(name, word):
    assert f"{word}: {name}" in text_of(on_phone(with_values(consulate=name), "en"))


def test_paper_has_lines_for_what_no_record_holds_and_a_telephone_shows_the_allergies_on_record():
    assert "Blood group" in text_of(on_paper(VIEW, "en"))
    assert "Allergies · Alergi" in text_of(on_paper(with_values(allergies=""), "en"))
    assert any("Allergies" in page and "penisilin" in page for page in pages_of(on_phone(VIEW, "en")))
    assert "Allergies" not in text_of(on_phone(with_values(allergies=""), "en"))


# times and languages


def test_nine_in_penang_is_eight_in_medan_and_both_are_printed():
    procedure = stops_of(VIEW)[1]

    assert squeezed(procedure.time) == "09.00 MYT"
    assert squeezed(procedure.at_home) == "08.00 WIB"


def test_a_time_at_home_is_printed_once():
    flight = stops_of(VIEW)[0]

    assert (squeezed(flight.time), flight.at_home) == ("08.10 WIB", "")


@pytest.mark.parametrize(("language", "first"), [("id", "24 jam · 24 hours"), ("en", "24 hours · 24 jam")])
def test_the_readers_language_stands_first_and_the_other_below(language, first):
    both = squeezed(text_of(on_phone(VIEW, language)))

    assert first in both
    assert "Selasa, 24 November 2026" in both
    assert "Tuesday, 24 November 2026" in both


def test_desk_hours_are_told_on_both_clocks():
    entry = [b for b in lay_out_phone(VIEW, Language("en", WIB)) if isinstance(b, PhoneEntry)][1]

    assert squeezed(entry.hours) == "Mon–Fri 08:00–20:00 MYT · 07:00–19:00 WIB"


# what may stand in it


@pytest.mark.parametrize("print_it", [on_phone, on_paper])
def test_the_square_for_a_camera_holds_telephone_numbers_only(print_it):
    data = print_it(VIEW)
    code = next(b for b in lay_out(VIEW, Language("id", WIB)) if isinstance(b, QrNote))

    assert "TEL;TYPE=WORK:+6040000122" in code.content
    assert "SURYA" not in code.content
    assert "MDN-26" not in code.content
    assert "SURYA" in text_of(data)


def test_a_number_nobody_checked_is_not_printed():
    text = squeezed(text_of(on_paper(VIEW, "en")))

    assert "Consulate: KJRI Penang" in text
    assert "ask the liaison office for the number" in text


def test_a_case_without_a_letter_says_who_pays():
    text = squeezed(text_of(on_paper(with_values(letter=None), "en")))

    assert "You pay the hospital first." in text
    assert "Guarantee letter, on paper" not in text


def test_at_home_no_passport_is_asked_for_and_one_clock_is_enough():
    near = dataclasses.replace(NINE, zone=WIB, at=utc(24, 2))
    view = with_values(country="ID", there_zone=WIB, emergency="112", consulate="", arrival_card="", stops=(near,))

    text = squeezed(text_of(on_phone(view, "en")))

    assert "Passport" not in text.replace("Name in the passport", "")
    assert "Identity card (KTP)" in text
    assert squeezed(stops_of(view)[0].time) == "09.00 WIB"
    assert stops_of(view)[0].at_home == ""


def test_a_long_name_many_stops_and_odd_characters_stay_inside_the_pages():
    many = tuple(
        dataclasses.replace(NINE, at=utc(24, 1) + dt.timedelta(minutes=20 * n), words=("jangan makan " * 12,))
        for n in range(20)
    )
    name = "MUHAMMAD ABDURRAHMAN WIRAHADIKUSUMA NASUTION LUBIS " * 2
    view = with_values(stops=many, passport_name=name.strip(), allergies="青霉素 <b>&", consulate="")

    assert len(pages_of(on_phone(view))) > 8
    assert len(pages_of(on_paper(view))) > 5


@pytest.mark.parametrize("print_it", [on_phone, on_paper])
def test_the_pages_use_our_letters_only_and_keep_off_the_dead_edge(print_it):
    data = print_it(VIEW)

    assert all("Plex" in font for font in fonts_of(data))
    assert print_it is on_phone or not has_ink_near_an_edge(data)


# from a real case


@pytest.fixture
def case(store):
    hospital = make.hospital(store, name="Island Hospital")
    make.made(store, network.add_contact, make.contact_draft(organization_id=hospital, hours="24h"))
    person = make.patient(store, passport_name="SUYANTI", allergies="penisilin")
    key = make.journey(
        store, person, hospital_id=hospital, cover_id=make.cover(store, person), diagnosis_code="I25.1",
        diagnosis="jantung koroner", procedure="PCI",
    )  # fmt: skip
    make.confirm(store, key, FactKind.C1, FactKind.C2)
    leg = TravelLegDraft(
        journey_id=key, from_place="Medan", departs_zone=WIB, departs_at=utc(23, 1, 10), to_place="Penang",
        arrives_zone=MYT, arrives_at=utc(23, 2, 5), carrier="Malaysia Airlines", number="MH 861",
    )  # fmt: skip
    make.made(store, travel.add_leg, leg)
    stay = StayDraft(journey_id=key, hotel="Cititel", check_in=dt.date(2026, 11, 23), check_out=dt.date(2026, 11, 29))
    make.made(store, travel.add_stay, stay)
    make.made(store, travel.add_escort, EscortDraft(journey_id=key, name="RUDI"))
    visit = AppointmentDraft(
        journey_id=key, hospital_id=hospital, starts_at=utc(24, 1), zone=MYT, confirmed_at=make.START,
        kind=AppointmentKind.CLINIC,
    )  # fmt: skip
    make.made(store, care.add_appointment, visit)
    return key


def number_of(store, case):
    return make.see(store, lambda s: s.get(JourneyRow, case).case_no)


def made(store, case, **options):
    return make.see(store, make_report, "itinerary", {"case": number_of(store, case), **options}, language="id")


def test_the_days_follow_one_another_with_the_hotel_at_their_ends(store, case):
    view, keys = make.see(store, gather, number_of(store, case), with_cover=True)

    assert [stop.kind for stop in view.stops] == [
        StopKind.LEAVE, StopKind.ARRIVE, StopKind.CHECK_IN, StopKind.APPOINTMENT, StopKind.CHECK_OUT,
    ]  # fmt: skip
    assert [day for day, _stops in view.days] == [dt.date(2026, 11, d) for d in (23, 24, 29)]
    assert keys.journey_id == case


@pytest.mark.parametrize("form", ["pack", "phone"])
def test_with_its_cover_off_a_pack_names_no_diagnosis_and_no_treatment(store, case, form):
    covered = text_of(made(store, case, form=form, cover="off").data)

    assert [word for word in ("I25.1", "jantung koroner", "PCI") if word in covered] == []
    assert "SUYANTI" in covered
    assert "I25.1" in text_of(made(store, case).data)


def test_a_restricted_diagnosis_is_never_in_a_pack(store, case):
    draft = make.see(store, journeys.journey_draft, case)
    make.do(store, journeys.edit_journey, case, make.changed(draft, is_restricted=True))

    assert "I25.1" not in text_of(made(store, case).data)


def test_printing_a_pack_leaves_a_line_in_the_disclosures(store, case):
    result = made(store, case)
    with store.write(result.action_title, kind=result.action_kind) as session:
        record_print(session, result)

    rows = make.see(store, lambda s: [(r.report, r.journey_id, r.audience) for r in s.query(DisclosureRow)])
    assert rows == [("itinerary", case, "family")]


def test_a_case_without_a_plan_is_refused_with_its_cure(store):
    bare = make.journey(store)

    with pytest.raises(Refused) as refusal:
        made(store, bare)
    assert [p.code for p in refusal.value.problems] == ["NOTHING_PLANNED"]


def test_the_case_summary_names_who_sent_the_patient(store, case):
    sent = ReferralDraft(journey_id=case, from_doctor="dr. Lubis", from_place="RS Adam Malik", to_doctor="dr. Lim")
    make.made(store, care.add_referral, sent)

    summary = make.see(store, make_report, "case_summary", {"case": number_of(store, case)}, language="id")

    assert "dr. Lubis, RS Adam Malik" in squeezed(text_of(summary.data))


def test_an_unknown_form_or_cover_is_refused(store, case):
    with pytest.raises(Refused) as refusal:
        made(store, case, form="roll", cover="half")
    assert {p.code for p in refusal.value.problems} == {"BAD_FORM", "BAD_COVER"}


def test_the_offices_own_consulate_goes_before_the_one_on_file(store, case):
    known, _keys = make.see(store, gather, number_of(store, case), with_cover=True)
    assert (known.consulate, known.consulate_phone) == ("KBRI Kuala Lumpur", "+60 17-668 8032")

    own = make.hospital_draft(
        kind=OrganizationKind.OTHER, name="KJRI Penang", phone="+60 4 000 0777", has_credit_arrangement=None
    )
    house = make.made(store, network.add_organization, own)
    make.made(store, network.add_contact, ContactDraft(organization_id=house, desk=Desk.OTHER, phone="+60 4 000 0777"))
    view, _keys = make.see(store, gather, number_of(store, case), with_cover=True)
    assert view.consulate == "KJRI Penang"


@pytest.mark.parametrize("form", ["pack", "phone"])
def test_the_twin_holds_the_stops_of_each_day(store, case, form):
    grids = made(store, case, form=form).grids

    assert [len(grid.rows) for grid in grids] == [3, 1, 1]
    assert grids[0].title == "Senin, 23\u00a0November\u00a02026"


def test_the_same_plan_gives_the_same_bytes(store, case):
    assert made(store, case, form="phone").data == made(store, case, form="phone").data
    assert itinerary.REPORT.code == "R3"


def test_a_name_that_no_passport_gave_is_not_called_the_passports_and_nobody_is_sent_to_an_unknown_desk(store):
    house = make.hospital(store, name="Island Hospital", phone="+60 4 000 0100")
    key = make.journey(store, make.patient(store, passport_name=""), hospital_id=house)
    make.confirm(store, key, FactKind.C1, FactKind.C2)
    make.made(store, travel.add_stay, StayDraft(
        journey_id=key, hotel="Cititel", check_in=dt.date(2026, 11, 23), check_out=dt.date(2026, 11, 29)
    ))  # fmt: skip

    text = text_of(made(store, key).data)

    assert "Name as told to us; compare it with the passport" in text and "Name in the passport" not in text
    assert "Hospital, switchboard" in text
    assert "Indonesia desk" not in text
    on_a_phone = " ".join(text_of(made(store, key, form="phone").data).split())
    assert "Name as told to us; compare it with the passport" in on_a_phone
