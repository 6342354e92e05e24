"""A roadshow in Medan with the sample office, through the window: prepared, held, followed up, the next one opened."""

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.domain.roadshows import PermitState
from liaison.services import network, roadshow_views, today, views
from liaison.services.roadshow_views import RoadshowState
from liaison.ui.widgets.editors import TickEdit
from tests import sampling
from tests.reports.reading import text_of
from tests.walks.conftest import at_the_window

SIX = (
    "Kirim draf MoU @ayu /15.12", "Tarif kamar baru @{insurer} /5.1", "Nomor malam meja @{hospital} /Sen",
    "Daftar panel @hesti /+9hari", "Angka triwulan @ayu /8.1", "Contoh surat GL @{insurer} /+20hari",
)  # fmt: skip
DAYS_AHEAD = 20


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sampling.sample_folder(tmp_path_factory)


@pytest.fixture
def at_sample(qapp, tmp_path, sample):
    shutil.copytree(sample, tmp_path / "office")
    clock = sampling.clock()
    with at_the_window(qapp, tmp_path / "office", clock) as who:
        who.clock = clock
        yield who


def typed(widget, text):
    """Type a line and press Enter."""
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)
    QTest.qWait(5)


def fill(form, **values):
    """Put values into a form's fields and save it."""
    for name, value in values.items():
        form.content.editor(name).set_value(value)
    form.save_button.click()
    QTest.qWait(5)


def printed(page, name, audience, language, *, tmp_path):
    """A paper through its preview, saved; its text."""
    page.desk.go("reports", None, name=name, event=str(page.place.record), audience=audience, language=language)
    QTest.qWait(5)
    reports = page.desk.frame.page
    assert reports._result is not None, name
    target = tmp_path / f"{name}-{audience}-{language}.pdf"
    reports.save_to(target)
    return text_of(target.read_bytes())


def test_a_roadshow_in_medan_from_its_first_line_to_the_next_meeting(at_sample, tmp_path):
    who = at_sample
    see = who.see

    # prepared: an event, its permits, its guests
    page = who.go("roadshows")
    before = {line.id for line in see(roadshow_views.roadshow_lines)}
    page.new()
    day = page.desk.today() + dt.timedelta(days=DAYS_AHEAD)
    fill(page.drawer.form, series="Meja bundar akhir tahun", city="Medan", starts_on=day, venue="Hotel Contoh Deli")
    key = next(line.id for line in see(roadshow_views.roadshow_lines) if line.id not in before)
    page = who.go("roadshow", key)
    assert see(roadshow_views.roadshow_view, key).last_promises, "it opens with last time's promises"
    for permit in see(roadshow_views.roadshow_view, key).permits:
        page.move_permit(permit.id, PermitState.GRANTED)
    page.show_part("guests")
    page.invite()
    houses = [*see(network.insurers)[:2], *see(network.hospitals)[:2]]
    for tick in page.drawer.form.content.findChildren(TickEdit):
        if any(tick.box.text().startswith(house.name) for house in houses):
            tick.set_value(True)
    page.drawer.form.save_button.click()
    QTest.qWait(5)
    page.add_guest()
    fill(page.drawer.form, organization_id=houses[0].id, name="Hesti Prameswari", position="kepala klaim")
    view = see(roadshow_views.roadshow_view, key)
    assert (view.line.permits_open, view.line.invited) == (0, 5)

    # papers before: invitations and the pack, in both languages
    for language, word in (("id", "Undangan"), ("en", "Invitation")):
        told = printed(page, "roadshow_invitations", "insurer", language, tmp_path=tmp_path)
        assert houses[0].name in told
        assert word in told
        pack = printed(page, "city_pack", "public", language, tmp_path=tmp_path)
        assert houses[0].name not in pack
        assert "Hesti" not in pack
    assert see(roadshow_views.roadshow_view, key).line.pack_made_at is not None
    assert "Hesti Prameswari" in printed(page, "roadshow_check_in", "", "id", tmp_path=tmp_path)

    # held: check-in, a visitor with consent, six promises in meeting mode
    who.clock.forward(days=DAYS_AHEAD)
    page = who.go("roadshow", key, part="guests")
    page.guests.view.selectAll()
    page.check_in()
    page.guests.view.go_to_row(0)
    page.not_there()
    assert see(roadshow_views.roadshow_view, key).line.came == 4, "checked in by mistake"
    page.check_in()
    page.add_visitor()
    visitor = {"name": "Rosmaida Sinaga", "phone": "0812-555-0107", "need": "nyeri lutut",
               "consent_on": page.desk.today(), "consent_how": "tanda tangan di daftar hadir"}  # fmt: skip
    fill(page.drawer.form, **visitor)
    guest = next(g for g in see(roadshow_views.roadshow_view, key).guests if g.is_visitor)
    page.guests.view.go_to_id(guest.id)
    page.make_enquiry()
    view = see(roadshow_views.roadshow_view, key)
    case = next(g for g in view.guests if g.is_visitor).journey_id
    assert see(views.journey_view, case).need == "nyeri lutut"
    assert view.line.came == 6
    meeting = who.go("meeting", key)
    names = {"insurer": houses[0].name.split()[0].lower(), "hospital": houses[2].name.split()[0].lower()}
    for line in SIX:
        typed(meeting.line.line, line.format(**names))
    typed(meeting.line.line, f"satu lembar angka tiap bulan #{names['insurer']}")
    assert not any("Hesti" in label.text() for label in meeting.findChildren(type(meeting.line._text)))
    QTest.keyClick(meeting, Qt.Key.Key_Escape)
    QTest.qWait(5)
    view = see(roadshow_views.roadshow_view, key)
    assert len(view.promises) == 6
    assert all(p.who and p.due_on for p in view.promises)
    assert [n.house for n in view.needs] == [houses[0].name]
    assert {p.what for p in view.promises} <= {t.title.text(page.desk.words) for t in see(today.open_tasks)}

    # followed up: letters, an insurer's own sheet, the event closed
    who.clock.forward(days=1)
    page = who.go("roadshow", key, part="promises")
    letters = printed(page, "roadshow_follow_up", "insurer", "id", tmp_path=tmp_path)
    assert "satu lembar angka tiap bulan" in letters
    page = who.go("roadshow", key, part="promises")
    page.close_event()
    assert see(roadshow_views.roadshow_view, key).line.state is RoadshowState.CLOSED

    # the next event of the city opens with them
    page = who.go("roadshows")
    page.new()
    fill(page.drawer.form, series="Meja bundar awal tahun", city="Medan", starts_on=day + dt.timedelta(days=180))
    QTest.qWait(5)
    page = who.page
    assert page.place.page == "roadshow"
    assert page.segments.value() == "promises"
    assert {p.what for p in page.shown.last_promises} == {p.what for p in view.promises}
