"""The log keeps codes and ids, and nothing of anybody."""

import json
import logging

import pytest
import structlog

from liaison import log


@pytest.fixture
def written(tmp_path):
    """The lines of a log in a folder of the test's own."""
    log.set_up(tmp_path)

    def lines():
        for handler in logging.getLogger("liaison").handlers:
            handler.flush()
        file = tmp_path / "liaison.log"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []

    yield lines
    log.set_up(None)
    structlog.reset_defaults()


def test_codes_ids_and_counts_are_written(written):
    log.note("import.done", count=214, id=7, kind="claims", codes=["BAD_DATE"])

    line = written()[0]

    assert line["event"] == "import.done"
    assert (line["count"], line["id"], line["kind"], line["codes"]) == (214, 7, "claims", ["BAD_DATE"])


def test_names_sentences_and_unknown_keys_are_hidden(written):
    log.note("Suyanti called", name="Suyanti", note="telp suami", kind="Siti Rahmawati", error="Budi was here")

    line = written()[0]

    assert "Suyanti" not in json.dumps(line)
    assert "Siti" not in json.dumps(line)
    assert line["event"] == line["kind"] == line["error"] == log.HIDDEN
    assert not {"name", "note"} & set(line)


def test_an_exception_leaves_only_the_places_it_came_through(written):
    try:
        raise ValueError("Suyanti 3174096112900001")
    except ValueError as error:
        text = log.where(error)
    log.note("trouble.bug", where=text)

    assert text.startswith("ValueError @ test_log.py:")
    assert "Suyanti" not in json.dumps(written())


def test_a_folder_that_cannot_be_written_costs_the_log_and_not_the_program(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")

    try:
        log.set_up(blocked / "log")
        log.note("x.y")
        (kept,) = logging.getLogger("liaison").handlers
    finally:
        log.set_up(None)
        structlog.reset_defaults()

    assert isinstance(kept, logging.NullHandler)
    assert blocked.read_text(encoding="utf-8") == "x"


def test_nothing_is_written_before_the_log_is_set_up(capsys):
    log.note("office.opened")

    assert capsys.readouterr().out == ""
