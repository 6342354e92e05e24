"""What this machine remembers: language, look, window, where the store lies. Never anything about a patient.

Kept as TOML in the user's own configuration folder, since a store may be carried to another machine and a window may
not. A file that cannot be read is set aside and the program starts with its defaults.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

FILE = "settings.toml"
IDLE_MINUTES = (1, 2, 3, 5, 10, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """The window as plain numbers: Qt's own saved geometry grows at every start at 125 %."""

    left: int
    top: int
    width: int
    height: int
    maximised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one machine remembers. ``palette`` is system, light, dark or contrast; ``zoom`` is percent; ``keys`` are
    the keys chosen instead of the usual ones, by action.
    """

    language: str = ""
    palette: str = "system"
    zoom: int = 100
    store: str = ""
    idle_minutes: int = 5
    dense: bool = False
    copy_titles: bool = False
    """Whether Ctrl+C in a list copies the titles too."""
    geometry: Geometry | None = None
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def store_folder(self) -> Path:
        """Where the office's store lies."""
        return Path(self.store) if self.store else data_folder() / "office"


def config_folder() -> Path:
    """This user's configuration folder; ``LIAISON_CONFIG`` moves it (tests, a second office on one machine)."""
    moved = os.environ.get("LIAISON_CONFIG")
    if moved:
        return Path(moved)
    from platformdirs import user_config_path

    return user_config_path("Liaison", appauthor=False, roaming=False)


def data_folder() -> Path:
    """This user's local data folder: not Documents, which is often a synced folder. ``LIAISON_DATA`` moves it."""
    moved = os.environ.get("LIAISON_DATA")
    if moved:
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path("Liaison", appauthor=False, roaming=False)


def log_folder() -> Path:
    """Where the log lies, beside the settings."""
    return config_folder() / "log"


def load(folder: Path | None = None) -> Settings:
    """What was remembered, or the defaults."""
    file = (folder or config_folder()) / FILE
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        _set_aside(file)
        return Settings()
    return _from(found)


def _from(found: Mapping[str, object]) -> Settings:
    """Settings from a file, leaving out what is unknown or of the wrong type."""
    defaults = Settings()
    values: dict[str, object] = {}
    for each in fields(Settings):
        value = found.get(each.name)
        if each.name == "geometry":
            values["geometry"] = _geometry(value)
        elif each.name == "keys":
            values["keys"] = _words(value)
        elif type(value) is type(getattr(defaults, each.name)):
            values[each.name] = value
    return replace(defaults, **values)  # type: ignore[arg-type]  # types were just compared with the defaults'


def _geometry(value: object) -> Geometry | None:
    if not isinstance(value, Mapping):
        return None
    numbers = [value.get(name) for name in ("left", "top", "width", "height")]
    if not all(type(n) is int for n in numbers):
        return None
    left, top, width, height = (n for n in numbers if isinstance(n, int))
    return Geometry(left=left, top=top, width=width, height=height, maximised=value.get("maximised") is True)


def _words(value: object) -> dict[str, str]:
    """Texts by name; anything else is left out."""
    if not isinstance(value, Mapping):
        return {}
    return {name: text for name, text in value.items() if isinstance(name, str) and isinstance(text, str)}


def _set_aside(file: Path) -> None:
    """Keep an unreadable file for whoever wants to look, out of the way."""
    try:
        file.replace(file.with_suffix(".unreadable"))
    except OSError:
        return


def save(settings: Settings, folder: Path | None = None) -> None:
    """Remember. Written beside and put in place, so that a crash leaves the old file whole."""
    target = (folder or config_folder()) / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    text = "# What Liaison remembers on this machine. Nothing about patients.\n" + _toml(settings)
    beside = target.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)


def _toml(settings: Settings) -> str:
    plain = asdict(settings)
    geometry, keys = plain.pop("geometry"), plain.pop("keys")
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    if geometry:
        lines += ["", "[geometry]", *(f"{name} = {_value(value)}" for name, value in geometry.items())]
    if keys:
        lines += ["", "[keys]", *(f"{_value(name)} = {_value(text)}" for name, text in keys.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c >= " " else f"{chr(92)}u{ord(c):04x}" for c in escaped)}"'
