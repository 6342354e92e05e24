"""The case summary: what each receiver sees, what nobody outside sees, and what it asks for."""

import dataclasses
import datetime as dt
import types
from zoneinfo import ZoneInfo

import pytest

from liaison.domain.documents import DocumentKind
from liaison.domain.journeys import JourneyState, Stage
from liaison.domain.patients import Region, Sex
from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports import case_view as cv
from liaison.reports.blocks import AskBox, Headline
from liaison.reports.case_course import course_of
from liaison.reports.case_summary import CaseOptions, lay_out
from liaison.reports.case_words import headline, spelled
from liaison.reports.lint import check_pages
from liaison.reports.said_again import note_words, owner_words
from liaison.services import payments
from liaison.store.models import JourneyRow
from tests import make
from tests.reports import samples
from tests.reports.reading import drawn, pages_of, squeezed, text_of
from tests.reports.samples import BOTH, at, event, on, rm

ALL = tuple(audience for audience in Audience if audience is not Audience.FAMILY)


def printed(audience, language="en", options=None, **changes):
    blocks = lay_out(
        samples.case_view(**changes), Language(language), audience=audience, options=options or CaseOptions()
    )
    data, pages = drawn(blocks)
    assert [p for p in check_pages(blocks, pages) if p.severity == "error"] == []
    return text_of(data)


def block_of(blocks, kind):
    return next(block for block in blocks if isinstance(block, kind))


def ask(audience=Audience.INSURER, **changes):
    blocks = lay_out(samples.case_view(**changes), Language("en"), audience=audience, options=CaseOptions())
    return block_of(blocks, AskBox)


# audiences

EVERYBODYS = [
    "Gleneagles Hospital Penang",
    "RINA WULANDARI SIREGAR",
    "MDN-26-A0412-5",
    "I25.1",
    "•••• 4471",
    "GL/NS/26/118204",
]


@pytest.mark.parametrize("audience", [Audience.HOSPITAL, Audience.INSURER, Audience.INTERNAL])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_parties_to_a_case_see_who_it_is_about(audience, language):
    text = printed(audience, language)

    assert [words for words in EVERYBODYS if words not in text] == []


def test_the_hospital_sees_no_policy_and_no_answer_times_of_the_insurer():
    text = printed(Audience.HOSPITAL)

    assert "0871-2264-19" not in text
    assert "Sehat Utama Plus" not in text
    assert "OPS-2026-55190" not in text
    assert "Answer times" not in text
    assert "PG-0091231" in text
    assert "IPC-7731" in text


def test_the_insurer_sees_no_family_phone_and_no_full_record_number():
    text = printed(Audience.INSURER)

    assert "+62 812 000 7788" not in text
    assert "+62 811 000 2233" not in text
    assert "PG-0091231" not in text
    assert "•••• 1231" in text
    assert "OPS-2026-55190" in text


def test_other_payers_and_other_covers_stay_in_the_office():
    changes = {
        "other_covers": ("PT Lain •••• 7788",),
        "payer_money": (cv.MoneyLine(label="Paid by the employer", amount=rm("777.77")),),
    }

    for audience in (Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC):
        text = printed(audience, **changes)
        assert "PT Lain" not in text
        assert "777.77" not in text
    assert "PT Lain" in printed(Audience.INTERNAL, **changes)


SECRETS = [
    "RINA", "SIREGAR", "MDN-26", "0871", "118204", "55190", "4471", "0917", "1231", "Raman", "Hendra", "+62 811", "Ayu",
    "Medan 20111 RINA", "14 Mar 1980", "I25.1", "61,480.50", "2026-11",
]  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_copy_without_names_has_no_name_number_date_or_exact_amount(language):
    text = printed(Audience.PUBLIC, language, office=dataclasses.replace(samples.OFFICE, signatory=""), officer="")

    assert [secret for secret in SECRETS if secret in text] == []
    assert "45–59" in text
    assert "61,000" in text or "61.000" in text
    assert text.count("Nov 2026") == text.count("20 Nov 2026")  # only the moment of the data


def test_a_field_that_names_no_audience_is_shown_to_nobody_outside():
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Wider(cv.CaseView):
        forgotten: str = "rahasia"

    marked = {f.name for f in dataclasses.fields(cv.CaseView) if f.metadata}
    unmarked = [f.name for f in dataclasses.fields(Wider) if f.name not in marked and f.name != "forgotten"]

    assert unmarked == []
    assert [f.name for f in dataclasses.fields(cv.CaseView) if not f.metadata] == []


