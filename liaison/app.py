"""``python main.py``, ``liaison``: the window without words, the command line with them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

UNAVAILABLE = 4
X11_LIBRARIES = ("libxcb.so.1", "libxcb-cursor.so.0")
APT_LINE = (
    "sudo apt-get install -y --no-install-recommends libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 "
    "libxkbcommon0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-render0 "
    "libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the answer is the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    folder = _only_a_store(words)
    if words and folder is None:
        from liaison.cli import main as command_line

        return int(command_line(words) or 0)
    return _window(folder)


def _only_a_store(words: Sequence[str]) -> Path | None:
    """``--store DIR`` alone opens the window on that store."""
    if len(words) == 2 and words[0] == "--store":
        return Path(words[1])
    if len(words) == 1 and words[0].startswith("--store="):
        return Path(words[0].partition("=")[2])
    return None


def _window(folder: Path | None) -> int:
    if not has_display(os.environ, sys.platform):
        return _say_no_screen()
    try:
        from liaison.ui.launch import launch
    except ImportError as error:
        library = missing_library(error)
        if library is None:
            raise
        return _say_missing(library)
    if not uses_x11(os.environ, sys.platform):
        return launch(folder)
    library = missing_for_x11()
    if library is not None:
        return _say_missing(library)
    return launch(folder) if x11_answers() else _say_no_screen()


def _say_no_screen() -> int:
    _say(
        "Liaison: there is no screen to show a window on. To see the main job done without one:\n"
        "  python main.py try --to DIR\n"
        "Liaison: tidak ada layar untuk menampilkan jendela. Perintah di atas bekerja tanpa jendela."
    )
    return UNAVAILABLE


def _say_missing(library: str) -> int:
    _say(
        f"Liaison: a system library that the window needs is missing ({library}). One line installs it:\n"
        f"  {APT_LINE}\n"
        "Liaison: pustaka sistem untuk jendela belum terpasang. Satu baris di atas memasangnya."
    )
    return UNAVAILABLE


def uses_x11(environment: os._Environ[str] | dict[str, str], platform: str) -> bool:
    """Whether Qt will use its X11 part, which aborts the program where others raise."""
    told = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return platform.startswith("linux") and told in ("", "xcb") and not environment.get("WAYLAND_DISPLAY")


def missing_for_x11() -> str | None:
    """The library that Qt's X11 part cannot do without, if it is missing."""
    import ctypes

    for library in X11_LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            return library
    return None


def x11_answers() -> bool:
    """Whether the display that ``DISPLAY`` names lets us in."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def has_display(environment: os._Environ[str] | dict[str, str], platform: str) -> bool:
    """Whether a window can be shown: Linux needs a display server unless Qt is told to do without."""
    if not platform.startswith("linux"):
        return True
    told = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if told in ("offscreen", "minimal", "vnc", "linuxfb", "eglfs"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def missing_library(error: ImportError) -> str | None:
    """``libGL.so.1`` from the loader's words; none where something else failed."""
    found = re.search(r"\blib[\w+.-]*\.so[\w.]*", str(error))
    return found[0] if found else None


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
