"""The pages around a case: today, the network, history, settings."""

import datetime as dt

from liaison.domain.network import OrganizationKind
from liaison.domain.work import TaskDraft
from liaison.services import network, office, work
from liaison.store import backup
from liaison.ui.widgets.label import Label
from tests import make


def texts(widget):
    """Everything that stands written in a widget."""
    return "\n".join(label.whole_text() for label in widget.findChildren(Label))


def test_the_network_shows_a_house_with_whom_to_call_and_when_it_was_checked(at_home):
    page = at_home.go("network", at_home.ids["hospital"])

    house = at_home.see(network.organization, at_home.ids["hospital"])
    assert page.view.current_row().name == house.name
    shown = texts(page.card)
    assert house.name in shown
    assert any(c.phone in shown for c in house.contacts) or not house.contacts


def test_a_new_hospital_is_written_from_its_form_and_chosen(at_home):
    page = at_home.go("network")
    page._new()
    form = page.drawer.form.content
    form.editor("name").set_value("Rumah Sakit Uji Penang")
    form.editor("city").set_value("Penang")
    form.editor("country").set_value("MY")

    page.drawer.form.save_button.click()
    at_home.settle()

    assert "Rumah Sakit Uji Penang" in {h.name for h in at_home.see(network.hospitals)}
    assert page.view.current_row().name == "Rumah Sakit Uji Penang"


def test_a_hospital_without_a_name_is_refused_under_its_field_and_nothing_is_written(at_home):
    page = at_home.go("network")
    before = len(at_home.see(network.hospitals))
    page._new()
    form = page.drawer.form.content

    page.drawer.form.save_button.click()

    assert form.boxes["name"].problem_text
    assert len(at_home.see(network.hospitals)) == before


def test_typing_filters_the_network_by_name_city_group_and_digits(at_home):
    page = at_home.go("network")
    name = page.view.current_row().name

    page.bar.filter.set_text(name[:5], tell=True)

    assert page.table.count >= 1
    page.bar.filter.set_text("no such house anywhere", tell=True)
    assert page.table.count == 0
    assert page.empty.isVisible()


def test_a_desk_is_marked_as_verified_today_with_one_click(at_home):
    contact = next(iter(at_home.see(network.organization, at_home.ids["hospital"]).contacts), None)
    if contact is None:
        draft = make.contact_draft(organization_id=at_home.ids["hospital"])
        make.do(at_home.store, network.add_contact, draft)
        contact = at_home.see(network.organization, at_home.ids["hospital"]).contacts[0]
    page = at_home.go("network", at_home.ids["hospital"])

    page.card._verify(contact)

    fresh = at_home.see(network.organization, at_home.ids["hospital"]).contacts
    assert next(c for c in fresh if c.id == contact.id).last_verified_on == at_home.frame.desk.today()


def test_insurers_stand_under_their_own_word(at_home):
    page = at_home.go("network", group="insurers")

    kinds = {page.table.row_at(n).kind for n in range(page.table.count)}
    assert kinds == {OrganizationKind.INSURER}


def test_history_of_the_office_tells_each_step_and_takes_one_back(at_home):
    changes = at_home.do(
        work.add_task, TaskDraft(title="Telepon keluarga", journey_id=at_home.ids["journey"], due_at=at_home.clock.now)
    )
    page = at_home.go("history")
    first = page.view.current_row()
    assert first.can_undo

    page._take_back()
    at_home.settle()

    assert changes.made not in {t.id for t in at_home.see(_open_tasks, at_home.ids["journey"])}
    assert not at_home.troubles


def _open_tasks(session, journey_id):
    from liaison.services.today import tasks_of

    return tasks_of(session, journey_id)


def test_history_of_a_record_tells_before_and_after(at_home):
    draft = at_home.see(network.organization_draft, at_home.ids["hospital"])
    import dataclasses

    at_home.do(network.edit_organization, at_home.ids["hospital"], dataclasses.replace(draft, short_name="RS Uji"))

    page = at_home.go("history", at_home.ids["hospital"], kind="organization")

    assert "RS Uji" in texts(page.side)


def test_today_lists_what_is_late_and_a_step_is_done_with_a_key(at_home):
    at_home.do(
        work.add_task,
        TaskDraft(
            title="Telepon rumah sakit",
            journey_id=at_home.ids["journey"],
            due_at=at_home.clock.now + dt.timedelta(hours=1),
        ),
    )
    at_home.clock.forward(hours=3)
    page = at_home.go("today")
    rows = [page.table.row_at(n) for n in range(page.table.rowCount())]
    line = next(r for r in rows if r is not None and r.title.text(at_home.words) == "Telepon rumah sakit")
    page.view.go_to_id(line.id)

    page._key("X")
    at_home.settle()

    done = page._view.groups[-1]
    assert line.id in [each.id for each in done.lines]


def test_the_office_is_changed_in_the_settings_and_stands_on_the_paper(at_home):
    page = at_home.go("settings")
    form = page._shown.form
    form.editor("letterhead").set_value("Izin 123/2026")

    page._shown._save()
    at_home.settle()

    assert at_home.see(office.office).letterhead == "Izin 123/2026"


def test_a_backup_is_made_from_the_settings(at_home):
    page = at_home.go("settings", part="safety")

    page._shown._back_up()
    at_home.settle()

    assert backup.newest(at_home.store.folder / "backups", at_home.store.opened) is not None


def test_a_short_passphrase_is_refused_with_the_cure(at_home):
    page = at_home.go("settings", part="lock")
    page._shown.first.set_value("pendek")
    page._shown.second.set_value("pendek")

    page._shown._change()

    assert page._shown.wrong.isVisibleTo(page)
