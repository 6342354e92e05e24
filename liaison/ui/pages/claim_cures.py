"""What can be done about a claim: cuts and who mends them, the appeal, a short payment, a second policy."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.domain.claims import ClaimState
from liaison.domain.codes import REASONS, ReasonCode
from liaison.domain.money import Money
from liaison.domain.payments import Payer
from liaison.domain.recovery import Recovery
from liaison.domain.settlement import PromiseKind
from liaison.i18n import N_, upper_first
from liaison.services import claims, promises, recovery, second_claims
from liaison.services.changes import Changes
from liaison.services.claim_views import ClaimView
from liaison.services.promises import PromiseView
from liaison.services.recovery import CurePlan, CureView
from liaison.services.second_claims import LeftOver, OtherCover
from liaison.ui.desk import Desk
from liaison.ui.pages.claim_forms import appeal_form
from liaison.ui.pages.journey_papers import short_name
from liaison.ui.pages.letter_forms import reason_form
from liaison.ui.pages.promise_forms import promise_form
from liaison.ui.pages.promise_lines import promise_line
from liaison.ui.pages.short_forms import Bench
from liaison.ui.theme import Role, Tone
from liaison.ui.widgets.buttons import link, secondary
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.parts import Facts, Marked, Section, clear
from liaison.ui.widgets.shapes import Shape


class ClaimCures(QWidget):
    """Reads by itself; shows nothing where nothing can be done."""

    def __init__(self, desk: Desk, bench: Bench, claim: ClaimView) -> None:
        super().__init__()
        self.desk, self.bench, self.claim = desk, bench, claim
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._plan_box, self._rest_box, self._promise_box = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for layout in (self._plan_box, self._promise_box, self._rest_box):
            self._box.addLayout(layout)
        runner = desk.runner
        runner.read(recovery.cure_plan, claim.id, owner=self, done=self.show_plan, key="cures")
        runner.read(second_claims.left_over, claim.id, owner=self, done=self.show_rest, key="rest")
        if claim.journey_id is not None:
            read = partial(promises.promises_of, claim_id=claim.id)
            runner.read(read, claim.journey_id, owner=self, done=self.show_promises, key="promises")

    # cuts

    def show_plan(self, plan: CurePlan) -> None:
        """Each reason with who can mend it, what that takes and what came of it before."""
        clear(self._plan_box)
        if plan.cures or plan.may_appeal:
            self._plan_box.addWidget(self._cures(plan))
        if plan.short_by is not None:
            self._plan_box.addWidget(self._short(plan.short_by))
        if plan.over_by is not None:
            words = self.desk.words(N_("{amount} more was paid than approved. Ask the insurer."), amount=plan.over_by)
            self._plan_box.addWidget(
                Marked(self.desk, words, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True)
            )

    def _cures(self, plan: CurePlan) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("What can be done")))
        for cure in plan.cures:
            made.add(self._cure(cure))
        if plan.appeal_until is not None and plan.days_left is not None:
            made.add(self._deadline(plan))
        if plan.may_appeal:
            row = QHBoxLayout()
            words = _(N_("Appeal, level {level}…"), level=plan.next_level)
            run = partial(appeal_form, self.bench, self.claim.id)
            row.addWidget(secondary(desk.icons, words, run, icon="arrow-right", small=True))
            row.addStretch(1)
            made.body.addLayout(row)
        return made

    def _cure(self, cure: CureView) -> QWidget:
        _, desk = self.desk.words, self.desk
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(2)
        facts = Facts()
        facts.add(upper_first(_(cure.reason.label)), desk.formats.money(cure.amount), strong=True)
        box.addWidget(facts)
        meaning = REASONS[cure.reason]
        if not meaning.is_curable:
            box.addWidget(
                Label(_(N_("No missing paper mends this; only an appeal can change it.")), Role.SECOND, wrap=True)
            )
        else:
            who = _(N_("Can be mended by: {who}"), who=_(cure.cured_by.label))
            box.addWidget(Label(who, Role.SECOND, wrap=True))
            if meaning.cure:
                box.addWidget(Label(_(meaning.cure), Role.TEXT, wrap=True))
        for kind in cure.needed:
            is_here = kind not in cure.missing
            shape, tone = (Shape.DONE, Tone.GREEN) if is_here else (Shape.OPEN, Tone.QUIET)
            box.addWidget(Marked(desk, upper_first(short_name(desk, kind)), shape, tone, ground="sunken"))
        if cure.past is not None and cure.past.appealed and meaning.is_curable:
            box.addWidget(Label(came_back(desk, cure.past), Role.SECOND, wrap=True))
        copy = link(desk.icons, _(N_("Copy the text, both languages")), partial(self._copy, cure.reason),
                    icon="copy", small=True)  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        box.addLayout(row)
        return holder

    def _deadline(self, plan: CurePlan) -> QWidget:
        _ = self.desk.words
        assert plan.appeal_until is not None
        assert plan.days_left is not None
        if plan.days_left < 0:
            words, shape, tone = (
                _(N_("The time to appeal ended on {day}."), day=plan.appeal_until),
                Shape.LATE,
                Tone.RED,
            )
        else:
            left = _.plural("{count} day left", "{count} days left", plan.days_left)
            words = _(N_("Appeal by {day}: {left}."), day=plan.appeal_until, left=left)
            shape, tone = (Shape.WARNING, Tone.AMBER) if plan.days_left <= 14 else (Shape.WAITING, Tone.GREY)
        return Marked(self.desk, words, shape, tone, role=Role.SECOND, ground="sunken", wrap=True)

    def _copy(self, reason: ReasonCode) -> None:
        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.desk.toast(self.desk.words(N_("Text copied; it names nobody")), undo=False)

        self.desk.runner.read(
            recovery.letter_in_both, self.claim.id, reason, owner=self, done=copied, key="cure letter"
        )

    # a short payment

    def _short(self, short_by: Money) -> Section:
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Paid short")))
        words = _(N_("{amount} less was paid than approved."), amount=short_by)
        made.add(Marked(desk, words, Shape.WARNING, Tone.AMBER, role=Role.WARNING, ground="sunken", wrap=True))
        doings: list[QWidget] = []
        if self.claim.state is ClaimState.PAID:
            dispute = partial(self._move, ClaimState.DISPUTED_PAYMENT)
            doings.append(secondary(desk.icons, _(N_("Dispute it")), dispute, icon="message-square", small=True))
            doings.append(link(desk.icons, _(N_("Accept, with the reason…")), self._accept, small=True))
        if self.claim.journey_id is not None:
            due = partial(self._promised, short_by)
            doings.append(link(desk.icons, _(N_("The rest was promised…")), due, small=True))
        for each in doings:
            row = QHBoxLayout()
            row.addWidget(each)
            row.addStretch(1)
            made.body.addLayout(row)
        return made

    def _move(self, to: ClaimState) -> None:
        self.desk.runner.write(
            N_("Move a claim"),
            partial(claims.move_claim, version=self.claim.version),
            self.claim.id,
            to,
            owner=self,
            done=lambda _: self.desk.toast(self.desk.words(N_("Claim moved"))),
        )

    def _accept(self) -> None:
        reason_form(
            self.bench,
            title=ClaimState.CLOSED.label,
            action=N_("Move a claim"),
            write=claims.move_claim,
            record=self.claim.id,
            to=ClaimState.CLOSED,
            version=self.claim.version,
            with_code=False,
            said=N_("Claim moved"),
        )

    def _promised(self, amount: Money) -> None:
        journey_id = self.claim.journey_id
        if journey_id is not None:
            promise_form(
                self.bench, journey_id, PromiseKind.CLAIM, Payer.INSURER, amount=amount, claim_id=self.claim.id
            )  # fmt: skip

    def show_promises(self, found: tuple[PromiseView, ...]) -> None:
        """What the insurer promised to pay still."""
        clear(self._promise_box)
        for each in found:
            if each.kept_on is None:
                self._promise_box.addWidget(promise_line(self.desk, each, owner=self))

    # another policy

    def show_rest(self, rest: LeftOver) -> None:
        """What is left, and from whom it may be claimed."""
        clear(self._rest_box)
        if not rest.covers and rest.first_claim_id is None and not rest.later_claim_ids:
            return
        _, desk = self.desk.words, self.desk
        made = Section(_(N_("Another policy")))
        if rest.first_claim_id is not None:
            run = partial(desk.go, "claim", rest.first_claim_id)
            made.add(link(desk.icons, _(N_("This asks for what the first insurer left")), run, small=True))
        for key in rest.later_claim_ids:
            words = _(N_("What is left is claimed from another insurer"))
            made.add(link(desk.icons, words, partial(desk.go, "claim", key), small=True))
        if rest.covers:
            made.add(Label(_(N_("{amount} is left. Another policy may pay it."), amount=rest.left), wrap=True))
        for cover in rest.covers:
            row = QHBoxLayout()
            row.addWidget(Label(cover.insurer or cover.policy_no, Role.STRONG, elide=True), 1)
            button = secondary(desk.icons, _(N_("Claim it")), partial(self._claim_rest, cover), icon="plus", small=True)
            button.setAccessibleName(
                _(N_("Claim {amount} from {insurer}"), amount=rest.left, insurer=cover.insurer or cover.policy_no)
            )
            row.addWidget(button)
            made.body.addLayout(row)
        self._rest_box.addWidget(made)

    def _claim_rest(self, cover: OtherCover) -> None:
        self.desk.runner.write(
            N_("Claim what another payer left"),
            second_claims.claim_the_rest,
            self.claim.id,
            cover.cover_id,
            owner=self,
            done=self._filed,
        )

    def _filed(self, done: Changes) -> None:
        self.desk.toast(self.desk.words(N_("Second claim filed; its papers are listed there")))
        if done.made is not None:
            self.desk.go("claim", done.made)


def came_back(desk: Desk, past: Recovery) -> str:
    """What came back for a reason so far, with how many decisions that is told from."""
    words = desk.words
    return words(
        N_("So far {share} of the cut came back for this reason (n={count})."),
        share=desk.formats.percent(past.share),
        count=past.count,
    )