@pytest.mark.parametrize("audience", [Audience.HOSPITAL, Audience.INSURER, Audience.PUBLIC, Audience.FAMILY])
def test_the_office_alone_sees_what_is_marked_for_nobody(audience):
    view = samples.case_view(note="catatan dalam", identifiers=samples.case_view().identifiers)

    shown = cv.redacted(view, audience)

    assert shown.note == ""
    assert shown.identifiers == ()
    assert shown.payer_money == ()
    assert cv.redacted(view, Audience.INTERNAL).note == "catatan dalam"


def test_an_event_without_an_audience_stays_in_the_office():
    events = (*samples.EVENTS, event(at(20, 13), cv.Party.OFFICE, "Bicara dengan keluarga", ()))

    assert "Bicara dengan keluarga" not in printed(Audience.INSURER, events=events)
    assert "Bicara dengan keluarga" in printed(Audience.INTERNAL, events=events)


def test_a_typed_title_of_a_document_stays_in_the_office():
    (first, *others) = samples.case_view().documents
    titled = (dataclasses.replace(first, kind=None, title="Formulir Rina"), *others)

    assert "Formulir Rina" not in printed(Audience.INSURER, documents=titled)
    assert "Formulir Rina" in printed(Audience.INTERNAL, documents=titled)


def test_a_document_is_called_by_its_kind_and_never_by_the_name_of_its_file():
    (first, *others) = samples.case_view().documents
    kind = DocumentKind.DEATH_MCCD
    filed = dataclasses.replace(first, kind=kind, title="DEATH_MCCD.pdf")
    told = dataclasses.replace(first, kind=kind, title="copy of the ward")

    assert "DEATH_MCCD.pdf" not in printed(Audience.INTERNAL, documents=(filed, *others))
    assert "Medical certificate of cause of death" in printed(Audience.INTERNAL, documents=(filed,))
    assert "Medical certificate of cause of death: copy of the ward" in printed(Audience.INTERNAL, documents=(told,))


# restricted diagnoses


def test_hiv_mental_health_fertility_and_tb_are_not_printed_without_a_purpose():
    changes = {
        "is_restricted": True,
        "diagnosis_code": "B24",
        "diagnosis": "penyakit HIV",
        "procedure": "terapi ARV",
        "clinical_note": "CD4 rendah",
    }

    for audience in ALL:
        text = printed(audience, **changes)
        assert not any(word in text for word in ("B24", "HIV", "ARV", "CD4"))
        assert "a purpose must be given first" in text


def test_with_a_purpose_they_are_printed_and_the_purpose_stands_on_the_page():
    changes = {"is_restricted": True, "diagnosis_code": "B24", "diagnosis": "penyakit HIV"}

    text = printed(Audience.HOSPITAL, options=CaseOptions(purpose="persiapan operasi"), **changes)

    assert "B24 penyakit HIV" in text
    assert "Purpose: persiapan operasi." in text


def test_a_purpose_never_puts_a_restricted_diagnosis_on_the_copy_without_names():
    changes = {"is_restricted": True, "diagnosis_code": "B24", "diagnosis": "penyakit HIV", "disease_group": ""}

    assert "HIV" not in printed(Audience.PUBLIC, options=CaseOptions(purpose="latihan"), **changes)


# what it asks


def test_the_insurer_is_asked_for_the_top_up_by_a_moment_in_both_zones():
    box = ask()

    assert squeezed("".join(span.text for span in box.words)).startswith("to raise the guarantee letter to RM92,000.00")
    assert [squeezed(words) for words in box.by] == ["Friday, 20 Nov 2026", "17:00 WIB (18:00 MYT)"]
    assert squeezed(box.by_note) == "2 hours 55 min left"


def test_a_moment_that_is_past_is_said_to_be_overdue():
    box = ask(asks=((Audience.INSURER, cv.Ask(kind=cv.AskKind.FIRST_LETTER, by=at(20, 12, 5))),))

    assert squeezed(box.by_note) == "2 hours overdue"


def test_without_a_question_the_copy_is_for_information():
    assert ask(asks=()).head == "For your information"


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        (cv.AskKind.TOP_UP, "to raise the ceiling"),
        (cv.AskKind.FIRST_LETTER, "to issue the guarantee letter."),
        (cv.AskKind.FINAL_LETTER, "to issue the final letter, so"),
        (cv.AskKind.CLAIM, "to decide claim 77"),
        (cv.AskKind.TASK, "to settle what we are waiting for: 77."),
    ],
)
def test_every_kind_of_question_is_a_sentence_without_an_amount(kind, start):
    box = ask(asks=((Audience.INSURER, cv.Ask(kind=kind, words="77")),))

    assert "".join(span.text for span in box.words).startswith(start)
    assert box.by == ()


