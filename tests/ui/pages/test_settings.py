"""Settings in sentences: found by typing, holding at once, undone where they live in the office's store."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from liaison.domain.listing import ListStatus
from liaison.services import list_memory, office_hours, pregnancies, retention, travel_rules
from liaison.services import office as offices
from liaison.services.list_memory import ListKind
from liaison.services.office_messages import USUAL, Message
from liaison.settings import Settings
from liaison.store import backup, kdf
from liaison.ui.pages.course_forms import airline_rule_form
from liaison.ui.pages.settings import SUBJECTS
from liaison.ui.pages.settings_machine import LockPart
from liaison.ui.theme import Palette
from liaison.ui.widgets.label import Label
from tests import make
from tests.services.test_office_messages import text_of

pytestmark = pytest.mark.bare

STRONG = "kuda laut tujuh payung merah"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(kdf, "fitting", lambda: kdf.CHEAP)


@pytest.fixture
def kept(at_home, monkeypatch):
    """What the program was asked to remember on this machine."""
    found = {}
    object.__setattr__(at_home.frame.shared, "remember", lambda **changes: found.update(changes))
    return found


def part(place, key):
    return place.go("settings", part=key)._shown


def texts(widget):
    return "\n".join(label.whole_text() for label in widget.findChildren(Label))


# finding


def test_typing_finds_the_subject_that_holds_a_setting_and_enter_opens_it(office):
    page = office(language="en").go("settings")

    QTest.keyClicks(page.search.line, "without a touch")
    found = list(page.buttons)
    QTest.keyClick(page.search.line, Qt.Key.Key_Return)

    assert found == ["lock"]
    assert isinstance(page._shown, LockPart)


def test_what_nothing_is_called_says_so(at_home):
    page = at_home.go("settings")

    QTest.keyClicks(page.search.line, "zzzz")

    assert page.buttons == {}


@pytest.mark.parametrize("subject", [s.key for s in SUBJECTS])
def test_every_subject_opens_in_both_languages(office, subject):
    for language in ("id", "en"):
        place = office(language=language)
        assert part(place, subject).isVisible()
        assert not place.troubles


# this machine


def test_the_lock_is_set_in_a_sentence_and_restored(at_home, kept):
    lock = part(at_home, "lock")
    lock.minutes.set_value(10)
    lock.minutes.changed.emit()
    said = dict(kept)

    lock.restore()

    assert said == {"idle_minutes": 10}
    assert kept == {"idle_minutes": Settings().idle_minutes}


def test_colours_and_size_hold_at_once_and_are_restored(at_home, kept):
    look = part(at_home, "look")
    look.colours.set_value(Palette.DARK)
    look.colours.changed.emit()
    look.text_size.set_value(125)
    look.text_size.changed.emit()
    shown = (at_home.frame.desk.theme.dark, at_home.frame.desk.theme.zoom, dict(kept))

    look.restore()

    assert shown == (True, 125, {"palette": "dark", "zoom": 125})
    assert kept == {"palette": "system", "zoom": 100}


def test_the_passphrase_changes_only_for_who_knows_the_present_one(at_home):
    lock = part(at_home, "lock")
    lock.present.set_value("bukan sandi saya")
    lock.first.set_value(STRONG)
    lock.second.set_value(STRONG)
    lock._change()
    at_home.settle()
    refused = lock.wrong.isVisibleTo(lock)

    lock.present.set_value(make.PASSPHRASE)
    lock._change()
    at_home.settle()

    assert refused
    assert not lock.wrong.isVisibleTo(lock)
    assert lock.first.typed() == ""
    at_home.store.close()
    from liaison.store.opening import open_store

    open_store(at_home.store.folder, STRONG, clock=at_home.clock).close()


@pytest.mark.parametrize(("first", "second"), [("password1234", "password1234"), (STRONG, STRONG + "x")])
def test_a_weak_passphrase_and_two_that_differ_are_refused(at_home, first, second):
    lock = part(at_home, "lock")
    lock.first.set_value(first)
    lock.second.set_value(second)

    lock._change()

    assert lock.wrong.isVisibleTo(lock)


def test_a_new_recovery_code_is_shown_once_with_print_and_save(at_home):
    lock = part(at_home, "lock")

    lock._new_code()
    at_home.settle()

    assert lock.code_place.isVisible()
    assert len(lock.code.label.text()) > 20


# backups


def test_backups_tell_their_age_and_can_be_opened_again(at_home):
    safety = part(at_home, "safety")
    before = safety.age.label.whole_text()
    safety._back_up()
    at_home.settle()
    at_home.clock.forward(hours=30)
    made = backup.listed(at_home.store.folder / "backups")

    safety._look()
    at_home.settle()
    safety._verify(made[0][0])
    at_home.settle()

    assert len(made) == 1
    assert safety.age.label.whole_text() != before
    assert "30" in safety.age.label.whole_text()
    assert not at_home.troubles


# the office's own


def test_working_hours_hold_at_once_and_one_undo_takes_them_back(at_home):
    hours = part(at_home, "hours")
    hours.opens.line.setText("9")
    hours.opens.committed.emit()
    at_home.settle()
    changed = at_home.see(office_hours.work_hours).opens
    at_home.frame.undo()
    at_home.settle()

    assert changed == dt.time(9)
    assert at_home.see(office_hours.work_hours).opens == dt.time(8)


def test_hours_that_cannot_be_read_or_close_first_say_so_and_change_nothing(at_home):
    hours = part(at_home, "hours")
    hours.opens.line.setText("25")
    hours.opens.committed.emit()
    unreadable = hours.wrong.isVisibleTo(hours)
    hours.opens.line.setText("18")
    hours.opens.committed.emit()

    assert unreadable
    assert hours.wrong.isVisibleTo(hours)
    assert at_home.see(office_hours.work_hours) == office_hours.WorkHours()


def test_a_day_off_comes_and_goes(at_home):
    hours = part(at_home, "hours")
    hours._add()
    missing = hours.wrong.isVisibleTo(hours)
    hours.day.line.setText("24/12")
    hours.name.set_value("Cuti Natal")
    hours._add()
    at_home.settle()
    added = at_home.see(office_hours.work_hours).days_off
    hours._remove(added[0])
    at_home.settle()

    assert missing
    assert [(d.on.month, d.on.day, d.name) for d in added] == [(12, 24, "Cuti Natal")]
    assert at_home.see(office_hours.work_hours).days_off == ()


def test_hours_are_restored_and_keep_the_days_off(at_home):
    day = office_hours.DayOff(on=dt.date(2026, 12, 24), name="Cuti")
    at_home.do(office_hours.keep_work_hours, office_hours.WorkHours(opens=dt.time(6), days_off=(day,)))
    hours = part(at_home, "hours")

    hours.restore()
    at_home.settle()

    assert at_home.see(office_hours.work_hours) == office_hours.WorkHours(days_off=(day,))


def test_a_colleague_gets_a_record_and_a_passphrase_and_is_let_go_again(at_home):
    officers = part(at_home, "officers")
    officers._new()
    form = officers.drawer.form.content
    for name, value in {"name": "Budi Santoso", "passphrase": STRONG, "again": STRONG}.items():
        form.editors[name].set_value(value)
    officers.drawer.form.save_button.click()
    at_home.settle()
    budi = next(o for o in at_home.see(offices.officers) if o.name == "Budi Santoso")
    slots = {s.officer.id for s in at_home.store.envelope.slots if s.officer is not None}

    officers._let_go(budi)
    at_home.settle()

    left = {s.officer.id for s in at_home.store.envelope.slots if s.officer is not None}
    assert budi.id in slots
    assert budi.id not in left
    assert not next(o for o in at_home.see(offices.officers) if o.id == budi.id).is_active


def test_nobody_lets_oneself_go_and_a_weak_first_passphrase_is_refused_at_its_field(at_home):
    officers = part(at_home, "officers")
    me = at_home.see(offices.officers)[0]
    officers._let_go(me)
    officers._new()
    form = officers.drawer.form.content
    for name, value in {"name": "Budi", "passphrase": "budi", "again": "lain"}.items():
        form.editors[name].set_value(value)
    officers.drawer.form.save_button.click()
    at_home.settle()

    assert at_home.see(offices.officers)[0].is_active
    assert form._below["passphrase"].isVisibleTo(form)
    assert form._below["again"].isVisibleTo(form)
    assert len(at_home.see(offices.officers)) == 1


def test_an_officer_of_the_same_name_leaves_no_passphrase_behind(at_home):
    officers = part(at_home, "officers")
    slots = len(at_home.store.envelope.slots)
    officers._new()
    form = officers.drawer.form.content
    for name, value in {"name": make.OFFICER, "passphrase": STRONG, "again": STRONG}.items():
        form.editors[name].set_value(value)

    officers.drawer.form.save_button.click()
    at_home.settle()

    assert len(at_home.store.envelope.slots) == slots
    assert form._below["name"].isVisibleTo(form)


def test_an_officers_details_are_changed(at_home):
    officers = part(at_home, "officers")
    officers._edit(at_home.see(offices.officers)[0])
    officers.drawer.form.content.editor("phone").set_value("+62 811-600-700")

    officers.drawer.form.save_button.click()
    at_home.settle()

    assert at_home.see(offices.officers)[0].phone == "+62 811-600-700"


def test_what_a_list_taught_is_shown_and_forgotten_with_an_undo(at_home):
    at_home.do(list_memory.remember_columns, ListKind.CLAIMS, {"NO KLAIM": "claim_no"}, name="klaim okt.xlsx")
    at_home.do(list_memory.remember_statuses, ListKind.CLAIMS, {"udah dibayar": ListStatus.PAID})
    lists = part(at_home, "lists")
    shown = texts(lists)

    lists._forget(list_memory.forget_status, ListKind.CLAIMS, "udah dibayar")
    at_home.settle()
    gone = at_home.see(list_memory.claim_statuses)
    at_home.frame.undo()
    at_home.settle()

    assert "klaim okt.xlsx" in shown
    assert "udah dibayar" in shown
    assert gone == {}
    assert at_home.see(list_memory.claim_statuses) == {"udah dibayar": ListStatus.PAID}


def test_a_message_is_written_in_the_offices_own_words_and_restored(at_home):
    messages = part(at_home, "messages")
    messages.texts["id"].set_value("Halo {name}, kasus {case}.")
    messages.texts["id"].committed.emit()
    at_home.settle()
    own = at_home.see(text_of, Message.STATUS, "id")

    messages.restore()
    at_home.settle()

    assert own == "Halo {name}, kasus {case}."
    assert at_home.see(text_of, Message.STATUS, "id") == USUAL[Message.STATUS]["id"]
    assert messages.texts["id"].value() == USUAL[Message.STATUS]["id"]


def test_a_message_that_asks_for_a_diagnosis_is_refused_under_it(at_home):
    messages = part(at_home, "messages")
    messages.texts["en"].set_value("Hello {diagnosis}")

    messages.texts["en"].committed.emit()

    assert "diagnosis" in messages.wrong.text()
    assert at_home.see(text_of, Message.STATUS, "en") == USUAL[Message.STATUS]["en"]


def test_a_word_to_fill_in_is_put_with_one_press(at_home):
    messages = part(at_home, "messages")
    messages.texts["id"].set_value("")

    messages._put_word("case")

    assert messages.texts["id"].value() == "{case}"


# restoring a page


def test_the_offices_habits_are_restored_in_one_step_that_can_be_undone(at_home):
    draft = at_home.see(offices.office_draft)
    at_home.do(offices.edit_office, make.changed(draft, zone="Asia/Jayapura", language="en", report_currency="MYR"))
    page = part(at_home, "office")

    page.restore()
    restored = at_home.see(offices.office_draft)
    at_home.frame.undo()
    undone = at_home.see(offices.office_draft)

    assert (restored.zone, restored.language, restored.report_currency) == ("Asia/Jakarta", "id", "IDR")
    assert (restored.name, restored.address) == (draft.name, draft.address)
    assert (undone.zone, undone.language) == ("Asia/Jayapura", "en")


def test_everything_learnt_from_lists_is_forgotten_in_one_step_that_can_be_undone(at_home):
    at_home.do(list_memory.remember_statuses, ListKind.CLAIMS, {"proses": ListStatus.PENDING_DOCUMENTS})
    page = part(at_home, "lists")

    page.restore()
    forgotten = at_home.see(list_memory.claim_statuses)
    at_home.frame.undo()

    assert forgotten == {}
    assert at_home.see(list_memory.claim_statuses) == {"proses": ListStatus.PENDING_DOCUMENTS}


def test_every_page_restores_what_is_usual_or_says_that_nothing_is(office):
    place = office("en")
    for subject in ("office", "look", "lock", "hours", "retention", "travel", "messages", "lists", "keys"):
        names = [button.accessibleName() for button in part(place, subject).findChildren(QPushButton)]
        assert "Restore the usual" in names, subject
    for subject in ("officers", "rates", "safety"):
        assert "to restore" in texts(part(place, subject)), subject


def test_a_travel_rule_is_changed_in_its_row_and_never_checked_is_said(at_home):
    travel = part(at_home, "travel")
    assert at_home.words("never checked") in texts(travel)

    travel.edit_country(next(v for v in at_home.see(travel_rules.countries) if v.rule.code == "SG"))
    form = travel.drawer.form.content
    form.editor("visit_days").set_value(45)
    form.editor("source").set_value("ica.gov.sg")
    travel.drawer.form.save_button.click()

    rule = at_home.see(travel_rules.rules_here).country("SG")
    assert (rule.visit_days, rule.source, rule.checked_on) == (45, "ica.gov.sg", at_home.frame.desk.today())
    assert "ica.gov.sg" in texts(travel)
    travel.restore()
    assert at_home.see(travel_rules.rules_here).country("SG").visit_days == 30


def test_the_lead_time_of_a_medical_form_is_changed_in_its_row(at_home):
    travel = part(at_home, "travel")
    view = next(v for v in at_home.see(travel_rules.medif_rules) if v.rule.days == 10)
    travel.edit_medif(view)
    form = travel.drawer.form.content
    assert "carrier" not in form.boxes
    form.editor("days").set_value(14)
    form.editor("source").set_value("malaysiaairlines.com/medif")
    travel.drawer.form.save_button.click()

    rule = at_home.see(travel_rules.rules_here).airline(view.rule.name, "", view.rule.need)
    assert (rule.days, rule.checked_on) == (14, at_home.frame.desk.today())
    assert "malaysiaairlines.com/medif" in texts(travel)

    travel.add_medif()
    assert "carrier" in travel.drawer.form.content.boxes


def test_the_rule_of_an_airline_for_pregnant_passengers_is_written_down_and_changed(at_home):
    travel = part(at_home, "travel")
    travel.add_airline()
    form = travel.drawer.form.content
    form.editor("carrier").set_value("Batik Air")
    form.editor("source").set_value("batikair.com")
    travel.drawer.form.save_button.click()
    assert "Batik Air" in texts(travel)

    airline_rule_form(travel.bench, known=at_home.see(pregnancies.airline_rules)[0])
    travel.drawer.form.content.editor("last_week").set_value(34)
    travel.drawer.form.save_button.click()

    assert [r.last_week for r in at_home.see(pregnancies.airline_rules)] == [34]


def test_how_long_records_are_kept_is_one_sentence_with_whose_time_is_over(at_home):
    keeping = part(at_home, "retention")
    assert keeping.years.value() == 10

    keeping.years.line.setText("0")
    keeping.years.committed.emit()
    assert keeping.wrong.isVisible()
    keeping.years.line.setText("7")
    keeping.years.committed.emit()
    assert at_home.see(retention.kept_years) == 7
    keeping.restore()

    assert at_home.see(retention.kept_years) == 10
    assert at_home.words("Nobody's time is over today.") in texts(keeping)
