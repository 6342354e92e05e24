"""The form: a draft on the screen, its problems at its fields."""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from liaison.domain.coded import Coded
from liaison.domain.errors import Refused
from liaison.domain.fields import check_required, draft, field
from liaison.domain.money import Money
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.ui.widgets.editors import Choice, LongText
from liaison.ui.widgets.form import Form, Heading, UnboundField


class Path(Coded):
    LETTER = "LETTER", N_("guarantee letter")
    SELF = "SELF", N_("pays himself")


@draft
class CaseDraft:
    name: str = field(N_("Full name"), required=True, help=N_("As in the passport."))
    path: Path = field(N_("Payer"), default=Path.LETTER)
    billed: Money | None = field(N_("Billed"), default=None)
    admitted_on: dt.date | None = field(N_("Admitted on"), default=None)
    called_at: dt.datetime | None = field(N_("Called at"), default=None)
    nights: int | None = field(N_("Stay"), unit=N_("nights"), default=None)
    languages: tuple[str, ...] = field(N_("Languages"), default=())
    urgent: bool = field(N_("Urgent"), default=False)
    phone: str = field(N_("Telephone"), default="")
    note: str = field(N_("Note"), default="")
    version: int = field(N_("Version"), default=0)


ROWS = ["name", ("path", "urgent"), Heading(text=N_("Money")), "billed", ("admitted_on", "called_at"), "nights",
        "languages", "phone", "note"]  # fmt: skip


@pytest.fixture
def form(desk, qtbot):
    form = Form(desk, CaseDraft, ROWS, kept=("version",))
    qtbot.addWidget(form)
    form.resize(520, 700)
    form.show()
    return form


FULL = CaseDraft(
    name="Suyanti", path=Path.SELF, billed=Money.of(Decimal("1234.50"), "MYR"), admitted_on=dt.date(2026, 11, 14),
    called_at=dt.datetime(2026, 11, 20, 7, 2, tzinfo=dt.UTC), nights=8, languages=("id", "zh"), urgent=True,
    phone="+62 812-345-678", note="two\nlines", version=3,
)  # fmt: skip


def test_what_is_shown_comes_back_unchanged(form):
    form.set(FULL)

    assert form.read() == FULL
    assert form.dirty == frozenset()


def test_an_empty_form_reads_as_the_draft_of_empty_fields(form):
    read = form.read()

    assert read.name == ""
    assert read.billed is read.admitted_on is read.nights is None
    assert [p.field for p in check_required(read)] == ["name"]


def test_either_notation_of_an_amount_is_read_and_echoed_in_the_shown_language(form, qtbot):
    editor = form.editor("billed")
    qtbot.keyClicks(editor.line, "1,234.50")

    editor.line.editingFinished.emit()

    assert editor.line.text() == "1.234,50"
    assert form.read().billed == Money.of("1234.50", "MYR")


def test_everything_that_cannot_be_read_is_told_at_its_field_at_once(form):
    form.editor("billed").line.setText("abc")
    form.editor("admitted_on").line.setText("31/11/2026")
    form.editor("nights").line.setText("many")

    with pytest.raises(Refused) as refused:
        form.read()
    form.show(refused.value.problems)

    assert [p.field for p in refused.value.problems] == ["billed", "admitted_on", "nights"]
    assert form.boxes["admitted_on"].problem_text == refused.value.problems[1].text(form.desk.words)
    assert form.editor("billed").inner().property("wrong") == "true"


def test_problems_stand_under_their_fields_and_the_first_has_the_focus(form, qtbot):
    form.window().activateWindow()
    form.show([
        Problem(code="A", message=N_("Warned."), field="name", severity="warning"),
        Problem(code="B", message=N_("Wrong."), field="nights"),
        Problem(code="C", message=N_("Of no field.")),
    ])  # fmt: skip

    qtbot.waitUntil(lambda: form.editor("nights").line.hasFocus())
    assert form.boxes["nights"].problem_text == "Wrong."
    assert form.boxes["name"].problem_text == "Warned."
    assert form.editor("name").inner().property("wrong") == "false"
    assert form._loose.text() == "Of no field."


def test_typing_takes_the_problem_away(form, qtbot):
    form.show([Problem(code="A", message="x", field="name")])

    qtbot.keyClicks(form.editor("name").line, "Su")

    assert form.boxes["name"].problem_text == ""
    assert form.dirty == {"name"}


