"""The pages of roadshows through real widgets: list, one event, meeting mode, cities compared."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from liaison.domain.patients import Region
from liaison.domain.roadshows import (
    GuestDraft,
    GuestState,
    NeedDraft,
    PermitState,
    RoadshowDraft,
    RoadshowPromiseDraft,
    SessionDraft,
    ThemeDraft,
    Topic,
)
from liaison.services import office as offices
from liaison.services import roadshow_guests, roadshow_promises, roadshow_views, roadshows, search
from liaison.store.models import JourneyRow
from liaison.ui.pages import roadshow_forms
from liaison.ui.pages.meeting_words import PromiseMeant, Somebody, Unclear, WishMeant, read_meeting_line
from liaison.ui.search import place_of
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice
from liaison.ui.widgets.form import Form
from tests import make
from tests.ui.walk import nameless

NOW = dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 4)


@pytest.fixture
def events(office):
    """A window with a held event in Medan (three promises), and the next one."""

    def open_it(language="id", **more):
        place = office(language, **more)
        first = make.made(place.store, roadshows.add_roadshow, event(starts_on=dt.date(2026, 5, 6), series="Awal 2026"))
        for n in range(3):
            promise = RoadshowPromiseDraft(roadshow_id=first, what=f"janji lama {n}", owner="Nusa",
                                           due_on=dt.date(2026, 12, 1 + n))  # fmt: skip
            make.do(place.store, roadshow_promises.promise, promise)
        place.next = make.made(place.store, roadshows.add_roadshow, event())
        place.first = first
        make.do(place.store, roadshow_guests.invite_houses, place.next, (place.ids["insurer"], place.ids["hospital"]))
        return place

    return open_it


def event(**values):
    return RoadshowDraft(**{"series": "Akhir 2026", "city": "Medan", "starts_on": DAY, **values})


def seen(place, key=None):
    return place.see(roadshow_views.roadshow_view, key or place.next)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", ["roadshows", "roadshow", "meeting", "roadshow_series"])
def test_every_page_of_roadshows_fits_the_smallest_window_and_names_all_that_can_be_reached(events, page, language):
    place = events(language, size=(1024, 520))

    for part in ("prepare", "guests", "needs", "promises") if page == "roadshow" else ("",):
        place.go(page, place.next if page in ("roadshow", "meeting") else None, **({"part": part} if part else {}))

        assert nameless(place.frame) == []
        least = place.frame.minimumSizeHint()
        assert (least.width() <= 1024, least.height() <= 520) == (True, True), part
    assert place.troubles == []


def test_the_list_shows_the_next_event_first_with_what_was_promised_last_time(events):
    place = events("en")
    page = place.go("roadshows")

    assert [page.table.row_at(n).city for n in range(2)] == ["Medan", "Medan"]
    assert page.table.row_at(0).id == place.next
    assert page.card.findChild(type(page.card)) is not None
    place.frame.page.filter.setText("awal")
    place.settle()
    assert page.table.rowCount() == 1


def test_the_columns_of_the_list_are_chosen_and_found_again(events):
    place = events("en")
    page = place.go("roadshows")
    page.choose_columns()
    assert page.chooser.isVisibleTo(page)

    page.show_columns(tuple(replace(c, hidden=c.key == "needs") for c in page.table.columns))

    place.go("today")
    again = place.go("roadshows")
    assert [c.key for c in again.table.columns if c.hidden] == ["needs"]
    again._usual_columns()
    assert not any(c.hidden for c in again.table.columns)


def test_an_empty_office_is_told_what_roadshows_are(office):
    page = office("en").go("roadshows")

    assert page.empty.isVisible()
    page.new()
    assert page.drawer.form is not None


def test_an_event_opens_with_the_promises_of_the_last_meeting(events):
    place = events()
    page = place.go("roadshow", place.next)

    assert page.segments.value() == "promises"
    shown = [page.promises.table.row_at(n) for n in range(page.promises.table.rowCount())]
    assert [row.what for row in shown if hasattr(row, "what")] == ["janji lama 0", "janji lama 1", "janji lama 2"]


def test_permits_guests_and_promises_are_moved_with_one_key_each(events):
    place = events()
    page = place.go("roadshow", place.next, part="guests")
    page.move_permit(seen(place).permits[0].id, PermitState.GRANTED)
    page.guests.view.go_to_row(0)
    for letter in "yx":
        QTest.keyClicks(page.guests.view, letter)
    place.settle()

    view = seen(place)
    assert view.permits[0].state is PermitState.GRANTED
    assert (view.line.coming, view.line.came) == (1, 1)
    page.show_part("promises")
    page.promises.view.go_to_row(1)
    QTest.keyClicks(page.promises.view, "x")
    form = page.drawer.form
    form.content.editor("evidence").set_value("surel")
    form.save_button.click()
    assert seen(place).last_promises[-1].evidence == "surel"


def test_a_visitor_without_consent_stays_a_visitor(events):
    place = events("en")
    guest = GuestDraft(roadshow_id=place.next, name="Rina Manurung", is_visitor=True, state=GuestState.WALK_IN)
    key = make.made(place.store, roadshow_guests.add_guest, guest)
    page = place.go("roadshow", place.next, part="guests")
    page.guests.view.go_to_id(key)

    page.make_enquiry()
    assert seen(place).guests[-1].journey_id is None

    changed = make.changed(guest, consent_on=dt.date(2026, 11, 2), consent_how="formulir")
    place.do(roadshow_guests.edit_guest, key, changed)
    page.guests.view.go_to_id(key)
    page.make_enquiry()
    assert seen(place).guests[-1].journey_id is not None
    page.guests.view.go_to_id(key)
    page.make_enquiry()
    assert place.frame.kept.trail.here.page == "journey"


def test_a_visitor_who_is_on_record_already_stays_one_person(events):
    place = events("en")
    known = make.patient(place.store, full_name="Rina Manurung", phone="0812 6000 7000")
    guest = GuestDraft(roadshow_id=place.next, name="Rina Manurung", phone="081260007000", is_visitor=True,
                       state=GuestState.WALK_IN, consent_on=dt.date(2026, 11, 2), consent_how="formulir")  # fmt: skip
    key = make.made(place.store, roadshow_guests.add_guest, guest)
    page = place.go("roadshow", place.next, part="guests")
    page.guests.view.go_to_id(key)

    page.make_enquiry()

    pane = page.drawer.findChild(FormPane)
    assert pane.findChild(Choice).value() == known
    pane.save_button.click()
    case = seen(place).guests[-1].journey_id
    assert place.see(lambda session: session.get(JourneyRow, case).patient_id) == known


def test_hidden_people_do_not_stand_on_the_guest_list_nor_in_its_form(events):
    place = events("en")
    guest = GuestDraft(roadshow_id=place.next, name="Hesti Prameswari", house="Nusa", position="head of claims")
    key = make.made(place.store, roadshow_guests.add_guest, guest)
    place.frame.shared.masking.switch()
    page = place.go("roadshow", place.next, part="guests")
    page.guests.view.go_to_id(key)

    shown = " ".join(str(page.guests.table.data(page.guests.table.index(r, c))) for r in range(3) for c in range(6))
    assert "Hesti" not in shown
    assert "head of claims" in shown
    page.guests.view.opened.emit(key)
    assert page.drawer.form.save_button is None if hasattr(page.drawer.form, "save_button") else True


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_form_of_a_roadshow_is_named_and_stays_inside_its_drawer(events, language):
    place = events(language)
    page = place.go("roadshow", place.next)
    view, bench = seen(place), page.bench
    wish = make.made(place.store, roadshow_promises.add_need, NeedDraft(roadshow_id=place.next, wish="GL cepat"))
    promise = seen(place, place.first).promises[0]
    forms = (
        lambda: roadshow_forms.new_roadshow(bench),
        lambda: roadshow_forms.edit_roadshow(bench, place.next),
        lambda: roadshow_forms.call_off_form(bench, place.next),
        lambda: roadshow_forms.permit_form(bench, place.next),
        lambda: roadshow_forms.edit_permit_form(bench, view.permits[0].id),
        lambda: roadshow_forms.session_form(bench, place.next, "2026-11-04"),
        lambda: roadshow_forms.theme_form(bench, place.next),
        lambda: roadshow_forms.guest_form(bench, place.next),
        lambda: roadshow_forms.edit_guest_form(bench, view.guests[0].id),
        lambda: roadshow_forms.invite_form(bench, place.next),
        lambda: roadshow_forms.need_form(bench, place.next),
        lambda: roadshow_forms.edit_need_form(bench, wish),
        lambda: roadshow_forms.promise_form(bench, place.next),
        lambda: roadshow_forms.edit_promise_form(bench, promise.id),
        lambda: roadshow_forms.kept_form(bench, promise.id),
    )

    for open_form in forms:
        open_form()
        place.settle(1)
        form = page.drawer.form
        assert form is not None
        assert nameless(form) == []
        assert form.content.minimumSizeHint().width() <= page.drawer.width() - 32, form.title
    assert place.troubles == []


# meeting mode


def test_meeting_mode_stands_alone_with_names_hidden_and_leaves_as_it_came(events):
    place = events("en")
    guest = GuestDraft(roadshow_id=place.next, name="Hesti Prameswari", position="head of claims", house="Nusa")
    make.do(place.store, roadshow_guests.add_guest, guest)
    place.go("roadshow", place.next)
    page = place.go("meeting", place.next)

    frame = place.frame
    assert (frame.rail.isHidden(), frame.top.isHidden(), frame.status.isHidden()) == (True, True, True)
    assert frame.shared.masking.on
    assert place.window.isFullScreen()
    QTest.keyClicks(page.line.line, "kirim tarif @hesti /15.12")
    assert "head of claims" in page.line.line.accessibleDescription()
    assert "Hesti" not in page.line.line.accessibleDescription()
    QTest.keyClick(page.line.line, Qt.Key.Key_Return)
    assert "Hesti" not in " ".join(w.text() for w in page.findChildren(type(page.line._text)))

    QTest.keyClick(page, Qt.Key.Key_Escape)
    place.settle()
    assert frame.kept.trail.here.page == "roadshow"
    assert not frame.rail.isHidden()
    assert not frame.shared.masking.on
    assert not place.window.isFullScreen()
    assert seen(place).promises[0].owner == "Hesti Prameswari"


def test_names_hidden_before_a_meeting_stay_hidden_after_it(events):
    place = events()
    place.frame.shared.masking.switch()
    page = place.go("meeting", place.next)
    page.leave()

    assert place.frame.shared.masking.on


def test_a_line_in_a_meeting_is_a_wish_until_it_has_a_name_or_a_day(events):
    place = events("en")
    page = place.go("meeting", place.next)
    house = next(g.house for g in seen(place).guests if g.organization_id == place.ids["hospital"])

    for line in (f"One number at night #{house.split()[0].lower()}", "Send the MoU draft /15.12", "Ask again"):
        QTest.keyClicks(page.line.line, line)
        QTest.keyClick(page.line.line, Qt.Key.Key_Return)

    view = seen(place)
    assert [(n.wish, n.topic, n.region) for n in view.needs if n.house] == [
        ("One number at night", Topic.NIGHT, Region.WEST)
    ]
    assert [p.what for p in view.promises] == ["Send the MoU draft"]
    assert page.line.line.text() == ""


def test_a_promise_shown_at_the_meeting_is_kept_today(events):
    place = events("en")
    page = place.go("meeting", place.next)

    page.kept(seen(place).last_promises[0].id)

    assert seen(place).last_promises[-1].evidence == "shown at the meeting"


AYU = Somebody(id=1, name="Ayu Lestari", shown="Ayu Lestari", is_officer=True)
HESTI = Somebody(id=2, name="Bu Hesti", shown="claims, Nusa", house_id=3)
NUSA = Somebody(id=3, name="Nusa Proteksi", shown="Nusa Proteksi", house_id=3)
PEOPLE = (AYU, HESTI, NUSA)


def meant(line, **more):
    return read_meeting_line(line, now=NOW, people=PEOPLE, **more)


def test_a_promise_says_what_who_when_and_to_whom():
    found = meant("Kirim draf MoU @ayu !15/12 #nusa")

    assert found == PromiseMeant(
        what="Kirim draf MoU", owner=AYU, house=NUSA, due_on=dt.date(2026, 12, 15), is_urgent=True
    )
    assert found.draft(9).officer_id == 1
    assert found.draft(9).organization_id == 3


def test_a_part_of_a_name_a_house_and_a_stranger_may_promise():
    assert meant("tarif kamar @hesti /besok").draft(9).organization_id == 3
    assert meant("tarif kamar @nusa /besok").draft(9).owner == "Nusa Proteksi"
    stranger = meant("tarif kamar @pak_joko /besok")
    assert (stranger.what, stranger.draft(9).owner) == ("tarif kamar", "pak joko")


def test_a_line_with_a_name_and_no_day_is_a_promise_without_a_day():
    found = meant("hubungi RS @ayu")

    assert (found.what, found.owner, found.due_on) == ("hubungi RS", AYU, None)


def test_a_wish_knows_its_house_its_region_and_what_it_is_about():
    assert meant("nomor malam #nusa #timur") == WishMeant(
        wish="nomor malam", house=NUSA, region=Region.EAST, topic=Topic.NIGHT
    )
    assert meant("kantin", regions=(Region.WEST,)).region is Region.WEST
    assert meant("kantin", regions=(Region.CENTRAL, Region.EAST)).region is Region.NOT_STATED


def test_what_cannot_be_read_is_told_and_nothing_is_nothing():
    assert meant("kirim /3h") == Unclear(word="/3h", is_h=True)
    assert meant("kirim /kapan") == Unclear(word="/kapan")
    assert meant("  ") is None
    assert meant("#timur") is None


# around


def test_the_box_leads_to_the_event(events):
    place = events()
    found = place.see(search.find, "akhir 2026")

    assert place_of(found[0]).page == "roadshow"


def test_enter_on_a_promise_in_today_opens_its_event(events):
    place = events()
    officer = place.see(offices.officers)[0].id
    promise = RoadshowPromiseDraft(roadshow_id=place.next, what="kirim daftar", officer_id=officer,
                                   due_on=dt.date(2026, 11, 2))  # fmt: skip
    make.do(place.store, roadshow_promises.promise, promise)
    page = place.go("today")
    row = next(n for n in range(page.table.rowCount())
               if getattr(page.table.row_at(n), "title", None) and page.table.row_at(n).journey_id is None)  # fmt: skip
    page.view.go_to_row(row)
    page.open()
    place.settle()

    assert place.frame.kept.trail.here.page == "roadshow"


def test_ticking_a_promise_in_today_asks_where_it_can_be_seen(events):
    place = events()
    officer = place.see(offices.officers)[0].id
    promise = RoadshowPromiseDraft(roadshow_id=place.next, what="kirim daftar", officer_id=officer,
                                   due_on=dt.date(2026, 11, 2))  # fmt: skip
    make.do(place.store, roadshow_promises.promise, promise)
    page = place.go("today")
    line = next(
        row
        for n in range(page.table.rowCount())
        if (row := page.table.row_at(n)) is not None and row.title.text(page.desk.words) == "kirim daftar"
    )
    page.view.go_to_id(line.id)

    page.finish()

    form = page.drawer.findChild(Form)
    assert next(p for p in seen(place).promises if p.what == "kirim daftar").done_on is None
    form.editor("evidence").set_value("surel 20 November")
    page.drawer.findChild(FormPane).save_button.click()
    kept = next(p for p in seen(place).promises if p.what == "kirim daftar")
    assert (kept.done_on, kept.evidence) == (dt.date(2026, 11, 20), "surel 20 November")


def test_lists_of_roadshows_go_into_a_workbook_on_record(events, tmp_path):
    place = events("en")
    page = place.go("roadshow", place.next)
    for part in ("prepare", "guests", "needs", "promises"):
        page.show_part(part)
        page.copy_out(tmp_path / f"{part}.xlsx")
    place.go("roadshows").copy_to(tmp_path / "list.xlsx")
    place.go("roadshow_series").copy_out(tmp_path / "series.xlsx")
    place.settle()

    assert sorted(p.stem for p in tmp_path.glob("*.xlsx")) == [
        "guests", "list", "needs", "prepare", "promises", "series",
    ]  # fmt: skip
    assert place.troubles == []


def test_cities_of_a_series_stand_side_by_side(events):
    place = events("en")
    other = make.made(place.store, roadshows.add_roadshow, event(city="Surabaya"))
    for key, wish in ((place.next, "nomor malam"), (other, "nomor malam juga")):
        make.do(place.store, roadshow_promises.add_need, NeedDraft(roadshow_id=key, wish=wish, topic=Topic.NIGHT))
    make.do(place.store, roadshow_promises.add_need, NeedDraft(roadshow_id=other, wish="kapal", topic=Topic.TRAVEL))
    page = place.go("roadshow_series", series="Akhir 2026")

    model = page.view.model()
    told = [model.data(model.index(r, 1)) for r in range(2)]
    assert told == ["asked in all 2 cities", "only in Surabaya"]


def test_an_item_a_theme_and_a_guest_typed_by_mistake_are_removed_from_their_forms(events):
    place = events()
    make.do(place.store, roadshows.add_session, SessionDraft(roadshow_id=place.next, title="Salah", starts_at=NOW))
    make.do(place.store, roadshows.add_theme, ThemeDraft(roadshow_id=place.next, theme="Salah"))
    bench = place.go("roadshow", place.next).bench
    forms = {
        "sessions": roadshow_forms.edit_session_form,
        "themes": roadshow_forms.edit_theme_form,
        "guests": roadshow_forms.edit_guest_form,
    }

    for part, open_form in forms.items():
        wrong = getattr(seen(place), part)[-1].id
        open_form(bench, wrong)
        place.settle(1)
        bench.drawer.findChild(QAbstractButton, "take_off").click()
        place.settle(1)

        assert wrong not in {one.id for one in getattr(seen(place), part)}
    assert place.troubles == []
