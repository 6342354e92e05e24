"""Credit arrangements: the form, and the section on the card of a hospital or an insurer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from liaison.domain.credit import CreditDraft, check_credit
from liaison.domain.network import Freshness, OrganizationKind, freshness
from liaison.i18n import N_
from liaison.services import credits
from liaison.services.credits import CreditView
from liaison.ui.desk import Desk
from liaison.ui.pages.house_section import HouseSection
from liaison.ui.pages.lookups import hospital_edit, insurer_choice
from liaison.ui.pages.page_parts import MenuRow, menu_of
from liaison.ui.pages.short_forms import Bench, begin, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.form import Form, Row
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Section
from liaison.ui.widgets.shapes import Shape
from liaison.ui.widgets.step_row import StepRow

TITLE = N_("Credit arrangement")
_ROWS: tuple[Row, ...] = (
    "hospital_id", "insurer_id", "gives_credit", "terms", "source", "checked_on", ("valid_from", "valid_to"),
)  # fmt: skip


def _form(desk: Desk) -> Form[CreditDraft]:
    editors = {"hospital_id": hospital_edit(desk), "insurer_id": insurer_choice(desk)}
    return Form(desk, CreditDraft, _ROWS, editors=editors)


@reopens
def credit_form(bench: Bench, hospital_id: int | None, insurer_id: int | None) -> FormPane:
    """Whether a hospital treats on an insurer's letters, and who says so."""
    desk = bench.desk
    draft = CreditDraft(hospital_id=hospital_id or 0, insurer_id=insurer_id, source="", checked_on=desk.today())
    return offer(
        bench, begin(_form(desk), draft, empty=["hospital_id"] if hospital_id is None else ()), title=TITLE,
        action=N_("Note a credit arrangement"), write=credits.record_credit, said=N_("Credit arrangement noted"),
        look=lambda d: check_credit(d, today=desk.today()),
    )  # fmt: skip


@reopens
def edit_credit_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct what was said about credit."""
    desk = bench.desk
    offer_again(
        bench, key, read=credits.credit_draft, form=lambda _draft: _form(desk), title=TITLE,
        action=N_("Change a credit arrangement"), write=partial(credits.edit_credit, version=version),
        look=lambda d: check_credit(d, today=desk.today()),
    )  # fmt: skip


class CreditSection(HouseSection):
    """Who treats on whose letters by contract, on the card of either side."""

    def __init__(self, desk: Desk, bench: Bench | None, house_id: int, kind: OrganizationKind) -> None:
        self._kind = kind
        super().__init__(desk, bench, house_id, read=credits.credits_of)

    def section(self, found: Sequence[CreditView]) -> Section:
        """What is known, the newest word first; nothing is no section, only the way to note one."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("Note")), self._new, icon="plus", small=True)
        add.setAccessibleName(_(N_("Note a credit arrangement")))
        made = Section(_(N_("Credit arrangements")), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("None is on record.")), Role.SECOND, wrap=True))
        for entry in found:
            made.add(self._entry(entry))
        return made

    def _new(self) -> None:
        if self._bench is not None:
            is_hospital = self._kind is OrganizationKind.HOSPITAL
            house = self._house_id
            credit_form(self._bench, house if is_hospital else None, None if is_hospital else house)

    def _entry(self, entry: CreditView) -> StepRow:
        _, desk = self._desk.words, self._desk
        age = freshness(entry.checked_on, today=desk.today())
        shape, tone = (Shape.DONE, Tone.GREEN) if entry.gives_credit else (Shape.BLOCKED, Tone.RED)
        if age is Freshness.STALE:
            shape, tone = Shape.WARNING, Tone.AMBER
        elif age is Freshness.FADED and entry.gives_credit:
            tone = Tone.GREY
        every = _(N_("every insurer"))
        name = (entry.insurer or every) if self._kind is OrganizationKind.HOSPITAL else entry.hospital
        state = _(N_("treats on a letter")) if entry.gives_credit else _(N_("does not treat on a letter"))
        ends = _(N_("until {day}"), day=entry.valid_to) if entry.valid_to is not None else ""
        day = desk.formats.date(entry.checked_on)
        told = [p for p in (state, ends, entry.terms, entry.source) if p]
        row = StepRow(desk, name, shape=shape, tone=tone, beside=day, spoken=", ".join((name, *told, day)))
        row.setToolTip("\n".join(told))
        row.setObjectName(f"credit.{entry.id}")
        row.clicked.connect(lambda _on=False: self._open(row, entry))
        return row

    def _open(self, row: StepRow, entry: CreditView) -> None:
        bench, _ = self._bench, self._desk.words
        if bench is None:
            return
        rows: list[MenuRow] = [
            (_(N_("Change…")), partial(edit_credit_form, bench, entry.id, version=entry.version)),
            (_(N_("Verified today")), partial(self._verify, entry.id)),
            None,
            (_(N_("Take it off")), partial(self._remove, entry.id)),
        ]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _verify(self, key: int) -> None:
        desk = self._desk
        said = desk.words(N_("Marked as verified today"))
        desk.runner.write(
            N_("Verify a credit arrangement"), credits.verify_credit, key, owner=self,
            done=lambda _changes: desk.toast(said),
        )  # fmt: skip

    def _remove(self, key: int) -> None:
        desk = self._desk
        said = desk.words(N_("Taken off"))
        desk.runner.write(
            N_("Take a credit arrangement off"), credits.remove_credit, key, owner=self,
            done=lambda _changes: desk.toast(said),
        )  # fmt: skip
