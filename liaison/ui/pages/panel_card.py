"""Whose letters a hospital takes, and where an insurer's are taken: on the card of either, with source and age."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from liaison.domain.acceptance import PanelDraft, check_panel
from liaison.domain.network import Freshness, OrganizationKind, freshness
from liaison.i18n import N_
from liaison.services import panels
from liaison.services.panels import PanelView
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

HAS_PANEL = (OrganizationKind.HOSPITAL, OrganizationKind.INSURER)

_ROWS: tuple[Row, ...] = (
    "hospital_id", "insurer_id", "is_on_panel", "source", "checked_on", ("valid_from", "valid_to"), "note",
)  # fmt: skip


def _form(desk: Desk) -> Form[PanelDraft]:
    editors = {"hospital_id": hospital_edit(desk), "insurer_id": insurer_choice(desk)}
    return Form(desk, PanelDraft, _ROWS, editors=editors)


@reopens
def panel_form(bench: Bench, insurer_id: int | None, hospital_id: int | None) -> FormPane:
    """Whether a hospital takes the letters of an insurer, and who says so."""
    desk = bench.desk
    draft = PanelDraft(insurer_id=insurer_id or 0, hospital_id=hospital_id or 0, source="", checked_on=desk.today())
    unknown = [name for name, key in (("insurer_id", insurer_id), ("hospital_id", hospital_id)) if key is None]
    return offer(
        bench, begin(_form(desk), draft, empty=unknown), title=N_("Hospital on the insurer's panel"),
        action=N_("Note a panel"), write=panels.record_panel, said=N_("Panel noted"),
        look=lambda d: check_panel(d, today=desk.today()),
    )  # fmt: skip


@reopens
def edit_panel_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct what was said about a panel."""
    desk = bench.desk
    offer_again(
        bench, key, read=panels.panel_draft, form=lambda _draft: _form(desk),
        title=N_("Hospital on the insurer's panel"), action=N_("Change a panel"),
        write=partial(panels.edit_panel, version=version), look=lambda d: check_panel(d, today=desk.today()),
    )  # fmt: skip


class PanelSection(HouseSection):
    """The panels of a hospital or an insurer."""

    def __init__(self, desk: Desk, bench: Bench | None, house_id: int, kind: OrganizationKind) -> None:
        self._kind = kind
        super().__init__(desk, bench, house_id, read=panels.panels_of)

    def section(self, found: Sequence[PanelView]) -> Section:
        """What is known, the newest word first."""
        _, desk = self._desk.words, self._desk
        add = link(desk.icons, _(N_("Note")), self._new, icon="plus", small=True)
        add.setAccessibleName(_(N_("Note a panel")))
        title = N_("Takes the letters of") if self._is_hospital else N_("Letters are taken at")
        made = Section(_(title), beside=add if self._bench is not None else None)
        if not found:
            made.add(Label(_(N_("Nobody has asked yet.")), Role.SECOND, wrap=True))
        for entry in found:
            made.add(self._entry(entry))
        return made

    @property
    def _is_hospital(self) -> bool:
        return self._kind is OrganizationKind.HOSPITAL

    def _new(self) -> None:
        if self._bench is not None:
            house = self._house_id
            panel_form(self._bench, None if self._is_hospital else house, house if self._is_hospital else None)

    def _entry(self, entry: PanelView) -> StepRow:
        _, desk = self._desk.words, self._desk
        age = freshness(entry.checked_on, today=desk.today())
        old = age is Freshness.STALE
        shape, tone = (Shape.DONE, Tone.GREEN) if entry.is_on_panel else (Shape.BLOCKED, Tone.RED)
        if old:
            shape, tone = Shape.WARNING, Tone.AMBER
        elif age is Freshness.FADED and entry.is_on_panel:
            tone = Tone.GREY
        name = entry.insurer if self._is_hospital else entry.hospital
        state = _(N_("on the panel")) if entry.is_on_panel else _(N_("not on the panel"))
        day = desk.formats.date(entry.checked_on)
        row = StepRow(
            desk, name, shape=shape, tone=tone, beside=day, spoken=", ".join((name, state, entry.source, day))
        )
        parts = [state, entry.source, _(N_("ask again")) if old else "", entry.note]
        row.setToolTip("\n".join(p for p in parts if p))
        row.setObjectName(f"panel.{entry.id}")
        row.clicked.connect(lambda _on=False: self._open(row, entry))
        return row

    def _open(self, row: StepRow, entry: PanelView) -> None:
        bench, _ = self._bench, self._desk.words
        if bench is None:
            return
        rows: list[MenuRow] = [
            (_(N_("Change…")), partial(edit_panel_form, bench, entry.id, version=entry.version)),
            (_(N_("Verified today")), partial(self._verify, entry)),
            (_(N_("Ask again and note it…")), partial(panel_form, bench, entry.insurer_id, entry.hospital_id)),
            None,
            (_(N_("Take it off")), partial(self._remove, entry)),
        ]
        menu_of(row, rows).popup(row.mapToGlobal(row.rect().bottomLeft()))

    def _verify(self, entry: PanelView) -> None:
        desk = self._desk
        said = desk.words(N_("Marked as verified today"))
        desk.runner.write(
            N_("Verify a panel"), panels.verify_panel, entry.id, owner=self, done=lambda _changes: desk.toast(said)
        )

    def _remove(self, entry: PanelView) -> None:
        desk = self._desk
        said = desk.words(N_("Taken off"))
        desk.runner.write(
            N_("Take a panel off"), panels.remove_panel, entry.id, owner=self, done=lambda _changes: desk.toast(said)
        )
