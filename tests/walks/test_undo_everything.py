"""Undo is total: whatever was done through the window, in whatever order, undone step by step gives the first state.

One short run each time. ``LIAISON_LONG=1`` does several runs of two hundred steps.
"""

import datetime as dt
import os
import random
import shutil

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication

from liaison.domain.acceptance import PanelDraft
from liaison.domain.benefits import BenefitCategory, LimitKind
from liaison.domain.care import AppointmentDraft, ReferralDraft
from liaison.domain.claims import ClaimState
from liaison.domain.complaints import ComplaintAnswerDraft, ComplaintCause, ComplaintDraft, ComplaintOutcome
from liaison.domain.credit import CreditDraft
from liaison.domain.cycles import CyclePlanDraft
from liaison.domain.errors import Conflict, Refused
from liaison.domain.facts import FactKind
from liaison.domain.fx import RateDraft
from liaison.domain.guarantees import GuaranteeState
from liaison.domain.infection import HealthNoticeDraft
from liaison.domain.journeys import CancelReason, JourneyState
from liaison.domain.money import Money
from liaison.domain.network import ContactDraft, Desk
from liaison.domain.payments import BillKind, Payer, PaymentPurpose
from liaison.domain.plans import BenefitLimitDraft, BenefitUsageDraft, PlanRulesDraft, UsageKind
from liaison.domain.pregnancy import NewbornDraft, PregnancyDraft
from liaison.domain.settlement import PromiseDraft, PromiseKind
from liaison.domain.travel import StayDraft
from liaison.domain.work import NoteTextDraft, WaitingOn
from liaison.services import (
    care,
    claims,
    complaints,
    confirmations,
    credits,
    cycles,
    deciding,
    documents,
    first_hour,
    guarantees,
    history,
    infections,
    journeys,
    merging,
    network,
    office,
    panels,
    patients,
    payments,
    places,
    plans,
    policies,
    pregnancies,
    promises,
    rates,
    search,
    travel,
    work,
)  # fmt: skip
from liaison.store.base import Base
from liaison.ui.places import Place
from tests import make
from tests.walks.conftest import at_the_window

LONG = bool(os.environ.get("LIAISON_LONG"))
STEPS = 200 if LONG else 50
SEEDS = tuple(range(1, 9)) if LONG else (29,)
NEVER_TAKEN_BACK = {"case_counter"}
"""Case numbers are never given twice, whatever is undone."""


# the state


def everything(store):
    """Every row of every table but the machinery, without the versions that only ever grow."""
    with store.read() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.name in NEVER_TAKEN_BACK:
                continue
            columns = [c for c in table.columns if c.name != "version"]
            rows = session.execute(sa.select(*columns).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(row) for row in rows]
        hits = [sorted((h.kind, h.id) for h in search.find(session, word)) for word in ("Siti", "Dewi", "RS", "0812")]
        return found | {"found": hits}


def differences(before, after):
    return {t: (set(map(repr, before[t])) ^ set(map(repr, after[t]))) for t in before if before[t] != after[t]}


# what officers do


class NothingThere(Exception):
    """No record yet to do this to."""


