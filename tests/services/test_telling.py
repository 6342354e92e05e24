"""Messages of a case: whom they may go to, what they may not say, and on what ground."""

import dataclasses

import pytest

from liaison.domain.errors import Refused
from liaison.domain.facts import FactKind
from liaison.domain.work import NoteChannel
from liaison.services import agents, disclosure, templates, views
from liaison.services.office_messages import Message
from tests import make

STATUS, LETTER = Message.STATUS.value, Message.LETTER.value


@pytest.fixture
def case(store):
    agent = make.made(store, agents.add_agent, make.agent_draft(insurer_id=make.any_insurer(store)))
    return make.journey(store, agent_id=agent, diagnosis="penyakit jantung koroner", diagnosis_code="I25.1")


def view(store, case):
    return make.see(store, views.journey_view, case)


def agent_of(store, case):
    return next(one for one in templates.receivers(view(store, case)) if one.is_agent)


def message(receiver, template, text="Kasus berjalan"):
    return templates.MessageDraft(receiver=receiver.phone, template=template, language="id", text=text)


def codes(store, case, template, text="Kasus berjalan"):
    seen = view(store, case)
    return [p.code for p in templates.message_problems(seen, message(agent_of(store, case), template, text))]


def test_an_agent_is_told_nothing_about_the_case_until_the_patient_agreed(store, case):
    assert codes(store, case, STATUS) == ["AGENT_NOT_TOLD"]
    assert codes(store, case, templates.GREETING) == []

    make.confirm(store, case, FactKind.C1, FactKind.C4)

    assert codes(store, case, STATUS) == []
    assert codes(store, case, LETTER) == ["AGENT_STATUS_ONLY"]


@pytest.mark.parametrize("text", ["Penyakit JANTUNG koroner sudah dinilai", "Diagnosis I25.1.", "kode i25.1, ya"])
def test_a_message_never_says_the_diagnosis(store, case, text):
    person = templates.receivers(view(store, case))[0]

    assert [p.code for p in templates.message_problems(view(store, case), message(person, STATUS, text))] == [
        "SAYS_DIAGNOSIS"
    ]


def test_a_number_that_only_looks_like_the_code_is_no_diagnosis():
    assert not templates.says_diagnosis("kamar I25.10 di lantai 2", "flu", "I25.1")
    assert not templates.says_diagnosis("apa saja", "", "")


def test_what_tells_about_the_case_needs_consent_to_be_written_to_and_is_on_record(store, case):
    note = make.note_draft(journey_id=case, channel=NoteChannel.WHATSAPP, counterpart="Dewi")
    told = {"template": STATUS, "is_agent": False}
    with pytest.raises(Refused) as refused:
        make.do(store, templates.note_message, note, **told)
    assert "C5" in refused.value.problems[0].message

    make.do(store, templates.note_message, note, template=templates.GREETING, is_agent=False)
    make.confirm(store, case, FactKind.C5)
    make.do(store, templates.note_message, dataclasses.replace(note, text="status"), **told)
    with store.write("Tell by message", kind="disclosure") as session:
        templates.record_message(session, note, **told)

    line = make.see(store, disclosure.disclosures_of_case, case)[0]
    assert (line.report, line.recipient, line.channel, line.consents) == ("message.status", "Dewi", "WHATSAPP", ("C5",))
    assert disclosure.Ground.CONSENT is line.ground
