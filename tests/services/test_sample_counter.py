"""The sample office's history: consents from the kiosk's screen, and urgent calls with their hour of hand-over."""

import sqlalchemy as sa

from liaison.domain.facts import FactKind
from liaison.domain.journeys import SourceChannel
from liaison.domain.urgent import RedFlag, UrgentCallDraft, check_call
from liaison.services.sample_counter import _flag, add_counter
from liaison.store.models import ConfirmationRow, JourneyRow, UrgentCallRow
from tests import make


def test_kiosk_cases_have_a_consent_from_the_screen_and_calls_an_hour_of_hand_over(store, clock):
    for channel in (SourceChannel.KIOSK, SourceChannel.CALL_CENTRE, SourceChannel.AGENT):
        key = make.journey(store, source_channel=channel, specialty="Jantung", origin_city="Medan")
        make.do(store, lambda s, key=key: s.execute(sa.update(JourneyRow).where(JourneyRow.id == key)
                                                    .values(is_open=False)))  # fmt: skip
    make.do(store, add_counter)

    with store.read() as session:
        (consent,) = session.scalars(sa.select(ConfirmationRow).where(ConfirmationRow.kind == FactKind.C1))
        (call,) = session.scalars(sa.select(UrgentCallRow))
        assert consent.source.startswith("kiosk ")
        assert consent.journey_id != call.journey_id
        assert call.flags == ["CHEST_PAIN"]
        assert call.handed_at > call.called_at
        draft = UrgentCallDraft(
            caller_phone="0811223344",
            place=call.place,
            what=call.what or "x",
            called_at=call.called_at,
            handed_to=call.handed_to,
            handed_at=call.handed_at,
        )
        assert check_call(draft, now=clock.now) == []


def test_a_specialty_without_a_danger_sign_has_none():
    assert _flag("Kandungan") is RedFlag.PREGNANCY
    assert _flag("Gigi") is None