class Hands:
    """Does random things that the window offers, through its own runner."""

    def __init__(self, program, chance, keys):
        self.program, self.chance, self.keys = program, chance, keys
        self.store = program.runner.store
        self.refused = 0

    def ids(self, table):
        with self.store.read() as session:
            t = Base.metadata.tables[table]
            return list(session.execute(sa.select(t.c.id)).scalars())

    def one(self, table):
        found = self.ids(table)
        if not found:
            raise NothingThere
        return self.chance.choice(found)

    def see(self, function, *args):
        return make.see(self.store, function, *args)

    def word(self):
        return self.chance.choice(["Siti", "Budi", "Rina", "Agus"]) + f" {self.chance.randrange(10_000)}"

    def phone(self):
        return f"+62 812-{self.chance.randrange(1000, 9999)}-{self.chance.randrange(1000, 9999)}"

    def money(self):
        return Money(self.chance.randrange(1_000, 5_000_000), "MYR")

    def day(self):
        return dt.date(2026, 11, 2) + dt.timedelta(days=self.chance.randrange(-20, 0))

    def moment(self):
        return self.program.clock.now + dt.timedelta(hours=self.chance.randrange(1, 200))

    def edited(self, table, drafts, edit, **values):
        key = self.one(table)
        draft = self.see(drafts, key)
        return edit, key, make.changed(draft, **values)

    # each gives a function of a service and its arguments

    def step(self):
        kinds = [name for name in dir(self) if name.startswith("do_")]
        return getattr(self, self.chance.choice(kinds))()

    def do_add_patient(self):
        return patients.add_patient, make.patient_draft(full_name=self.word(), phone=self.phone())

    def do_edit_patient(self):
        return self.edited("patient", patients.patient_draft, patients.edit_patient, phone=self.phone())

    def do_void_patient(self):
        return lambda s, k: patients.void_patient(s, k, reason="salah ketik"), self.one("patient")

    def do_merge(self):
        return merging.merge_patients, self.one("patient"), self.one("patient")

    def do_identifier(self):
        value = f"C{self.chance.randrange(1_000_000, 9_999_999)}"
        return patients.add_identifier, self.one("patient"), make.identifier_draft(value=value)

    def do_remove_identifier(self):
        return patients.remove_identifier, self.one("patient_identifier")

    def do_related(self):
        return patients.add_related_person, self.one("patient"), make.related_person_draft(name=self.word())

    def do_remove_related(self):
        return patients.remove_related_person, self.one("related_person")

    def do_open_case(self):
        return journeys.open_journey, make.journey_draft(patient_id=self.one("patient"), need=self.word())

    def do_edit_case(self):
        return self.edited("journey", journeys.journey_draft, journeys.edit_journey, need=self.word())

    def do_move_case(self):
        return journeys.move_journey, self.one("journey"), self.chance.choice(list(JourneyState))

    def do_move_case_anyway(self):
        to = self.chance.choice(list(JourneyState))
        return lambda s, k: journeys.move_journey(s, k, to, override_reason="keluarga meminta"), self.one("journey")

    def do_hold(self):
        return lambda s, k: journeys.hold(s, k, reason="menunggu keluarga"), self.one("journey")

    def do_resume(self):
        return journeys.resume, self.one("journey")

    def do_cancel(self):
        return lambda s, k: journeys.cancel(s, k, reason=self.chance.choice(list(CancelReason))), self.one("journey")

    def do_reopen(self):
        return lambda s, k: journeys.reopen(s, k, reason="keliru"), self.one("journey")

    def do_confirm(self):
        return confirmations.confirm, make.confirmation_draft(
            self.one("journey"), self.chance.choice([FactKind.C1, FactKind.C2, FactKind.ELIGIBILITY, FactKind.PASSPORT])
        )

    def do_task(self):
        return work.add_task, make.task_draft(title=self.word(), journey_id=self.one("journey"), due_at=self.moment())

    def do_finish(self):
        return work.finish_task, self.one("task")

    def do_finish_many(self):
        keys = self.ids("task")
        return work.finish_tasks, self.chance.sample(keys, min(5, len(keys)))

    def do_snooze_many(self):
        keys = self.ids("task")
        until = self.moment()
        return lambda s, k: work.snooze_tasks(s, k, until=until), self.chance.sample(keys, min(5, len(keys)))

    def do_wait(self):
        return work.wait_on, self.one("task"), self.chance.choice([None, *WaitingOn])

    def do_note(self):
        return work.add_note, make.note_draft(text=self.word(), journey_id=self.one("journey"))

    def do_edit_note(self):
        return work.edit_note, self.one("note"), NoteTextDraft(text=self.word())

    def do_cover(self):
        return (
            policies.add_policy_with_cover,
            make.policy_draft(insurer_id=self.insurer(), policy_no=f"P{self.chance.randrange(10**6)}"),
            make.cover_draft(patient_id=self.one("patient"), policy_id=0, member_no=f"M{self.chance.randrange(10**6)}"),
        )

    def insurer(self):
        return self.keys["insurer"]

    def do_file_claim(self):
        key = self.one("cover")
        draft = self.see(policies.cover_draft, key)
        return claims.file_claim, make.claim_draft(
            patient_id=draft.patient_id, cover_id=key, billed=self.money(), hospital_id=self.hospital()
        )

    def hospital(self):
        return self.keys["hospital"]

    def do_edit_claim(self):
        return self.edited("claim", claims.claim_draft, claims.edit_claim, billed=self.money(), lines=())

    def do_move_claim(self):
        return claims.move_claim, self.one("claim"), self.chance.choice(list(ClaimState))

    def do_void_claim(self):
        return lambda s, k: claims.void_claim(s, k, reason="ganda"), self.one("claim")

    def do_ask_claim(self):
        return deciding.ask_claim_query, make.claim_query_draft(self.one("claim"))

    def do_letter(self):
        return guarantees.request_guarantee, make.guarantee_draft(
            journey_id=self.one("journey"), cover_id=self.one("cover"),
            hospital_id=self.hospital(),
        )  # fmt: skip

    def do_move_letter(self):
        return guarantees.move_guarantee, self.one("guarantee"), self.chance.choice(list(GuaranteeState))

    def do_bill(self):
        return payments.record_bill, make.bill_draft(self.one("journey"), BillKind.INTERIM, amount=self.money())

    def do_void_bill(self):
        return payments.void_bill, self.one("bill")

    def do_payment(self):
        return payments.record_payment, make.payment_draft(
            self.one("journey"), PaymentPurpose.DEPOSIT, amount=self.money()
        )

    def do_estimate(self):
        return payments.record_estimate, make.estimate_draft(self.one("journey"))

    def do_void_estimate(self):
        return payments.void_estimate, self.one("estimate")

    def do_appointment(self):
        at = self.moment()
        draft = AppointmentDraft(journey_id=self.one("journey"), doctor=self.word(), starts_at=at, zone="Asia/Jakarta")
        return care.add_appointment, make.changed(draft, confirmed_at=self.program.clock.now)

    def do_remove_appointment(self):
        return care.remove_appointment, self.one("appointment")

    def do_referral(self):
        draft = ReferralDraft(journey_id=self.one("journey"), from_doctor=self.word(), to_doctor=self.word())
        return care.add_referral, make.changed(draft, sent_at=self.program.clock.now)

    def do_remove_referral(self):
        return care.remove_referral, self.one("referral")

    def do_choose_place(self):
        return lambda s, k: places.choose_place(s, k, reason=self.word()), self.one("estimate")

    def do_stay(self):
        first = self.day()
        return travel.add_stay, StayDraft(
            journey_id=self.one("journey"), hotel=self.word(), check_in=first, check_out=first + dt.timedelta(days=3)
        )

    def do_plan_cycles(self):
        plan = CyclePlanDraft(journey_id=self.one("journey"), visits=self.chance.randrange(2, 5), every_days=21,
                              first_on=self.day(), price=self.money(), limit=self.money())  # fmt: skip
        return cycles.plan_cycles, plan

    def do_skip_cycle(self):
        shift = self.chance.random() < 0.5
        return lambda s, k: cycles.skip_visit(s, k, shift=shift, reason="leukosit rendah"), self.one("cycle_visit")

    def do_begin_cycle(self):
        return lambda s, k: cycles.begin_next_visit(s, k, override_reason="siklus"), self.one("journey")

    def do_complaint(self):
        cause = self.chance.choice(list(ComplaintCause))
        draft = ComplaintDraft(journey_id=self.one("journey"), received_on=self.day(), cause=cause, text=self.word())
        return complaints.record_complaint, draft

    def do_answer_complaint(self):
        answer = ComplaintAnswerDraft(
            closed_on=dt.date(2026, 11, 2), outcome=ComplaintOutcome.PARTLY, outcome_note=self.word()
        )
        return complaints.answer_complaint, self.one("complaint"), answer

    def do_pregnancy(self):
        draft = PregnancyDraft(journey_id=self.one("journey"), due_on=dt.date(2027, 3, 1))
        return pregnancies.record_pregnancy, draft

    def do_newborn(self):
        return pregnancies.add_newborn, NewbornDraft(journey_id=self.one("journey"), born_on=self.day())

    def do_notice(self):
        return infections.write_notice, HealthNoticeDraft(journey_id=self.one("journey"), disease=self.word())

    def do_panel(self):
        entry = PanelDraft(insurer_id=self.insurer(), hospital_id=self.hospital(), source="meja GL",
                           checked_on=self.day())  # fmt: skip
        return panels.record_panel, entry

    def do_credit(self):
        entry = CreditDraft(hospital_id=self.hospital(), insurer_id=self.insurer(), source="kontrak",
                            checked_on=self.day())  # fmt: skip
        return credits.record_credit, entry

    def do_die(self):
        """A death abroad, which opens the way home."""

        def die(session, key):
            fact = make.confirmation_draft(key, FactKind.DEATH)
            confirmations.confirm(session, fact)
            return journeys.move_journey(session, key, JourneyState.DECEASED)

        return die, self.one("journey")

    def do_house(self):
        return network.add_organization, make.hospital_draft(name=f"RS {self.word()}")

    def do_edit_house(self):
        return self.edited("organization", network.organization_draft, network.edit_organization, phone=self.phone())

    def do_contact(self):
        return network.add_contact, ContactDraft(
            organization_id=self.one("organization"), desk=next(iter(Desk)), phone=self.phone()
        )

    def do_remove_contact(self):
        return network.remove_contact, self.one("contact")

    def do_officer(self):
        return office.add_officer, make.officer_draft(name=self.word(), is_supervisor=False)

    def do_rate(self):
        from decimal import Decimal

        return rates.add_rate, RateDraft(
            base="MYR", quote="IDR", rate=Decimal(self.chance.randrange(3000, 4000)), on_date=self.day(), source="BI"
        )

    def do_plan(self):
        insurer = self.see(network.insurers)[0].id
        return policies.add_product, make.product_draft(insurer_id=insurer, name=self.word())

    def do_plan_rules(self):
        percent = str(self.chance.randrange(100))
        return plans.set_plan_rules, PlanRulesDraft(
            product_id=self.one("product"), source=self.word(), copay_percent=percent
        )

    def do_limit(self):
        kind, category = self.chance.choice(list(LimitKind)), self.chance.choice(list(BenefitCategory))
        return plans.add_limit, BenefitLimitDraft(product_id=self.one("product"), kind=kind, category=category)

    def do_remove_limit(self):
        return plans.remove_limit, self.one("benefit_limit")

    def do_usage(self):
        return plans.record_usage, BenefitUsageDraft(
            cover_id=self.one("cover"), kind=UsageKind.ANNUAL, used=self.money(), as_of=self.day()
        )

    def do_promise(self):
        return promises.promise, PromiseDraft(
            journey_id=self.one("journey"), kind=PromiseKind.REFUND, promised_by=Payer.HOSPITAL, amount=self.money(),
            due_on=self.moment().date(),
        )  # fmt: skip

    def do_keep_promise(self):
        return promises.keep_promise, self.one("money_promise")

    def do_take_off_promise(self):
        return promises.take_off_promise, self.one("money_promise")

    def do_remove_rate(self):
        return rates.remove_rate, self.one("fx_rate")

    def do_document(self):
        data = make.pdf(self.word())
        return documents.attach, make.document_draft(journey_id=self.one("journey")), data

    def do_void_document(self):
        return lambda s, k: documents.void_document(s, k, reason="salah berkas"), self.one("document")

    def do_setting(self):
        return (self.chance.choice([first_hour.close, first_hour.show_again]),)

    def do_undo(self):
        """Now and then somebody undoes in between, and redoes."""
        self.program.frame.undo()
        if self.chance.random() < 0.5:
            self.program.frame.redo()

    def work(self, steps):
        """Do that many things; what is refused is not a thing done."""
        done, names = 0, []
        while done < steps:
            try:
                step = self.step()
            except NothingThere:
                continue
            if step is None:
                continue
            before = self.undoable()
            try:
                make.do(self.store, step[0], *step[1:])
            except (Refused, Conflict):
                self.refused += 1
                continue
            self.program.runner.saved.emit()
            self.program.clock.now += dt.timedelta(seconds=30)
            done += self.undoable() > before
            names.append(getattr(step[0], "__name__", "?"))
        return names

    def undoable(self):
        return self.see(
            lambda s: sum(
                a.undoes is None and a.undone_by is None and a.officer_id is not None and a.is_undoable
                for a in history.recent_actions(s, limit=10_000)
            )
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_any_sequence_undone_step_by_step_gives_the_first_state(qapp, tmp_path, new_office, seed):
    template, keys = new_office
    shutil.copytree(template, tmp_path / "office")
    with make.opened(tmp_path / "office") as store:
        make.do(store, journeys.open_journey, make.journey_draft(patient_id=make.patient(store)))
    with at_the_window(qapp, tmp_path / "office", make.TestClock()) as officer:
        program = officer.program
        program.idle.stop(qapp)  # many steps without a key pressed: the window would lock before the last one
        troubles = []
        program.runner.trouble.connect(troubles.append)
        program.frame.go(Place(page="history"))
        first, already = everything(program.runner.store), Hands(program, None, keys).undoable()
        hands = Hands(program, random.Random(seed), keys)

        names = hands.work(STEPS)
        assert everything(program.runner.store) != first
        for _step in range(hands.undoable() - already):
            program.frame.undo()
            QApplication.processEvents()
            assert not troubles, (troubles[0].error, names)

        assert hands.undoable() == already
        assert differences(first, everything(program.runner.store)) == {}
        assert program.runner.store.verify() == []
        assert len(set(names)) > 12, "too few kinds of steps to say anything"
