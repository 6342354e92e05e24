"""Liaison: ``python main.py`` opens the window; words after it are the command line's (``python main.py --help``)."""

import sys


def start() -> int:
    """Start, or say in one line what is missing."""
    try:
        from liaison.app import main
    except ModuleNotFoundError as error:
        return _missing(error)
    try:
        return main()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "liaison":
            raise
        return _missing(error)


def _missing(error: ModuleNotFoundError) -> int:
    sys.stderr.write(
        f"Liaison: a part is not installed yet ({error.name}). Python 3.11 or later, then one line:\n"
        "  python -m pip install -e .\n"
        "Liaison: ada bagian yang belum terpasang. Jalankan baris di atas, lalu coba lagi.\n"
    )
    return 4


if __name__ == "__main__":
    sys.exit(start())
