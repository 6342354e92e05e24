"""Walk W6: a plain field of a claim is added everywhere by six edits, and every place that was forgotten is named."""

import ast
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from liaison.domain.claims import PLAIN
from liaison.domain.privacy import Audience
from tests.walks.new_field import EDITS, LABEL, NAME, PACKAGE, SENT, TYPED, edited
from tests.walks.plain_places import forgotten, places

ROOT = PACKAGE.parent


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What the edited program did with the new field, worked through once."""
    folder = tmp_path_factory.mktemp("edited")
    done = subprocess.run(
        [sys.executable, "-m", "tests.walks.new_field", str(folder)], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


# six edits


def test_six_modules_are_edited_and_no_other_knows_the_field(seen):
    others = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix() not in EDITS]

    assert seen["edited"] == sorted(EDITS)
    assert len(EDITS) <= 6
    assert all(NAME in edited(path) for path in EDITS)
    assert [path for path in others if NAME in path.read_text(encoding="utf-8")] == []


def test_the_new_field_goes_from_the_form_into_the_printed_letter_of_its_reader_alone(seen):
    assert f"{LABEL} {TYPED}" in seen["letters"]["insurer"]
    assert TYPED not in seen["letters"]["hospital"]
    assert LABEL not in seen["letters"]["hospital"]


def test_the_page_of_the_claim_shows_the_new_field(seen):
    assert seen["shown"]


def test_a_list_brings_the_new_field_in_and_a_later_list_changes_it(seen):
    assert seen["list"]["differs"] == [[LABEL, SENT, "KASUS-0043"]]
    assert seen["list"]["kept"] == ["KASUS-0044"]


def test_the_workbook_of_claims_has_a_column_for_it(seen):
    assert seen["workbook"] == ["KASUS-0044", TYPED]


def test_nothing_about_the_new_field_was_forgotten(seen):
    assert seen["forgotten"] == []
    assert seen["sound"]


HANDING_ON = (
    "services/claim_views.py", "services/claim_lists.py", "services/claim_list_rows.py",
    "services/exports.py", "exchange/packed.py", "exchange/bordereau.py", "ui/pages/import_claims.py",
    "ui/widgets/form.py", "reports/claim_view.py", "reports/claim_letter_parts.py",
)  # fmt: skip
"""Modules through which every plain field goes, from the form or a list to the paper or the workbook.

``services.claims`` is not among them: there a guarantee letter gives its number to the claims that follow from it.
"""


@pytest.mark.parametrize("path", HANDING_ON)
def test_what_only_hands_a_plain_field_on_does_not_name_it(path):
    nodes = list(ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))))
    names = {getattr(node, part, None) for node in nodes for part in ("attr", "arg", "id")}
    names |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    assert names & set(PLAIN) == set()


# every forgotten place


@pytest.mark.parametrize("name", PLAIN)
def test_every_place_knows_every_plain_field(name):
    assert forgotten(name, places()) == []


WITHOUT = {
    "store.models.claims": {"kept": "gl_no"},
    "ui.pages.claim_form": {"not_typed": "gl_no"},
    "exchange.fields": {"headed": "gl_no"},
    "services.list_of_claims": {"listed": "gl_no"},
    "reports.claim_letter": {"printed": "gl_no", "tagged": "gl_no"},
    "services.labels": {"named": "gl_no"},
}
"""Each place, and what it says of the letter's number."""


@pytest.mark.parametrize("place", WITHOUT)
def test_a_place_that_forgot_a_field_is_named(place):
    whole = places()
    less = {
        part: type(said)(every for every in said.items() if every[0] != name)
        if isinstance(said := getattr(whole, part), dict)
        else said - {name}
        for part, name in WITHOUT[place].items()
    }

    (told,) = forgotten("gl_no", dataclasses.replace(whole, **less))

    assert told.startswith(f"{place}: ")
    assert "gl_no" in told


def test_the_form_is_named_where_a_typed_field_left_its_rows():
    whole = places()

    told = forgotten("remarks", dataclasses.replace(whole, typed=whole.typed - {"remarks"}))

    assert [one.partition(":")[0] for one in told] == ["ui.pages.claim_form"]


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (frozenset(), "reports.reader_tags"),
        (frozenset({Audience.FAMILY, Audience.HOSPITAL, Audience.INSURER}), "reports.reader_tags"),
    ],
)
def test_a_tag_that_says_otherwise_than_the_letters_table_is_named(tags, told):
    whole = places()

    found = forgotten("gl_no", dataclasses.replace(whole, tagged={**whole.tagged, "gl_no": tags}))

    assert [one.partition(":")[0] for one in found] == [told]


def test_a_field_printed_for_nobody_is_named():
    whole = places()

    found = forgotten("gl_no", dataclasses.replace(whole, printed={"gl_no": frozenset()}, tagged={}))

    assert [one.partition(":")[0] for one in found] == ["reports.claim_letter"]


def test_a_field_that_nobody_entered_anywhere_is_named_at_every_place():
    found = [one.partition(":")[0] for one in forgotten(NAME, places())]

    assert set(found) == {f"{Path(path).with_suffix('').as_posix().replace('/', '.')}" for path in EDITS} - {
        "domain.claims"
    } | {"services.labels"}
