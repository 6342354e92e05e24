"""Promises about the repository itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "liaison").rglob("*.py"))


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_package_imports_only_from_those_below_it():
    """The contracts stand in pyproject.toml; a broken one is named with the import that broke it."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_sentence_is_translated_into_both_languages():
    result = run(sys.executable, ".ci/words.py", "--check")

    assert result.returncode == 0, result.stdout


WORDED = {"_", "N_", "language", "words", "_words", "plural", "_plural", "said_of"}
"""By these a sentence is marked; ``.ci/words.py`` gathers them."""


def test_no_marked_sentence_escapes_the_catalogues():
    """Inside an f-string, or around a plural, the gatherer sees nothing, and the window would say it in English."""
    with (ROOT / "resources/locale/id/LC_MESSAGES/liaison.po").open("rb") as file:
        known = {text for m in read_po(file) for text in (m.id if isinstance(m.id, tuple) else (m.id,))}

    marked = {
        (call.args[0].value, source.relative_to(ROOT).as_posix())
        for source in SOURCES
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in WORDED
        if isinstance(call.args[0].value, str) and call.args[0].value.strip()
    }

    assert len(marked) > len(SOURCES)
    assert {(text, place) for text, place in marked if text not in known} == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_uses_the_plain_text_sqlite_library(source):
    names = {
        name
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }

    assert not {n for n in names if n.split(".")[0] == "sqlite3"}


def test_the_changelog_has_a_line_for_what_is_not_yet_released():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.search(r"## Unreleased\n\n- ", text) or re.search(r"## \d", text)


def test_the_readme_prints_the_two_commands_that_ci_runs():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "python -m pip install -e . && python main.py" in text
    assert "python -m pip install -e '.[test]' && python -m pytest" in text
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_exactly_one_encrypted_sqlite_package_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]

    assert [d for d in asked if d.startswith("sqlcipher3")] == ["sqlcipher3>=0.6.4"]


def test_one_helper_a_sink_builds_labels_and_paragraphs():
    """QLabel renders rich text and reportlab's Paragraph reads files: each may stand in one module only."""
    labels = [p for p in SOURCES if re.search(r"\bQLabel\(", p.read_text(encoding="utf-8"))]
    paragraphs = [p for p in SOURCES if re.search(r"\bParagraph\(", p.read_text(encoding="utf-8"))]

    assert len(labels) <= 1
    assert len(paragraphs) <= 1


def test_no_file_names_a_package_host_or_a_folder_of_some_machine():
    listed = run("git", "ls-files").stdout.split("\n")
    texts = [ROOT / n for n in listed if n and not n.endswith((".ttf", ".png", ".mo", ".qm", ".svg", ".txt"))]
    hosts = re.compile(r"https?://[^/\s]*(?:py" + r"pi|pythonho" + r"sted|npm" + r"js|debi" + r"an)[^/\s]*/")
    places = re.compile(r"(?:^|[^A-Za-z0-9._-])/(?:wo" + r"rk|fa" + r"rm|ro" + r"ot)/")

    found = [
        p.name for p in texts if p.exists() and (hosts.search(t := p.read_text(encoding="utf-8")) or places.search(t))
    ]

    assert found == []
