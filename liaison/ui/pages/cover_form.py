"""Policies and covers: one form for both when they are new, one each when something about them changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison.domain.errors import Refused
from liaison.domain.policies import CoverDraft, PolicyDraft, check_cover, check_policy
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services import policies
from liaison.ui.desk import Desk
from liaison.ui.pages.hidden_form import stays_hidden
from liaison.ui.pages.lookups import administrator_choice, insurer_choice, plan_choice
from liaison.ui.pages.short_forms import SAVE_ANYWAY, Bench, begin, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.buttons import set_button_text
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.form import Form, Heading, Row

_POLICY_ROWS: tuple[Row, ...] = (
    Heading(text=N_("Policy")),
    "insurer_id",
    "product_id",
    "administrator_id",
    "policy_no",
    "holder_name",
    "status",
    ("inception_on", "expires_on"),
    "exclusions",
)
_COVER_ROWS: tuple[Row, ...] = (
    Heading(text=N_("This person's cover")),
    "member_no",
    "card_no",
    "name_on_policy",
    "relation_to_holder",
    "room_class",
    ("valid_from", "valid_to"),
    "annual_limit_left",
    "annual_limit_as_of",
    ("payer_context", "cob_order"),
    "note",
)


def _policy_form(desk: Desk) -> Form[PolicyDraft]:
    editors = {
        "insurer_id": insurer_choice(desk),
        "product_id": plan_choice(desk),
        "administrator_id": administrator_choice(desk),
    }
    return Form(desk, PolicyDraft, _POLICY_ROWS, editors=editors, kept=("note",))


def _cover_form(desk: Desk) -> Form[CoverDraft]:
    from liaison.ui.widgets.money_edit import MoneyEdit

    editors = {"annual_limit_left": MoneyEdit(desk, currency="IDR")}
    return Form(desk, CoverDraft, _COVER_ROWS, editors=editors, kept=("patient_id", "policy_id"))


class NewCover(QWidget):
    """Policy and cover in one form. The policy is found again by its insurer and number, so it is made only once."""

    def __init__(self, bench: Bench, patient_id: int) -> None:
        super().__init__()
        self._bench = bench
        self._warned: set[tuple[str, str]] = set()
        self.pane: FormPane | None = None
        self.policy = _policy_form(bench.desk)
        self.policy.set(PolicyDraft())
        self.cover = begin(_cover_form(bench.desk), CoverDraft(patient_id=patient_id, policy_id=0))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.policy)
        box.addWidget(self.cover)

    def save(self) -> None:
        """Hand both to the service as one action; problems show at the fields of either."""
        problems: list[Problem] = []
        drafts: list[Any] = []
        for form in (self.policy, self.cover):
            try:
                drafts.append(form.read())
            except Refused as error:
                problems += error.problems
        if problems:
            self.show_problems(problems)
            return
        found = [*check_policy(drafts[0]), *(p for p in check_cover(drafts[1]) if p.field != "policy_id")]
        if self._has_news(found):
            return
        self._bench.desk.runner.write(
            N_("Add a policy"),
            policies.add_policy_with_cover,
            *drafts,
            owner=self,
            done=lambda _answer: self._bench.done(N_("Policy added")),
            refused=self.show_problems,
        )

    def _has_news(self, found: Iterable[Problem]) -> bool:
        found = tuple(found)
        news = {(p.code, p.field) for p in found} - self._warned
        self._warned |= news
        if not news or any(p.severity == "error" for p in found):
            return False
        self.show_problems(found)
        if self.pane is not None:
            set_button_text(self.pane.save_button, self._bench.desk.words(SAVE_ANYWAY))
        return True

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each problem at its field, whichever of the two forms has it."""
        problems = tuple(problems)
        for form in (self.cover, self.policy):
            other = self.policy if form is self.cover else self.cover
            form.show(
                [p for p in problems if p.field in form.boxes or (form is self.policy and p.field not in other.boxes)]
            )


@reopens
def new_cover_form(bench: Bench, patient_id: int) -> FormPane:
    """Write down a policy and this person's cover under it."""
    both = NewCover(bench, patient_id)
    pane = FormPane(bench.desk, title=bench.desk.words(N_("Add a policy")), content=both, save=both.save)
    both.pane = pane
    return bench.drawer.open(pane)


@reopens
def edit_cover_form(bench: Bench, cover_id: int, *, version: int) -> None:
    """Change what is known of a cover."""
    if stays_hidden(bench, N_("Cover")):
        return
    offer_again(
        bench, cover_id, read=policies.cover_draft, form=lambda _draft: _cover_form(bench.desk), title=N_("Cover"),
        action=N_("Edit cover"), write=partial(policies.edit_cover, version=version), look=check_cover,
    )  # fmt: skip


@reopens
def edit_policy_form(bench: Bench, policy_id: int, *, version: int) -> None:
    """Change what is known of a policy."""
    if stays_hidden(bench, N_("Policy")):
        return
    offer_again(
        bench, policy_id, read=policies.policy_draft, form=lambda _draft: _policy_form(bench.desk), title=N_("Policy"),
        action=N_("Edit policy"), write=partial(policies.edit_policy, version=version), look=check_policy,
    )  # fmt: skip
