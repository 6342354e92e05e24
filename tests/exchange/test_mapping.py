"""Lists spread over several tables come in through a mapping file, with their sums."""

from pathlib import Path

import pytest

from liaison.domain.errors import Refused, Unavailable
from liaison.exchange.bordereau import Answers
from liaison.exchange.mapping import read_mapping, stage_mapped
from tests.exchange.lists import D, claims_of, codes_of, text

SYNTHEA = Path(__file__).with_name("synthea.toml")
TOML = """
[list]
numbers = "plain"
[join.person]
file = "people.csv"
key = "id"
by = "who"
[join.house]
file = "houses.csv"
key = "id"
by = "person.house"
[aggregate.total]
file = "items.csv"
key = "claim"
by = "no"
sum = "amount"
where = { kind = "charge" }
[aggregate.items]
file = "items.csv"
key = "claim"
by = "no"
count = "amount"
[fields]
claim_no = "no"
member_name = "{person.first} {person.last}"
hospital = "house.name"
admit_date = "day"
billed = "total"
remarks = "{items} items"
status = "state"
[defaults]
currency = "USD"
country = "US"
[statuses]
DONE = "paid"
"""


@pytest.fixture
def tables(tmp_path):
    text(
        tmp_path / "main.csv",
        [["no", "who", "day", "state"], ["C1", "p1", "2026-04-03T10:00:00Z", "DONE"], ["C2", "p2", "2026-04-04", ""]],
    )
    text(
        tmp_path / "people.csv",
        [["id", "first", "last", "house"], ["p1", "Ani", "Lim", "h1"], ["p2", "Budi", "", "h9"]],
    )
    text(tmp_path / "houses.csv", [["id", "name"], ["h1", "KPJ"]])
    items = [
        ["claim", "kind", "amount"],
        ["C1", "charge", "77.49"],
        ["C1", "charge", "1000.5"],
        ["C1", "payment", "5"],
        ["C9", "charge", "1"],
    ]
    text(tmp_path / "items.csv", items)
    (tmp_path / "map.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_joins_aggregates_templates_and_defaults_make_claims(tables):
    staged = stage_mapped(tables / "main.csv", read_mapping(tables / "map.toml"))

    first, second = staged.claims
    assert claims_of(staged) == [(2, "C1", "Ani Lim", "USD", "1077.99"), (3, "C2", "Budi", "USD", "0.00")]
    assert (first.hospital, first.admit_date, first.status.value, first.remarks, first.country) == (
        "KPJ",
        D(2026, 4, 3),
        "paid",
        "3 items",
        "US",
    )
    assert (second.hospital, second.remarks) == ("", "0 items")
    assert staged.sums["USD"].to_json() == {"rows": 2, "billed": "1077.99"}


def test_rows_of_one_claim_are_summed_by_group(tmp_path):
    rows = [
        ["CLM_ID", "BENE", "FROM", "AMT"],
        ["1", "Ani", "05-Feb-2015", "10.5"],
        ["2", "Budi", "05-Feb-2015", "1"],
        ["1", "Ani", "06-Feb-2015", "2"],
    ]
    text(tmp_path / "main.csv", rows, delimiter="|")
    (tmp_path / "map.toml").write_text(
        '[list]\nnumbers="plain"\ngroup_by="CLM_ID"\n[fields]\nclaim_no="CLM_ID"\nmember_name="BENE"\nadmit_date="FROM"\nbilled="sum(AMT)"\n',
        encoding="utf-8",
    )

    staged = stage_mapped(tmp_path / "main.csv", read_mapping(tmp_path / "map.toml"), answers=Answers(currency="USD"))

    assert claims_of(staged) == [(2, "1", "Ani", "USD", "12.50"), (3, "2", "Budi", "USD", "1.00")]


def test_the_codes_of_every_claim_list_hold_for_mapped_ones_too(tables):
    text(
        tables / "main.csv",
        [["no", "who", "day", "state"], ["C1", "p1", "31/02/2026", ""], ["", "p9", "2026-04-04", ""]],
    )

    staged = stage_mapped(tables / "main.csv", read_mapping(tables / "map.toml"))

    assert codes_of(staged) == [(2, ["BAD_DATE"]), (3, ["MISSING_CLAIM_NO", "MISSING_MEMBER"])]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[list]", "[list"), "line"),
        (('billed = "total"', 'invoiced = "total"'), "invoiced"),
        (('sum = "amount"', 'sum = "price"'), "price"),
        (('hospital = "house.name"', 'hospital = "home.name"'), "home.name"),
        (('hospital = "house.name"', 'hospital = "house.nom"'), "nom"),
        (('DONE = "paid"', 'DONE = "fertig"'), "fertig"),
        (('by = "who"', ""), "by"),
        (('sum = "amount"\n', ""), "sum"),
        (('file = "people.csv"', 'file = "../people.csv"'), "../people.csv"),
        (('claim_no = "no"', ""), "claim"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused_in_a_sentence(tables, english, change, says):
    (tables / "map.toml").write_text(TOML.replace(*change), encoding="utf-8")

    with pytest.raises(Refused) as refusal:
        stage_mapped(tables / "main.csv", read_mapping(tables / "map.toml"))

    assert says in refusal.value.text(english)


def test_a_mapping_or_a_joined_file_that_is_not_there_is_unavailable(tables):
    with pytest.raises(Unavailable):
        read_mapping(tables / "none.toml")
    (tables / "people.csv").unlink()
    with pytest.raises(Unavailable):
        stage_mapped(tables / "main.csv", read_mapping(tables / "map.toml"))


@pytest.mark.shared_data
def test_the_claims_of_synthea_come_in_with_their_sum(shared_data):
    staged = stage_mapped(shared_data / "synthea_csv" / "claims.csv", read_mapping(SYNTHEA))

    assert (len(staged.claims), staged.rejects) == (1267, ())
    assert staged.sums["USD"].to_json() == {"rows": 1267, "billed": "1092402.73"}
    assert all(c.hospital and c.member_name and c.admit_date for c in staged.claims)
