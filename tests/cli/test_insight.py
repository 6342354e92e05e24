"""The questions of Insight and the monthly evaluation on the command line."""


def test_how_many_from_medan_and_what_did_they_cost(run, read_only, tmp_path):
    target = tmp_path / "medan.xlsx"

    said = run("insight", "city", "--city", "Medan", "--period", "last_quarter", "-o", target, "--json",
               store=read_only)  # fmt: skip

    assert said.status == 0
    assert "from Medan" in said.json["headline"]
    assert said.json["tables"][0]["rows"][0][2] >= 1
    assert target.stat().st_size > 1_000


def test_a_question_or_period_nobody_knows_is_refused_with_those_there_are(run, read_only):
    said = run("insight", "weather", store=read_only)
    assert (said.status, "piles" in said.err) == (1, True)
    assert "last_quarter" in run("insight", "city", "--period", "soon", store=read_only).err


def test_an_answer_is_read_as_tables(run, read_only):
    said = run("insight", "unpaid", store=read_only)
    assert said.status == 0
    assert "Unpaid by insurer" in said.out


def test_the_rows_behind_are_written_beside_the_answer(run, office, tmp_path):
    target = tmp_path / "rows.xlsx"
    assert run("insight", "piles", "--rows", target, store=office).status == 0
    assert target.stat().st_size > 1_000
