"""What a machine remembers, and what happens to a file that cannot be read."""

import dataclasses
from pathlib import Path

import pytest

from liaison import settings
from liaison.settings import Geometry, Settings

WHOLE = Settings(
    language="id", palette="dark", zoom=125, store='C:\\Data\\"kantor"\tA', idle_minutes=10, dense=True,
    geometry=Geometry(left=-8, top=0, width=1366, height=688, maximised=True),
    keys={"program.find": "Ctrl+H", "program.lock": ""},
)  # fmt: skip


def test_what_is_remembered_comes_back(tmp_path):
    settings.save(WHOLE, tmp_path)

    assert settings.load(tmp_path) == WHOLE


def test_nothing_remembered_means_the_defaults(tmp_path):
    assert settings.load(tmp_path / "nowhere") == Settings()


@pytest.mark.parametrize(
    "text", ["not toml = = =", "\x00\x01", "zoom = 'big'\nlanguage = 7\ngeometry = 3\nkeys = 'all'"]
)
def test_a_file_that_makes_no_sense_never_stops_the_program(tmp_path, text):
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")

    assert settings.load(tmp_path) == Settings()


def test_a_damaged_file_is_set_aside_and_not_thrown_away(tmp_path):
    (tmp_path / settings.FILE).write_bytes(b"\xff\xfe= broken")

    settings.load(tmp_path)

    assert (tmp_path / "settings.unreadable").read_bytes() == b"\xff\xfe= broken"


def test_saving_replaces_the_file_whole(tmp_path):
    settings.save(WHOLE, tmp_path)
    settings.save(dataclasses.replace(WHOLE, zoom=80), tmp_path)

    assert settings.load(tmp_path).zoom == 80
    assert [p.name for p in tmp_path.iterdir()] == [settings.FILE]


def test_folders_can_be_moved_and_otherwise_belong_to_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("LIAISON_CONFIG", str(tmp_path / "c"))
    monkeypatch.setenv("LIAISON_DATA", str(tmp_path / "d"))
    assert settings.config_folder() == tmp_path / "c"
    assert settings.log_folder() == tmp_path / "c" / "log"
    assert Settings().store_folder == tmp_path / "d" / "office"
    assert Settings(store="x").store_folder == Path("x")

    monkeypatch.delenv("LIAISON_CONFIG")
    monkeypatch.delenv("LIAISON_DATA")

    assert "Liaison" in str(settings.config_folder())
    assert "Liaison" in str(settings.data_folder())


def test_half_a_geometry_is_none(tmp_path):
    (tmp_path / settings.FILE).write_text("[geometry]\nleft = 3\n", encoding="utf-8")

    assert settings.load(tmp_path).geometry is None
