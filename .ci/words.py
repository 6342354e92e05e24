"""Keep the catalogues: gather marked sentences, put translations in, compile, list what is missing.

python .ci/words.py                       gather and compile
python .ci/words.py --fill FILE.json …    put translations in first: {"msgid": "terjemahan"}
python .ci/words.py --check               change nothing; exit 1 if anything is missing or stale
python .ci/words.py --missing [PREFIX]    print what has no Indonesian yet, as JSON
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "language": None, "words": None, "_words": None, "plural": (1, 2), "_plural": (1, 2),
            "said_of": (1, 2)}  # fmt: skip
ABOUT = {"project": "Liaison", "version": "0.1", "charset": "utf-8", "fuzzy": False}
STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
METHODS = [("**.py", "python")]


def gathered() -> Catalog:
    """All marked sentences of the package."""
    catalogue = Catalog(**ABOUT)
    for name, _line, message, comments, context in extract_from_dir(ROOT / "liaison", METHODS, keywords=KEYWORDS):
        if message and message != "":
            place = f"liaison/{Path(name).as_posix()}"
            catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(code: str) -> Path:
    return ROOT / "resources" / "locale" / code / "LC_MESSAGES" / "liaison.po"


def load(code: str) -> Catalog:
    if not path_of(code).exists():
        return Catalog(locale=code, **ABOUT)
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)


def fill(catalogue: Catalog, code: str, words: dict[str, str]) -> None:
    for message in catalogue:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if code == "en":
            message.string = tuple(message.id) if isinstance(message.id, tuple) else message.id
        elif words.get(key):
            message.string = (words[key],) * catalogue.num_plurals if isinstance(message.id, tuple) else words[key]
        message.flags.discard("fuzzy")


def refreshed(code: str, source: Catalog, words: dict[str, str]) -> Catalog:
    catalogue = load(code)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    for message in catalogue:
        # Indonesian has one form: what stands in the first place stands in the others too.
        if code == "id" and isinstance(message.string, tuple) and message.id:
            message.string = (message.string[0] or "",) * catalogue.num_plurals
    fill(catalogue, code, words)
    return catalogue


def rendered(catalogue: Catalog) -> tuple[bytes, bytes]:
    po, mo = io.BytesIO(), io.BytesIO()
    catalogue.header_comment = "# Words of Liaison."
    catalogue.project, catalogue.version = "Liaison", "0.1"
    catalogue.msgid_bugs_address, catalogue.last_translator = "-", "Liaison"
    catalogue.language_team = str(catalogue.locale)
    catalogue.creation_date = catalogue.revision_date = STAMP
    write_po(po, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    result = []
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            result.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", nargs="*", default=[])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", nargs="?", const="", default=None)
    options = parser.parse_args()
    source = gathered()
    words: dict[str, str] = {}
    for file in options.fill:
        words.update(json.loads(Path(file).read_text(encoding="utf-8")))
    faults = 0
    for code in ("id", "en"):
        catalogue = refreshed(code, source, words)
        gaps = missing(catalogue)
        if options.missing is not None:
            if code == "id":
                wanted = [
                    (m.id[0] if isinstance(m.id, tuple) else m.id)
                    for m in catalogue
                    if m.id
                    and (m.id[0] if isinstance(m.id, tuple) else m.id) in set(gaps)
                    and any(place.startswith(options.missing or "liaison") for place, _ in m.locations)
                ]
                print(json.dumps(wanted, ensure_ascii=False, indent=1))
            continue
        po, mo = rendered(catalogue)
        if options.check:
            stale = path_of(code).read_bytes() != po or path_of(code).with_suffix(".mo").read_bytes() != mo
            faults += len(gaps) + stale
            for gap in gaps:
                print(f"{code}: no translation: {gap}")
            if stale:
                print(f"{code}: catalogue is stale; run: python .ci/words.py")
        else:
            path_of(code).parent.mkdir(parents=True, exist_ok=True)
            path_of(code).write_bytes(po)
            path_of(code).with_suffix(".mo").write_bytes(mo)
            print(f"{code}: {len(catalogue)} sentences, {len(gaps)} without translation")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
