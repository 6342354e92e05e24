"""Products, policies and covers."""

import datetime as dt

import pytest

from liaison.domain.errors import Refused
from liaison.domain.money import Money
from liaison.services import policies
from tests import make


def codes(refusal):
    return {p.code for p in refusal.value.problems if p.severity == "error"}


def test_several_policies_stand_side_by_side_and_none_is_preselected(store):
    person = make.patient(store)
    one = make.cover(store, person, policy_no="A-1")
    other = make.cover(store, person, make.insurer(store, name="Asuransi Kedua"), policy_no="B-1")

    covers = make.see(store, policies.covers_of, person)

    assert [(c.id, c.insurer) for c in covers] == [(one, "Asuransi Nusantara Sehat"), (other, "Asuransi Kedua")]
    assert make.see(store, policies.cover, one).name_on_policy == "Dewi L. Siregar"


def test_a_policy_number_stands_once_per_insurer(store):
    insurer = make.insurer(store)
    key = make.made(store, policies.add_policy, make.policy_draft(insurer_id=insurer))

    with pytest.raises(Refused) as refusal:
        make.do(store, policies.add_policy, make.policy_draft(insurer_id=insurer, policy_no="ns 2024 771"))
    make.do(store, policies.edit_policy, key, make.policy_draft(insurer_id=insurer, holder_name="Budi"), version=1)

    assert codes(refusal) == {"KNOWN_POLICY"}
    assert make.see(store, policies.policy_draft, key).holder_name == "Budi"


def test_a_policy_without_insurer_is_not_guessed(store):
    key = make.made(store, policies.add_policy, make.policy_draft(policy_no=""))

    assert make.see(store, policies.policy_draft, key).insurer_id is None
    assert make.see(store, policies.find_policy, None, "") is None


def test_a_policy_names_an_insurer_its_own_product_and_a_real_administrator(store):
    insurer, other = make.insurer(store), make.insurer(store, name="Asuransi Kedua")
    hospital = make.hospital(store)
    product = make.made(store, policies.add_product, make.product_draft(insurer_id=other))

    with pytest.raises(Refused) as refusal:
        draft = make.policy_draft(insurer_id=hospital, administrator_id=insurer, product_id=product)
        make.do(store, policies.add_policy, draft)

    assert codes(refusal) == {"NOT_AN_INSURER", "NOT_AN_ADMINISTRATOR", "OTHER_INSURERS_PRODUCT"}


def test_a_person_stands_once_on_a_policy(store):
    person = make.patient(store)
    cover = make.cover(store, person)
    draft = make.see(store, policies.cover_draft, cover)

    with pytest.raises(Refused) as refusal:
        make.do(store, policies.add_cover, draft)
    with pytest.raises(Refused) as gone:
        make.do(store, policies.add_cover, make.cover_draft(patient_id=1, policy_id=2))

    assert codes(refusal) == {"KNOWN_MEMBER"}
    assert codes(gone) == {"GONE"}


def test_what_is_left_of_the_limit_is_kept_with_its_day(store):
    person = make.patient(store)
    key = make.cover(store, person)
    draft = make.see(store, policies.cover_draft, key)

    left = make.changed(draft, annual_limit_left=Money.of(250_000_000, "IDR"), annual_limit_as_of=dt.date(2026, 11, 1))
    make.do(store, policies.edit_cover, key, left, version=1)

    seen = make.see(store, policies.cover, key)
    assert (seen.annual_limit_left, seen.annual_limit_as_of) == (Money.of(250_000_000, "IDR"), dt.date(2026, 11, 1))


def test_one_form_makes_policy_and_cover_and_the_next_person_joins_the_same_policy(store):
    insurer = make.insurer(store)
    wife, husband = make.patient(store), make.patient(store, full_name="Budi Siregar")
    policy = make.policy_draft(insurer_id=insurer)

    first = make.made(store, policies.add_policy_with_cover, policy, make.cover_draft(patient_id=wife, policy_id=0))
    second = make.made(store, policies.add_policy_with_cover, policy, make.cover_draft(patient_id=husband, policy_id=0))

    one, other = make.see(store, policies.cover, first), make.see(store, policies.cover, second)
    assert one.policy_id == other.policy_id
    assert (one.patient_id, other.patient_id) == (wife, husband)


def test_a_form_of_both_is_refused_before_anything_is_made(store):
    with pytest.raises(Refused) as refusal:
        make.do(
            store, policies.add_policy_with_cover, make.policy_draft(insurer_id=4711),
            make.cover_draft(patient_id=4712, policy_id=0),
        )  # fmt: skip

    assert codes(refusal) == {"NOT_AN_INSURER", "GONE"}


def test_products_stand_by_name_and_plan(store):
    insurer = make.insurer(store)
    gold = make.made(
        store, policies.add_product,
        make.product_draft(insurer_id=insurer, annual_limit=Money.of(10**9, "IDR"), territories=("ID", "MY")),
    )  # fmt: skip
    make.do(store, policies.add_product, make.product_draft(insurer_id=insurer, plan=""))

    with pytest.raises(Refused) as refusal:
        make.do(store, policies.add_product, make.product_draft(insurer_id=insurer))
    make.do(store, policies.edit_product, gold, make.product_draft(insurer_id=insurer, room_class="1-bed"))
    listed = make.see(store, policies.products, insurer)

    assert codes(refusal) == {"KNOWN_PRODUCT"}
    assert [(p.title, p.room_class) for p in listed] == [("Sehat Prima", ""), ("Sehat Prima · Gold", "1-bed")]


def test_a_cover_tells_its_product_and_administrator(store):
    insurer = make.insurer(store)
    from liaison.domain.network import AdministratorLinkDraft
    from liaison.services import network

    desk = make.made(store, network.add_organization, make.administrator_draft())
    make.do(store, network.link_administrator, AdministratorLinkDraft(administrator_id=desk, insurer_id=insurer))
    person = make.patient(store)
    covers = []
    for plan in ("Gold", ""):
        product = make.made(store, policies.add_product, make.product_draft(insurer_id=insurer, plan=plan))
        policy = make.made(
            store, policies.add_policy,
            make.policy_draft(insurer_id=insurer, administrator_id=desk, product_id=product, policy_no=f"P-{plan}"),
        )  # fmt: skip
        covers.append(make.made(store, policies.add_cover, make.cover_draft(patient_id=person, policy_id=policy)))

    seen = [make.see(store, policies.cover, c) for c in covers]

    assert [(c.product, c.administrator) for c in seen] == [
        ("Sehat Prima · Gold", "Medika Admin"), ("Sehat Prima", "Medika Admin"),
    ]  # fmt: skip