@pytest.mark.parametrize("kind", [cv.AskKind.FIRST_LETTER, cv.AskKind.FINAL_LETTER, cv.AskKind.CLAIM])
def test_every_kind_of_question_names_its_amount(kind):
    box = ask(asks=((Audience.INSURER, cv.Ask(kind=kind, amount=rm("1234.50"))),))

    assert [span.text for span in box.words if span.strong] == ["RM1,234.50"]


def test_the_officers_own_words_come_first():
    options = CaseOptions(ask="Mohon surat hari ini", by=at(20, 16))

    assert "Mohon surat hari ini" in printed(Audience.INSURER, options=options)
    assert "Mohon surat hari ini" in printed(Audience.INTERNAL, options=options)


def test_the_office_copy_shows_what_the_insurer_is_asked():
    assert ask(Audience.INTERNAL).head == "We ask the insurer"


# letter, money, course


def test_ceilings_are_never_added_and_the_one_in_force_is_said():
    text = printed(Audience.INSURER)

    assert "ceiling now RM68,000.00" in text
    assert "Ceilings are never added" in text
    assert "68000+45000" not in text
    assert "113,000" not in text


def test_both_currencies_stand_with_the_rate_that_was_used():
    text = printed(Audience.INSURER)

    assert "MYR 1 = IDR 4,478.17 · European Central Bank, cross via EUR, 19 Nov 2026" in text
    assert "275,320,131" in text  # 61,480.50 at the whole of the rate, rounded once


def test_without_a_rate_no_rupiah_are_invented():
    text = printed(Audience.INSURER, rates=())

    assert "no exchange rate is on record" in text
    assert "Rupiah" not in text


def test_amounts_of_several_currencies_keep_their_own():
    money = (
        cv.MoneyLine(label="Interim bill", amount=rm("10")),
        cv.MoneyLine(label="Final bill", amount=cv.Money.of("20", "SGD")),
    )

    text = printed(Audience.INSURER, money=money, rates=())

    assert "RM10.00" in text
    assert "S$20.00" in text


def test_a_bill_above_the_ceiling_is_said():
    assert "RM500.00 above the ceiling" in printed(Audience.INSURER, bill=rm("68500"))


def test_a_bill_of_one_day_or_none_has_no_pace():
    assert "RM6,519.50 left." in printed(Audience.INSURER, bill_days=samples.case_view().bill_days[:1])
    assert "Bill: RM61,480.50" in printed(Audience.INSURER, bill_days=())


def test_a_case_without_a_letter_says_so():
    text = printed(Audience.INSURER, ceiling=None, versions=(), bill=None, letter_state="")

    assert "No letter has been asked for." in text


def test_a_letter_asked_for_and_not_issued_says_so():
    text = printed(Audience.INSURER, ceiling=None, versions=(), letter_state="Requested")

    assert "Requested; no letter has been issued." in text


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.INSURER, Audience.HOSPITAL])
def test_the_final_letter_says_what_it_accepted_and_no_ceiling_counts_any_more(audience):
    final = cv.VersionView(number=3, kind=samples.VersionKind.FINAL, ceiling=rm("50000"), issued_at=at(19))
    older = tuple(dataclasses.replace(v, is_in_force=False) for v in samples.case_view().versions[1:])

    text = printed(
        audience, versions=(final, *older), ceiling=None, accepted=rm("50000"), bill=rm("52000"), bill_days=(), money=()
    )

    assert "The final letter accepts RM50,000 of the bill of RM52,000" in text
    assert "Final letter: RM50,000.00 accepted" in text
    assert "replaces every ceiling before it: it accepts RM50,000.00 of the bill of RM52,000.00" in text
    assert "ceiling now" not in text and "in force now" not in text and " left." not in text


def test_a_final_letter_over_the_whole_bill_says_only_that_it_replaces_the_others():
    final = cv.VersionView(number=1, kind=samples.VersionKind.FINAL, ceiling=rm("50"), issued_at=at(19))

    text = printed(Audience.INSURER, versions=(final,), ceiling=None, accepted=rm("50"), bill=None, money=())

    assert "The final letter accepts RM50" in text and "The final letter replaces every ceiling before it." in text


