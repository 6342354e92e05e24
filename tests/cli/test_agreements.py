"""Agreements on the command line: printed for one country, found by the box, written into files."""


def test_the_agreements_with_one_country_are_printed_and_an_unknown_one_is_refused(run, sample, tmp_path):
    target = tmp_path / "r7.pdf"

    done = run("report", "agreements", "--country", "CN", "-o", target, "--json", store=sample)

    assert (done.status, done.json["id"][:3]) == (0, "R7-")
    assert target.read_bytes().startswith(b"%PDF")
    refused = run("report", "agreements", "--country", "FR", "-o", target, store=sample)
    assert refused.status == 1
    assert "CN" in refused.err


def test_the_lists_beside_the_agreements_are_written_and_an_agreement_is_found(run, sample, tmp_path):
    for name in ("agreements", "plan", "indicators", "data_requests", "channels", "outreach"):
        assert run("export", name, "--to", tmp_path / f"{name}.csv", store=sample).status == 0
        assert (tmp_path / f"{name}.csv").stat().st_size > 100

    found = run("find", "chengdu", "--json", store=sample).json["found"]
    assert [one["kind"] for one in found] == ["AGREEMENT"]
