"""The four real claim lists give exactly what their truth files say, row by row."""

import json
from collections import Counter

import pytest

from liaison.exchange.bordereau import stage_claims

LISTS = (
    "01_bordereau_judul_gabung.xlsx",
    "02_laporan_klaim_cp1252.csv",
    "03_ekspor_unicode_utf16le.txt",
    "04_tanggal_campur_rumus.xlsx",
)


@pytest.fixture(scope="module", params=LISTS)
def listed(request, shared_data, english):
    path = shared_data / "bordereaux" / request.param
    truth = json.loads((path.parent / f"{path.name}.truth.json").read_text(encoding="utf-8"))
    return stage_claims(path).to_json(english, rows=True), truth


def one_line(value):
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.shared_data
def test_every_imported_row_has_the_values_of_the_truth_file(listed):
    answer, truth = listed

    rows = {row["row"]: row for row in answer["rows"]}

    assert sorted(rows) == [row["row"] for row in truth["imported_rows"]]
    for expected in truth["imported_rows"]:
        found = rows[expected["row"]]
        assert {k: one_line(found.get(k)) for k in expected} == {k: one_line(v) for k, v in expected.items()}


@pytest.mark.shared_data
def test_every_rejected_row_has_the_reasons_of_the_truth_file(listed):
    answer, truth = listed

    found = [(r["row"], r["claim_no"], r["codes"]) for r in answer["rejects"]]

    assert found == [(r["row"], r["claim_no"], r["reasons"]) for r in truth["rejected"]]
    assert answer["rejected"] == truth["rows_rejected"]


@pytest.mark.shared_data
def test_every_skipped_row_has_the_kind_of_the_truth_file(listed):
    answer, truth = listed

    assert [(s["row"], s["kind"]) for s in answer["skips"]] == [(s["row"], s["kind"]) for s in truth["skipped"]]
    assert answer["skipped"] == truth["rows_skipped"]


@pytest.mark.shared_data
def test_the_sums_statuses_and_warnings_are_those_of_the_truth_file(listed):
    answer, truth = listed

    assert answer["imported"] == answer["lines"] == truth["rows_imported"]
    assert answer["sums"] == truth["sums_by_currency"]
    assert Counter(r["status_canonical"] for r in answer["rows"]) == truth["status_canonical"]
    assert answer["warnings"] == truth["warnings"]