def test_a_stage_that_an_emergency_went_past_is_called_skipped_and_not_ticked():
    steps = tuple(
        dataclasses.replace(step, is_done=False, is_skipped=step.stage is Stage.ESTIMATE_DECISION, entered_on=None)
        for step in samples.case_view().steps
    )

    assert printed(Audience.INSURER, steps=steps).count("skipped") == 1


def test_the_number_of_a_husband_is_called_his():
    assert "+62 811 000 2233 (husband)" in printed(Audience.HOSPITAL, phone_owner="suami")
    assert "husband" not in printed(Audience.INSURER, phone_owner="suami")


def test_what_the_program_wrote_into_a_record_is_said_in_the_readers_language():
    english, indonesian = Language("en"), Language("id")

    def plain(note, language):
        return note_words(note, language).replace("\u00a0", " ")

    stored = indonesian("Age as said on {day}: {age}", day=on(2), age="46th")
    assert plain(f"{stored}\nalergi udang", english) == "Age as said on 2 Nov 2026: 46 years\nalergi udang"
    assert plain("Age as said on 2 Dec 2026: about fifty", indonesian) == "Umur menurut kabar 2 Des 2026: about fifty"
    assert note_words("Umur menurut kabar kemarin: 46", english) == "Umur menurut kabar kemarin: 46"
    assert (owner_words("husband", indonesian), owner_words("Hendra", english)) == ("suami", "Hendra")


def test_a_closed_case_has_no_next_step():
    task = cv.TaskView(title="Call back", is_ours=True, waiting_on=None, due_at=at(2), is_debt=False, audiences=())

    text = printed(Audience.INTERNAL, tasks=(task,), asks=(), state=JourneyState.CLOSED)

    assert "Next step" not in text and "Nothing is asked of you" in text


def test_the_last_version_of_an_ended_letter_is_not_called_replaced():
    version = cv.VersionView(number=1, kind=samples.VersionKind.INITIAL, ceiling=None, issued_at=at(1), is_newest=True)

    text = printed(Audience.INSURER, versions=(version,), ceiling=None, letter_state="Expired")

    assert "ended" in text
    assert "as charged" in text


