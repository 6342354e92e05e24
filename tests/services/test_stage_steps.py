"""The six stages of a case as they stand on its page and paper."""

from liaison.domain.journeys import EntryMode, JourneyState, Stage
from liaison.i18n import Language
from liaison.services import guarantees
from liaison.services.stage_steps import StepStatus, stage_steps
from liaison.store.models import JourneyRow
from tests import make

ENGLISH = Language("en", "Asia/Jakarta")


def letter_stage(store, case):
    steps = make.see(store, lambda s: stage_steps(s, s.get(JourneyRow, case)))
    return next(step for step in steps if step.stage is Stage.LETTER_TRAVEL)


def test_an_emergency_waits_for_its_letter_once_it_was_asked_for(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    case = make.journey(
        store, person, entry_mode=EntryMode.EMERGENCY, state=JourneyState.ADMITTED, payer_path=None, cover_id=cover
    )
    assert letter_stage(store, case).status is StepStatus.SKIPPED

    make.do(
        store, guarantees.request_guarantee, make.guarantee_draft(journey_id=case, cover_id=cover),
        override_reason="IGD",
    )  # fmt: skip

    step = letter_stage(store, case)
    assert step.status is StepStatus.TO_COME
    assert step.note.text(ENGLISH) == "letter asked for"
    assert step.on is not None