def test_a_field_left_changed_is_announced_for_saving(form, qtbot):
    left = []
    form.committed.connect(left.append)
    form.set(FULL)

    form.editor("name").line.editingFinished.emit()
    qtbot.keyClicks(form.editor("name").line, "!")
    form.editor("name").line.editingFinished.emit()

    assert left == ["name"]


def test_a_form_that_forgets_a_field_cannot_be_built(desk):
    with pytest.raises(UnboundField, match="version"):
        Form(desk, CaseDraft, ROWS)
    with pytest.raises(UnboundField, match="nobody"):
        Form(desk, CaseDraft, [*ROWS, "nobody"], kept=("version",))
    with pytest.raises(UnboundField, match="name"):
        Form(desk, CaseDraft, [*ROWS, "name"], kept=("version",))
    with pytest.raises(UnboundField, match="version"):
        Form(desk, CaseDraft, ROWS, kept=("version",), editors={"version": LongText(desk)})


def test_submit_writes_the_draft_as_one_action_or_shows_why_not(form, qtbot):
    saved, seen = [], []
    form.editor("nights").line.setText("x")
    form.submit("File", lambda session, given: seen.append(given), done=saved.append)
    assert seen == []
    assert form.boxes["nights"].problem_text

    form.editor("nights").line.setText("3")
    form.submit("File", lambda session, given: seen.append(given), done=saved.append)

    assert seen[0].nights == 3
    assert form.desk.runner.store.titles == ["File"]
    assert len(saved) == 1


def test_half_typed_text_survives_a_rebuilt_form(form, desk, qtbot):
    form.set(FULL)
    qtbot.keyClicks(form.editor("name").line, " br")
    form.editor("admitted_on").line.setText("bes")
    form.editor("admitted_on").line.textEdited.emit("bes")
    kept = form.keep()

    other = Form(desk, CaseDraft, ROWS, kept=("version",))
    qtbot.addWidget(other)
    other.set(FULL)
    other.resume(kept)

    assert other.editor("name").typed() == "Suyanti br"
    assert other.editor("admitted_on").typed() == "bes"
    assert other.dirty == {"name", "admitted_on"}


def test_a_guess_is_marked_until_it_is_touched(form, qtbot):
    form.boxes["name"].show_guess()
    assert form.editor("name").inner().property("guessed") == "true"

    qtbot.keyClicks(form.editor("name").line, "x")

    assert form.editor("name").inner().property("guessed") == "false"


def test_labels_help_unit_and_marks_come_from_the_draft(form, qtbot):
    name, nights = form.boxes["name"], form.boxes["nights"]

    assert name.editor.inner().accessibleName().startswith(form.desk.words("Full name"))
    assert name.editor.inner().accessibleDescription() == form.desk.words("As in the passport.")
    assert any("(" in label.text() for label in nights.findChildren(type(form._loose)))


def test_a_long_list_is_searched_and_what_is_not_in_it_is_refused(desk, qtbot):
    choice = Choice(desk, [(n, f"Kota {n}") for n in range(12)])
    qtbot.addWidget(choice)
    choice.set_value(4)
    assert choice.value() == 4

    choice.combo.setEditText("kota 7")
    assert choice.value() == 7

    choice.combo.setEditText("Atlantis")
    with pytest.raises(Exception, match="NOT_IN_LIST"):
        choice.value()


def test_the_wheel_over_a_choice_changes_nothing(desk, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    choice = Choice(desk, [(1, "a"), (2, "b")])
    qtbot.addWidget(choice)
    choice.set_value(1)
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip

    choice.combo.wheelEvent(event)

    assert choice.value() == 1
    assert not event.isAccepted()


def test_a_day_picked_from_the_calendar_is_written_in_the_usual_form(form, qtbot):
    editor = form.editor("admitted_on")
    editor.open_calendar()

    editor.pick(dt.date(2026, 11, 3))

    assert editor.line.text() == "3\u00a0Nov\u00a02026"
    assert "admitted_on" in form.dirty


def test_a_telephone_number_is_echoed_as_people_write_it(form):
    editor = form.editor("phone")
    editor.line.setText("0812 3456 7890")

    editor.line.editingFinished.emit()

    assert editor.value() == "+62 812-3456-7890"
