"""hand-over and take-over: the same as in the window, without one."""

import pytest

from liaison.store import case_file, kdf
from tests import make


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(case_file, "fitting", lambda: kdf.CHEAP)


def a_case(folder):
    with make.opened(folder) as store:
        journey = make.journey(store)
        return make.see(
            store, lambda s: s.connection().exec_driver_sql("SELECT case_no FROM journey").scalar()
        ), journey


def test_cases_go_into_a_file_and_come_out_of_it_on_another_laptop(run, office, tmp_path):
    case_no, _ = a_case(office)
    file, code = tmp_path / "a.liaison", tmp_path / "code"
    made = run("hand-over", case_no, "-o", file, "--to", "Sari", "--json", store=office)
    assert made.status == 0, made.err
    code.write_text(made.json["code"])
    assert run("init", "--office", "Kantor Medan", "--officer", "Sari", store=tmp_path / "other").status == 0

    seen = run("take-over", file, "--code-file", code, "--look", "--json", store=tmp_path / "other")
    taken = run("take-over", file, "--code-file", code, store=tmp_path / "other")
    again = run("take-over", file, "--code-file", code, store=tmp_path / "other")

    assert seen.json["cases"] == [case_no]
    assert (seen.json["taken"], seen.json["new"]["journey"]) == (False, 1)
    assert (taken.status, again.status) == (0, 0), taken.err
    assert "already" in again.err
    assert run("find", case_no, "--json", store=tmp_path / "other").json["found"]


def test_an_unknown_case_a_wrong_ending_and_a_wrong_code_are_said(run, office, tmp_path):
    case_no, _ = a_case(office)
    assert run("hand-over", "MDN-26-A9999-0", "-o", tmp_path / "a.liaison", "--to", "Sari", store=office).status == 1
    assert run("hand-over", case_no, "-o", tmp_path / "a.zip", "--to", "Sari", store=office).status == 1
    assert run("take-over", tmp_path / "none.liaison", store=office).status == 1

    code = tmp_path / "code"
    code.write_text("ABC")
    (tmp_path / "b.liaison").write_bytes(b"PK\x03\x04")
    refused = run("take-over", tmp_path / "b.liaison", "--code-file", code, store=office)
    assert refused.status == 3
    assert "whatever its name says" in refused.err
