"""A number of a printed report is explained at the prompt: its figures, then the rows behind one of them."""


def test_a_report_tells_its_figures_and_the_rows_behind_one(run, sample, tmp_path):
    made = run("report", "handover", "-o", tmp_path / "a.pdf", "--json", store=sample).json
    figures = run("explain", made["id"], "--json", store=sample).json["figures"]
    ahead = next(one for one in figures if one["label"] == "The next 48 hours")
    rows = run("explain", made["id"].lower(), ahead["figure"], "--json", store=sample).json
    said = run("explain", made["id"], ahead["figure"], store=sample)
    table = run("explain", made["id"], store=sample, lang="id")
    whole = run("explain", made["id"], 0, "--json", store=sample).json
    wrong = run("explain", made["id"], 99, store=sample)

    assert rows["rows"] == len(rows["behind"]) > 0
    assert f"The next 48 hours: {ahead['printed']}" in said.out
    assert "Nothing was changed since the print of" in said.out
    assert rows["behind"][0]["number"] in said.out
    assert len(table.out.splitlines()) > len(figures)
    assert whole["rows"] >= rows["rows"]
    assert wrong.status == 1
    assert f"from 1 to {len(figures)}" in wrong.err