def test_only_the_last_twelve_events_are_printed():
    events = tuple(event(at(1 + n // 24, n % 24), cv.Party.OFFICE, f"kejadian {n:02d}") for n in range(40))

    text = printed(Audience.INSURER, events=events)

    assert text.count("ejadian") == 12
    assert "ejadian 39" in text


def test_overrides_and_debts_are_printed_for_the_receivers():
    changes = {
        "overrides": (cv.OverrideView(at=at(16), what="Admitted", reason="gawat darurat", actor="Ayu Lestari"),),
        "tasks": (
            cv.TaskView(
                title="identity seen", is_ours=True, waiting_on=None, due_at=at(22), is_debt=True, audiences=BOTH
            ),
        ),
    }

    for audience in (Audience.HOSPITAL, Audience.INSURER, Audience.INTERNAL):
        text = printed(audience, **changes)
        assert "gawat darurat" in text
        assert "Still owed: identity seen" in text


def test_a_name_that_was_not_read_from_a_passport_is_not_called_so():
    assert "Name (no passport seen)" in printed(Audience.INSURER, has_passport_name=False, passport=None)
    known = printed(Audience.INSURER, has_passport_name=False)
    assert "Name (not from the passport)" in known, "its number is on record"


def test_what_the_insurer_decided_goes_before_the_bill_in_the_headline():
    claim = cv.ClaimView(claim_no="KL/1", state="x", billed=rm("9310.50"), approved=rm("9000"), paid=None)
    paid = dataclasses.replace(claim, paid=rm("8000"))

    assert "The insurer approved RM9,000 of RM9,310.50 claimed" in printed(Audience.INSURER, claims=(claim,))
    assert "The insurer paid RM8,000 of RM9,310.50 claimed" in printed(Audience.INSURER, claims=(paid,))


def test_the_offices_own_copy_opens_with_its_next_step_where_nothing_is_asked_of_others():
    task = cv.TaskView(title="Call back", is_ours=True, waiting_on=None, due_at=at(22), is_debt=False, audiences=())

    text = printed(Audience.INTERNAL, tasks=(task,), asks=())

    assert "Next step" in text
    assert "Nothing is asked of you" not in text


def test_claims_stand_on_the_insurers_copy_each_in_its_currency():
    claims = (cv.ClaimView(claim_no="KL/1", state="Submitted", billed=rm("9310.50"), approved=None, paid=rm("100")),)

    assert "RM9,310.50" in printed(Audience.INSURER, claims=claims)
    assert "KL/1" not in printed(Audience.HOSPITAL, claims=claims)


# odd cases


@pytest.mark.parametrize("audience", ALL)
def test_a_case_of_which_nothing_is_known_still_prints(audience):
    empty = {
        f.name: f.metadata.get("liaison.empty")
        for f in dataclasses.fields(cv.CaseView)
        if f.name not in ("as_of", "office", "kind", "state", "is_restricted", "language")
    }

    text = printed(audience, **empty, is_restricted=False)

    assert "Page 1 of 1" in text


@pytest.mark.parametrize(
    "name",
    [
        "SURYA",
        "黄美玲 / NG MEI LING",
        "SOK សុខា",
        "RINA \u202eEVIL <b>OK</b> \U0001f600",
        "Raden Ayu " + "Kusumaningtyas " * 12,
    ],
)
@pytest.mark.parametrize("audience", [Audience.INSURER, Audience.INTERNAL])
def test_any_name_prints_without_a_fault(name, audience):
    assert "MDN" in printed(audience, "id", passport_name=name)


def test_three_hundred_events_and_a_hundred_documents_print_on_their_pages():
    changes = {
        "documents": tuple(
            cv.DocumentView(kind=None, title=f"Dokumen {n}", received_on=on(1 + n % 20)) for n in range(120)
        ),
        "tasks": tuple(
            cv.TaskView(title=f"Tugas {n}", is_ours=True, waiting_on=None, due_at=at(1 + n % 27)) for n in range(60)
        ),
        "money": tuple(cv.MoneyLine(label="Interim bill", amount=rm(str(1000 + n))) for n in range(80)),
    }

    text = printed(Audience.INTERNAL, **changes)

    assert all(f"Dokumen {n} " in text for n in range(120))
    assert all(f"Tugas {n} " in text for n in range(60))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("audience", ALL)
def test_every_headline_has_a_figure_and_at_most_two_lines(audience, language):
    for changes in ({}, {"ceiling": None, "versions": ()}, {"bill": None}, {"steps": ()}):
        blocks = lay_out(samples.case_view(**changes), Language(language), audience=audience, options=CaseOptions())
        assert any(c.isdigit() for c in block_of(blocks, Headline).text)


def test_a_headline_without_a_bill_counts_what_is_missing():
    from liaison.reports.case_words import days_for

    view = samples.case_view(bill=None)
    words = headline(view, Language("en"), days_for(view, Language("en"), Audience.INSURER))

    assert words == "Guarantee letter of RM68,000 in force; 2 documents missing"


def test_our_own_copy_calls_nobodys_numbers_yours():
    assert "Your guarantee letter number" not in printed(Audience.INTERNAL)
    assert "Your guarantee letter number" in printed(Audience.INSURER)


# words and pages


@pytest.mark.parametrize(
    ("minutes", "english", "indonesian"),
    [
        (0, "0 min", "0 menit"), (48, "48 min", "48 menit"), (61, "1 hour 1 min", "1 jam 1 menit"),
        (1440, "24 hours", "24 jam"), (85 * 60 + 20, "3 days 13 hours", "3 hari 13 jam"), (2880, "2 days", "2 hari"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_told_in_whole_words(minutes, english, indonesian):
    assert squeezed(spelled(minutes, Language("en"))) == english
    assert squeezed(spelled(minutes, Language("id"))) == indonesian


@pytest.mark.parametrize(("sex", "word"), [(Sex.F, "Hendra (husband)"), (Sex.M, "Hendra (wife)")])
def test_whoever_is_married_to_the_patient_is_called_husband_or_wife(sex, word):
    assert word in printed(Audience.HOSPITAL, sex=sex)
    assert "Hendra (husband or wife)" in printed(Audience.HOSPITAL, sex=None)


def test_our_own_copy_says_which_party_is_asked():
    task = cv.Ask(kind=cv.AskKind.TASK, words="Hasil laboratorium", by=at(21))

    assert ask(Audience.INTERNAL, asks=((Audience.HOSPITAL, task),)).head == "We ask the hospital"
    assert ask(Audience.HOSPITAL, asks=((Audience.HOSPITAL, task),)).head == "We ask you"


def test_a_bill_is_called_attached_only_where_it_is_there():
    top_up = ((Audience.INSURER, cv.Ask(kind=cv.AskKind.TOP_UP, amount=rm("92000"))),)
    bill = cv.DocumentView(kind=DocumentKind.BILL_INTERIM, title="", received_on=None)

    assert "attached" not in printed(Audience.INSURER, asks=top_up, documents=(bill,))
    there = dataclasses.replace(bill, received_on=on(20))
    assert "from the interim bill attached" in printed(Audience.INSURER, asks=top_up, documents=(there,))


def test_a_desk_that_is_there_round_the_clock_has_no_time_zone():
    desk = dataclasses.replace(samples.case_view().insurer_desk, hours="24h", zone="Asia/Jakarta")

    assert "24 hours WIB" not in printed(Audience.INTERNAL, insurer_desk=desk)
    day = dataclasses.replace(desk, hours="Mon-Fri 08:00-17:00")
    assert "Mon–Fri 08:00–17:00 WIB" in printed(Audience.INTERNAL, insurer_desk=day)


def test_the_copy_without_names_says_of_what_it_is_the_west():
    text = printed(Audience.PUBLIC, region=Region.WEST.label)

    assert "western Indonesia" in text


def test_a_source_counts_one_paper_in_the_singular_and_none_not_at_all():
    assert "n = 41 entries, 1 document." in printed(Audience.INSURER, document_count=1)
    assert "n = 1 entry." in printed(Audience.INSURER, document_count=0, record_count=1)


def test_a_time_line_that_goes_on_is_headed_again():
    events = tuple(event(at(1 + n), cv.Party.OFFICE, "kejadian " * 60) for n in range(12))
    blocks = lay_out(samples.case_view(events=events), Language("en"), audience=Audience.INSURER, options=CaseOptions())
    pages = [squeezed(page) for page in pages_of(drawn(blocks)[0])]

    begun, *more = [page for page in pages if "ejadian" in page]
    assert "Time line the last 12 events" in begun
    assert more and all("Time line, continued" in page for page in more)


def test_a_bill_of_today_is_in_the_time_line_as_it_is_among_the_money(store, clock):
    key = make.journey(store, make.patient(store))
    today = clock().astimezone(ZoneInfo("Asia/Jakarta")).date()
    make.made(store, payments.record_bill, make.bill_draft(key, billed_on=today))
    letter = types.SimpleNamespace(id=None, versions=())

    def bills(now):
        course = make.see(store, lambda s: course_of(s, s.get(JourneyRow, key), letter, now=now))
        return [event.at.date() for event in course.events if event.words.startswith("Interim bill")]

    assert bills(clock()) == [today]
    assert bills(clock() - dt.timedelta(days=1)) == []


def test_all_of_a_bill_or_a_claim_is_not_told_as_so_much_of_so_much():
    claim = cv.ClaimView(claim_no="KL/1", state="x", billed=rm("9310.50"), approved=rm("9310.50"), paid=None)

    assert "The insurer approved the whole claim of RM9,310.50" in printed(Audience.INSURER, claims=(claim,))
    paid = dataclasses.replace(claim, paid=rm("9310.50"))
    assert "The insurer paid the whole claim of RM9,310.50" in printed(Audience.INSURER, claims=(paid,))
    bill = printed(Audience.HOSPITAL, accepted=rm("52000"), bill=rm("52000"), bill_days=(), ceiling=None)
    assert "The final letter accepts the whole bill of RM52,000" in bill


def test_a_case_that_goes_on_counts_its_days_and_one_that_ended_does_not():
    empty = {"ceiling": None, "versions": (), "bill": None, "bill_days": (), "tasks": (), "documents": ()}

    assert "Admitted since 16 Nov 2026 (4 days)" in printed(Audience.HOSPITAL, **empty)
    ended = printed(Audience.HOSPITAL, state=JourneyState.CANCELLED, **empty)
    assert "Cancelled since 16 Nov 2026" in ended and "days)" not in ended


def test_a_count_of_none_is_not_printed():
    late = dataclasses.replace(samples.case_view().answers[0], took_minutes=5000, target_minutes=240)
    missing = cv.DocumentView(kind=DocumentKind.BILL_INTERIM, title="", received_on=None)

    text = printed(Audience.INSURER, answers=(late,), documents=(missing,))

    assert "1 over the target · " in text and "0 in time" not in text
    assert "Documents 1 missing" in text


def test_one_version_of_a_letter_needs_no_word_on_adding():
    first = samples.case_view().versions[-1]

    assert "never added" not in printed(Audience.INSURER, versions=(first,))
    assert "never added" in printed(Audience.INSURER)
