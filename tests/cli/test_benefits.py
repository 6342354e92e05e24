"""What the insurers will probably pay, told on the command line."""

import datetime as dt
from decimal import Decimal

import pikepdf
import pytest

from liaison.domain.benefits import RateRule
from liaison.domain.claims import ClaimLineDraft, LineCategory
from liaison.domain.fx import RateDraft
from liaison.domain.money import Money
from liaison.domain.plans import PlanRulesDraft
from liaison.services import claims, payments, plans, policies, rates, views
from tests import make


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A case with a bill, a claim, and a plan in rupiah."""
    folder = tmp_path_factory.mktemp("benefit") / "office"
    with make.new_store(folder) as store:
        insurer = make.insurer(store)
        product = make.made(store, policies.add_product, make.product_draft(insurer_id=insurer, currency="IDR"))
        rules = PlanRulesDraft(
            product_id=product, source="polis hal. 4", follows_regulation=True, rate_rule=RateRule.ADMISSION
        )
        make.do(store, plans.set_plan_rules, rules)
        friday = RateDraft(
            base="MYR", quote="IDR", rate=Decimal(3850), on_date=dt.date(2026, 10, 16), source="Bank Indonesia"
        )
        make.do(store, rates.add_rate, friday)
        person = make.patient(store)
        policy = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer, product_id=product))
        cover = make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy))
        other = make.cover(store, person, make.insurer(store, name="Tanpa Aturan"), policy_no="T-1")
        case = make.journey(store, person, cover_id=cover, planned_admission_on=dt.date(2026, 10, 18))
        make.do(store, payments.record_bill, make.bill_draft(case, amount=Money.of("18837.57", "MYR")))
        lines = (ClaimLineDraft(category=LineCategory.SUR, claimed=Money.of("18837.57", "MYR")),)
        make.do(
            store, claims.file_claim,
            make.claim_draft(
                patient_id=person, cover_id=cover, claim_no="K/26-1", admitted_on=dt.date(2026, 10, 18),
                billed=Money.of("18837.57", "MYR"), lines=lines,
            ),
        )  # fmt: skip
        number = make.see(store, views.journey_view, case).case_no
    assert other
    return folder, number


def test_a_claim_is_told_line_by_line_with_its_rate_and_what_was_left_out(run, office):
    folder, _ = office

    told = run("estimate-benefit", "--claim", "k26 1", store=folder)

    assert told.status == 0
    for part in ("Rp69,524,645", "co-payment share Rp3,000,000", "3,850", "No rate was published on", "Left out: ",
                 "Estimate. The insurer decides."):  # fmt: skip
        assert part in told.out


def test_a_cases_bill_is_told_for_each_insurer_as_one_json_object(run, office):
    folder, number = office

    told = run("estimate-benefit", number, "--json", store=folder).json

    first, second = told["estimates"]
    assert (first["claimed"], first["benefit"], first["reductions"]) == (
        "72524645.00", "69524645.00", {"R20": "3000000.00"},
    )  # fmt: skip
    assert (first["rate"]["on"], first["rate"]["previous_day"]) == ("2026-10-16", True)
    assert second["why_not"].startswith("The policy names no plan")
    assert "Tanpa Aturan" in run("estimate-benefit", number, store=folder).out


def test_a_number_that_nobody_has_is_refused(run, office):
    folder, _ = office

    assert run("estimate-benefit", "--claim", "?", store=folder).status == 1
    assert run("estimate-benefit", "MDN-26-A9999-X", store=folder).status == 1


def test_the_estimate_is_printed_for_a_claim_and_for_a_case(run, office, tmp_path):
    folder, number = office

    for name, asked in (("claim", ("--claim", "k26 1")), ("case", ("--case", number))):
        paper = tmp_path / f"{name}.pdf"
        told = run("report", "benefit_estimate", *asked, "--audience", "internal", "-o", str(paper), store=folder)
        assert told.status == 0, told.out
        assert paper.read_bytes().startswith(b"%PDF")


def test_a_paper_is_sealed_with_the_password_of_a_file(run, office, tmp_path):
    folder, number = office
    secret, paper = tmp_path / "sandi.txt", tmp_path / "kasus.pdf"
    secret.write_text("kapal feri tujuh belas\n", encoding="utf-8")

    told = run("report", "benefit_estimate", "--case", number, "--audience", "internal", "-o", str(paper),
               "--password-file", str(secret), store=folder)  # fmt: skip

    assert told.status == 0, told.out
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    pikepdf.open(paper, password="kapal feri tujuh belas").close()
