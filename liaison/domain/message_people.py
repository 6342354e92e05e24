"""Who a message is about, who writes it, and whose numbers stand in it.

"Istri saya Suyanti": the patient is a wife, the writer her husband. "Sy Rudi suami Siti": the writer is Rudi, the
patient Siti. Nothing is concluded without words that say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liaison.domain.identifiers import Phone
from liaison.domain.message_facts import Guess
from liaison.domain.message_text import MessageText, as_name
from liaison.domain.message_words import (
    AFTER_KIN,
    AGENT_WORDS,
    AIDES,
    COMPLAINT,
    GREETINGS,
    KIN,
    MY,
    NAME_LABELS,
    NAMING,
    NOT_A_NAME,
    OF,
    OWN_WORDS,
    PATIENT_KINDS,
    PATIENT_NUMBER,
    PATIENT_WORDS,
    PHONE_WORDS,
    POSSESSIVE,
    SELF,
    SEX_WORDS,
    THEIR_NUMBER,
    TITLES,
    WANT,
    Kin,
    PhoneOwner,
)
from liaison.domain.patients import Sex

_CLOSING = re.compile(
    r"(?im)(?:^[ \t]*|[.!,;] ?)(?:salam(?: hormat| hangat| sehat)?|hormat (?:saya|kami)|terima ?kasih(?: banyak)?|"
    r"makasih|trims|thanks?(?: you)?|(?:best |kind |warm )?regards|sincerely|cheers|yours (?:sincerely|faithfully))"
    r"[ \t]*(?:[,.!-][ \t]*|\n|$)"
)
_FROM_LINE = re.compile(r"(?im)^(?:from|dari|pengirim)[ \t]*:[ \t]*(?P<who>[^\n<@:]{2,60})")
SEX_OF_CHILD = {"perempuan": Sex.F, "cewek": Sex.F, "laki": Sex.M, "lelaki": Sex.M, "cowok": Sex.M}
_SUFFIXES = ("ku", "nya", "q")


@dataclass(slots=True)
class People:
    """What was found out about people. ``writer_is`` is the writer seen from the patient."""

    patient: Guess | None = None
    sex: Guess | None = None
    writer: Guess | None = None
    writer_is: Guess | None = None
    kin: Kin | None = None
    """The word by which the writer calls the patient."""


def read_people(message: MessageText) -> People:
    """Everybody in a message."""
    found = People()
    addressed = _addressed(message)
    self_name = _self_name(message, addressed)
    _labelled(message, found)
    _related(message, found, self_name)
    if found.patient is None:
        _named_patient(message, found, addressed)
    if found.patient is None:
        _called(message, found)
    _writer(message, found, self_name)
    if found.patient is None and found.kin is None:
        _own_case(message, found, self_name) or _titled(message, found, addressed) or _leads(message, found, addressed)
    _agent(message, found)
    own = _own_wish(message)
    if found.writer_is is None and found.kin is None and own is not None and found.writer is None:
        found.writer_is = _at(message, own, PhoneOwner.PATIENT)
    _sex(message, found)
    return found


def _guess_name(message: MessageText, span: tuple[int, int]) -> Guess:
    first, last = span
    text = message.span(first, last)
    return Guess(value=as_name(text), start=message.words[first].start, end=message.words[last].end)


def _at(message: MessageText, at: int, value: object) -> Guess:
    return Guess(value=value, start=message.words[at].start, end=message.words[at].end)


# who is addressed, who speaks


def _addressed(message: MessageText) -> frozenset[int]:
    """Words of a greeting: "Pagi Bu Ayu," greets an officer and names no patient."""
    found: set[int] = set()
    words = message.words
    for at, word in enumerate(words[:400]):
        if word.key not in GREETINGS:
            continue
        formal = word.key in ("dear", "yth", "kepada")
        found.add(at)
        for nxt in range(at + 1, min(at + 6, len(words))):
            ends = re.search(r"[,.!?\n;:]", words[nxt].gap) is not None and not (
                words[nxt - 1].key in TITLES or words[nxt - 1].key in ("yth",)
            )
            if ends or words[nxt].key in SELF or (words[nxt].key in KIN and words[nxt].key not in TITLES):
                break
            named = words[nxt].is_capital and message.key(nxt - 1) in TITLES
            if not (formal or named or words[nxt].key in TITLES or words[nxt].key in GREETINGS):
                break
            found.add(nxt)
    return frozenset(found)


def _begins_clause(message: MessageText, at: int, addressed: frozenset[int]) -> bool:
    before = message.words[at - 1] if at else None
    return before is None or message.words[at].breaks or at - 1 in addressed or before.key in TITLES


def _self_name(message: MessageText, addressed: frozenset[int]) -> tuple[int, int] | None:
    """The name behind "saya", "nama saya", "my name is", "this is"."""
    for at, word in enumerate(message.words):
        key = word.key
        if key in SELF and message.key(at - 1) in NAME_LABELS:
            begin = at + 1 + (message.key(at + 1) in ("adalah", "is"))
        elif key == "name" and message.key(at - 1) in MY:
            begin = at + 1 + (message.key(at + 1) == "is")
        elif key == "i" and message.key(at + 1) == "am":
            begin = at + 2
        elif (key == "this" and message.key(at + 1) == "is") or (key == "perkenalkan"):
            begin = at + 1 + (key == "this") + (message.key(at + 1) in SELF)
        elif key in ("ini", "dengan", "dgn") and _introduces(message, at, addressed):
            begin = at + 1
        elif key in SELF and key not in ("i", "kami"):
            if not _begins_clause(message, at, addressed):
                continue
            begin = at + 1 + (message.key(at + 1) in ("adalah", "dgn", "dengan", "nama"))
        else:
            continue
        if begin < len(message.words) and _is_called_so(message, begin):
            more = message.name_at(begin + 1, lower=False) if message.key(begin + 1) else None
            is_longer = more is not None and message.words[begin + 1].gap == " "
            return (begin, more[1]) if more is not None and is_longer else (begin, begin)
        if begin >= len(message.words) or (message.key(begin) in KIN and message.key(begin) not in TITLES):
            continue
        if message.words[begin].gap.strip(" ,:"):
            continue
        name = message.name_at(begin)
        if name is not None:
            return name
    return None


def _introduces(message: MessageText, at: int, addressed: frozenset[int]) -> bool:
    """ "Ini Wati, yang kemarin telepon", "dengan Bpk Joko di Solo": who writes, at the beginning of a sentence."""
    if not _begins_clause(message, at, addressed) or at + 1 >= len(message.words):
        return False
    following = message.key(at + 1)
    if message.key(at) != "ini":
        return following in TITLES and following not in ("dr", "drg", "prof", "dok", "sus", "an", "by")
    name = message.name_at(at + 1, lower=False) if message.words[at + 1].text.istitle() else None
    if name is None:
        return False
    behind = name[1] + 1
    goes_on = message.key(behind) in {"yg", "yang", "dari", "dr", "anak", "istri", "suami"}
    return behind >= len(message.words) or message.words[behind].breaks or goes_on


# the patient


def _labelled(message: MessageText, found: People) -> None:
    """ "Nama pasien: Suyanti", "Patient name - Lim Swee Hong", "a.n. Siti"."""
    words = message.words
    for at in range(len(words) - 1):
        key = words[at].key
        label_end = None
        if key in NAME_LABELS and message.key(at - 1) not in MY and message.key(at + 1) not in SELF:
            label_end = at
            while label_end + 1 < len(words) and message.key(label_end + 1) in (PATIENT_WORDS | _AS_IN_PASSPORT):
                label_end += 1
            label_end = _over_kin(message, found, label_end)
        elif key in PATIENT_WORDS | {"p"} and words[at + 1].gap.strip(" ") in (":", "-", "=")[: 1 if key == "p" else 3]:
            label_end = at
        elif (key == "an" and _stands_for_name(message, at)) or (key == "a" and message.key(at + 1) == "n"):
            label_end = at if key == "an" else at + 1
        elif key == "atas" and message.key(at + 1) == "nama":
            label_end = at + 1
        if label_end is None or label_end + 1 >= len(words):
            continue
        gap = words[label_end + 1].gap
        marked = any(sign in gap for sign in ":=-") or key in ("an", "a", "atas") or label_end > at
        marked = marked or (key in NAME_LABELS and gap == " " and words[label_end + 1].is_capital)
        if not marked or "\n" in gap.strip(" "):
            continue
        name = message.name_at(label_end + 1)
        if name is not None and _plausible(message, name, key):
            found.patient = _guess_name(message, name)
            _title_sex(message, found, name[0])
            return


_AS_IN_PASSPORT = frozenset({"lengkap", "full", "sesuai", "paspor", "passport", "ktp", "as", "in", "per"})
"""What stands between "nama" and the name: "Nama sesuai paspor: Liliana Halim"."""


def _over_kin(message: MessageText, found: People, at: int) -> int:
    """Over whose name it is: "nama mama Tiurma", "nama istri saya Ani"; a form's "Nama ibu:" is another person's."""
    after = at + 1
    kin = KIN.get(message.key(after))
    if kin is None or message.words[after].gap != " " or message.key(after) in ("putra", "putri"):
        return at
    last = after + (message.key(after + 1) in POSSESSIVE)
    if last + 1 >= len(message.words) or message.words[last + 1].gap != " " or message.name_at(last + 1) is None:
        return at
    found.kin, found.writer_is = kin, _at(message, after, kin.back)
    found.sex = _at(message, after, kin.sex) if kin.sex is not None else found.sex
    return last


def _stands_for_name(message: MessageText, at: int) -> bool:
    """Whether "an" means "on behalf of" and is no English article."""
    dotted = at + 1 < len(message.words) and message.words[at + 1].gap.lstrip().startswith((".", ":"))
    return message.words[at].text.islower() and (dotted or message.key(at - 1) in PATIENT_WORDS | {"polis", "pemegang"})


def _plausible(message: MessageText, name: tuple[int, int], key: str) -> bool:
    """After a bare "an" or "a" only a name with a capital counts: both are words of English too."""
    return key not in ("an", "a") or message.words[name[0]].is_capital


def _related(message: MessageText, found: People, self_name: tuple[int, int] | None) -> None:
    """Somebody's wife, child, father: with "my", or after the writer's own name."""
    own_wish = _own_wish(message)
    for at, word in enumerate(message.words):
        kin, owned = _kin(message, at)
        if kin is None or _is_called_so(message, at) or _comes_along(message, at):
            continue
        after = at + 1
        while message.key(after) in AFTER_KIN and not message.words[after].breaks:
            if found.sex is None and kin.sex is None and message.key(after) in SEX_OF_CHILD:
                found.sex = _at(message, after, SEX_OF_CHILD[message.key(after)])
            after += 1
        if not owned and message.key(after) in POSSESSIVE and not message.words[after].breaks:
            owned, after = True, after + 1
        owned = owned or message.key(at - 1) in MY
        by_writer = self_name is not None and self_name[1] == at - 1
        by_writer = by_writer or (found.patient is None and _stands_in_brackets(message, at))
        speaks = message.key(at - 1) in SELF and not word.breaks
        if not owned and (by_writer or (speaks and kin.here is not kin.back)):
            while message.key(after) in OF:
                after += 1
            name = _name_after(message, after)
            if name is not None:
                _take(message, found, name, writer_is=_at(message, at, kin.here), kin=None)
                if kin.other_sex is not None and found.sex is None:
                    found.sex = _at(message, at, kin.other_sex)
                return
        if _beside_number(message, at) or (not owned and (not kin.plain or found.patient is not None)):
            continue
        name = _name_after(message, after)
        if name is None and not owned and (found.kin is not None or own_wish is not None):
            continue
        if name is None and (self_name is not None and not owned and found.patient is not None):
            continue
        if found.kin is None:
            found.kin = kin
            found.writer_is = _at(message, at, kin.back)
            if kin.sex is not None:
                found.sex = _at(message, at, kin.sex)
        if name is not None:
            _take(message, found, name, writer_is=found.writer_is, kin=found.kin)
            return


def _comes_along(message: MessageText, at: int) -> bool:
    """Whether somebody is beside the one who is ill: "me and my husband", "check up sama suami", "his wife"."""
    before = at - 1 - (message.key(at - 1) in MY)
    if message.words[at].breaks or before < 0:
        return False
    if message.key(at - 1) in {"his", "her", "their"}:
        return True  # "contact his wife": somebody beside the one who was spoken of
    return message.key(before) in {"sama", "bersama", "ditemani", "with"} or (
        message.key(before) in {"and", "dan"} and message.key(before - 1) in SELF | {"me"}
    )


def _stands_in_brackets(message: MessageText, at: int) -> bool:
    """ "Erwin (anak Bu Lestari)": who signs says whose child he is."""
    word, before = message.words[at], message.words[at - 1] if at else None
    signed = before is not None and before.is_capital and before.is_letters and before.key not in NOT_A_NAME
    return signed and word.gap.strip(" ") == "(" and message.key(at + 1) in TITLES


def _is_called_so(message: MessageText, at: int) -> bool:
    """Whether a word that may mean a child is somebody's own name: "my name is putri"."""
    before, named = message.key(at - 1), message.key(at - 2) in NAME_LABELS
    called = before in ("bernama", "namanya", "named") or (before in ("is", "saya") and named)
    return message.key(at) in ("putra", "putri") and called


def _own_wish(message: MessageText) -> int | None:
    """Where the writer says what he himself wants or suffers from: "saya mau", "saya sakit"."""
    for at, word in enumerate(message.words[:-1]):
        if word.key in SELF and message.key(at + 1) in (WANT | COMPLAINT) and not message.words[at + 1].breaks:
            if _kin_before(message, at):
                continue
            return at
    return None


def _kin_before(message: MessageText, at: int) -> bool:
    """Whether "saya" only says whose: "istri saya mau"."""
    before = next((n for n in range(at - 1, max(-1, at - 3), -1) if message.key(n) not in AFTER_KIN), None)
    return before is not None and (message.key(before) in KIN or message.key(before) in PATIENT_WORDS)


def _beside_number(message: MessageText, at: int) -> bool:
    """Whether a word only says whose number it is: "wa suami 0812…", "0812… (suami)"."""
    before, after = message.key(at - 1), message.key(at + 1)
    numbered = before[:1].isdigit() and before.replace(" ", "").isdigit() and len(before) >= 3
    return before in PHONE_WORDS or numbered or (after[:1] in ("0", "6", "8") and len(after) >= 4)


def _kin(message: MessageText, at: int) -> tuple[Kin | None, bool]:
    """The relation a word names, and whether its ending says whose: "istriku"."""
    key = message.words[at].key
    if key in KIN:
        return KIN[key], False
    if key.endswith("s") and message.words[at].text[-2:-1] in ("'", "’"):
        return KIN.get(key[:-1]), False  # "her daughter's number"
    for suffix in _SUFFIXES:
        stem = key.removesuffix(suffix)
        if stem != key and stem in KIN:
            return KIN[stem], suffix != "nya"
    return None, False


def _name_after(message: MessageText, at: int) -> tuple[int, int] | None:
    """The name that follows, over "bernama", a colon or a comma before a capital."""
    skipped = 0
    while message.key(at) in NAMING and skipped < 3 and message.key(at) != "":
        at, skipped = at + 1, skipped + 1
    if message.key(at) in ("perempuan", "laki", "lelaki", "cewek", "cowok", "pertama", "kedua"):
        at += 1
    if at >= len(message.words):
        return None
    gap = message.words[at].gap.strip(" ")
    if gap not in ("", ":", ",", "(", "-", "–"):
        return None
    return message.name_at(at, lower=gap in ("", ":"))


def _take(
    message: MessageText, found: People, name: tuple[int, int], *, writer_is: Guess | None, kin: Kin | None
) -> None:
    if found.patient is None:
        found.patient = _guess_name(message, name)
        _title_sex(message, found, name[0])
    found.writer_is, found.kin = writer_is, kin or found.kin


def _title_sex(message: MessageText, found: People, first: int) -> None:
    sex = TITLES.get(message.key(first - 1)) if first else None
    if sex is not None and found.sex is None:
        found.sex = _at(message, first - 1, sex)


def _named_patient(message: MessageText, found: People, addressed: frozenset[int]) -> None:
    """ "pasien Budi Santoso", "patient Mr Lim", "nasabah saya Pak Hendra"."""
    for at, word in enumerate(message.words):
        if word.key in PATIENT_WORDS and at not in addressed:
            after = at + 1 + (message.key(at + 1) in POSSESSIVE)
            after += message.key(after) in PATIENT_KINDS
            name = _name_after(message, after)
            if name is not None:
                found.patient = _guess_name(message, name)
                _title_sex(message, found, name[0])
                return


def _called(message: MessageText, found: People) -> None:
    """ "mau berobat, namanya Tjong A Fie": the name of the one who was spoken of, unless that is a doctor."""
    for at, word in enumerate(message.words):
        before = {message.key(n) for n in range(at - 4, at)}
        if word.key in ("namanya", "bernama") and not before & {"dokter", "dokternya", "dr", "agen", "agennya", "rs"}:
            name = _name_after(message, at + 1)
            if name is not None:
                found.patient = _guess_name(message, name)
                _title_sex(message, found, name[0])
                return


def _own_case(message: MessageText, found: People, self_name: tuple[int, int] | None) -> bool:
    """The writer speaks for himself: "saya Budi mau cek up"."""
    if self_name is None or any(w.key in AGENT_WORDS for w in message.words):
        return False
    found.patient = _guess_name(message, self_name)
    found.writer_is = _at(message, self_name[0], PhoneOwner.PATIENT)
    found.writer = None
    _title_sex(message, found, self_name[0])
    return True


def _titled(message: MessageText, found: People, addressed: frozenset[int]) -> bool:
    """ "Pak Hendra 58 th mau …", where nobody is greeted so."""
    for at, word in enumerate(message.words[:-1]):
        if word.key not in TITLES or at in addressed or word.key in ("an", "by", "h", "dr", "kak", "dok"):
            continue
        name = message.name_at(at, lower=False)
        if name is not None and name[0] > at and not _is_own(found.writer, message, name):
            found.patient = _guess_name(message, name)
            _title_sex(message, found, name[0])
            return True
    return False


def _is_own(writer: Guess | None, message: MessageText, name: tuple[int, int]) -> bool:
    return writer is not None and writer.start == message.words[name[0]].start


def _leads(message: MessageText, found: People, addressed: frozenset[int]) -> bool:
    """A note that begins with the name: "Suyanti 46th Medan", "Budi Santoso / 58 / Surabaya"."""
    at = next((n for n in range(len(message.words)) if n not in addressed), None)
    if at is None or found.writer is not None:
        return False
    while at + 1 < len(message.words) and at < 4 and message.key(at) in NOT_A_NAME and message.key(at) not in KIN:
        at += 1  # "URGENT - Lim Swee Hong"
        if message.words[at].breaks:
            break
    name = message.name_at(at, lower=False)
    if name is None or name[1] + 1 >= len(message.words):
        return False
    nxt = name[1] + 1
    after = message.words[nxt]
    known = nxt in message.places or not after.is_letters or message.key(nxt) in ("umur", "usia", "age", "aged")
    if not (known or (after.breaks and after.gap.strip(" ")[:1] in (",", "/", "(", "-", "\n"))):
        return False
    found.patient = _guess_name(message, name)
    letter = message.words[nxt].text
    if letter in _SEX_LETTERS and after.breaks and found.sex is None:
        found.sex = _at(message, nxt, _SEX_LETTERS[letter])
    return True


_SEX_LETTERS = {"F": Sex.F, "P": Sex.F, "M": Sex.M, "L": Sex.M}


# the writer


def _writer(message: MessageText, found: People, self_name: tuple[int, int] | None) -> None:
    """Who wrote it: as they say, as they sign, or as the chat's header has it."""
    if self_name is not None:
        found.writer = _guess_name(message, self_name)
    else:
        found.writer = _signed(message) or _from_line(message)
    if found.writer is None:
        for who, start, end in message.writers[:1]:
            if not any(c.isdigit() for c in who):
                found.writer = Guess(value=who, start=start, end=end)
    if found.writer is not None and found.patient is not None and found.writer.value == found.patient.value:
        found.writer = None


def _signed(message: MessageText) -> Guess | None:
    closings = list(_CLOSING.finditer(message.text))
    if not closings:
        return None
    closing = closings[-1]
    at = next((n for n, w in enumerate(message.words) if w.start >= closing.end()), None)
    if at is None or message.text[closing.end() : message.words[at].start].count("\n") > 3:
        return None
    own_line = "\n" in message.text[closing.start() : message.words[at].start].lstrip()
    name = message.name_at(at, lower=own_line)
    if name is None or (name[1] + 1 < len(message.words) and not message.words[name[1] + 1].breaks):
        return None
    return _guess_name(message, name)


def _from_line(message: MessageText) -> Guess | None:
    line = _FROM_LINE.search(message.text)
    if line is None:
        return None
    at = next((n for n, w in enumerate(message.words) if w.start >= line.start("who")), None)
    name = message.name_at(at, lower=False) if at is not None else None
    return _guess_name(message, name) if name is not None else None


def _agent(message: MessageText, found: People) -> None:
    """An agent writes for a client."""
    if found.writer_is is not None and found.writer_is.value is not PhoneOwner.OTHER:
        return
    for at, word in enumerate(message.words):
        own = (
            message.key(at - 1) in (SELF | {"selaku", "sebagai", "as", "your", "an", "the"}) or found.writer is not None
        )
        if word.key in AGENT_WORDS and own:
            found.writer_is = _at(message, at, PhoneOwner.AGENT)
            return


def _sex(message: MessageText, found: People) -> None:
    if found.sex is not None:
        return
    for at, word in enumerate(message.words):
        if word.key in SEX_WORDS:
            found.sex = _at(message, at, SEX_WORDS[word.key])
            return
        if word.key in ("laki", "jk", "lp", "kelamin", "sex", "gender"):
            letter = message.key(at + 1)
            sex = Sex.M if word.key == "laki" or letter in ("l", "m") else Sex.F if letter in ("p", "f") else None
            if sex is not None:
                found.sex = _at(message, at, sex)
                return


# whose number


def owner_of(
    message: MessageText, people: People, number: tuple[Phone, int, int], before: Sequence[tuple[Phone, int, int]]
) -> Guess | None:
    """Whose number it is, by the words beside it, else the writer's; ``None`` where nobody can say."""
    _phone, start, end = number
    since = max((e for _p, _s, e in before if e <= start), default=0)
    near = [n for n, w in enumerate(message.words) if since <= w.start and start - 45 <= w.start and w.end <= start]
    behind = [n for n, w in enumerate(message.words) if end <= w.start <= end + 3 and w.gap.strip(" ") in ("(", "-")]
    for at in [*behind[:1], *reversed(near)]:
        said = _owner_said(message, people, at, is_behind=at in behind[:1])
        if said is not None:
            return said
    return people.writer_is


def _owner_said(message: MessageText, people: People, at: int, *, is_behind: bool) -> Guess | None:
    key = message.key(at)
    kin, _owned = _kin(message, at)
    beside = at + 1 < len(message.words) and message.words[at + 1].text[:1].isdigit()
    labelled = is_behind or beside or any(message.key(n) in PHONE_WORDS for n in (at - 1, at - 2, at + 1, at + 2))
    if key in THEIR_NUMBER and people.kin is not None:
        return _at(message, at, PhoneOwner.PATIENT)
    if key in AIDES and (labelled or people.patient is not None):
        return _at(message, at, PhoneOwner.OTHER)
    if key in PATIENT_NUMBER and labelled and message.key(at - 1) in AIDES:
        return _at(message, at - 1, PhoneOwner.OTHER)
    if key in PATIENT_NUMBER and labelled:
        return _at(message, at, PhoneOwner.PATIENT)
    if kin is not None and labelled and key not in TITLES and key != "customer":
        mutual = kin.here is kin.back and key.endswith("nya")
        if people.kin is kin and not mutual:
            return _at(message, at, PhoneOwner.PATIENT)
        return _at(message, at, kin.here)
    close = any(w.text[:1].isdigit() for w in message.words[at + 1 : at + 4])
    if key in AGENT_WORDS and (labelled or close):
        return _at(message, at, PhoneOwner.AGENT)
    if key in OWN_WORDS and labelled and people.writer_is is not None:
        return Guess(value=people.writer_is.value, start=message.words[at].start, end=message.words[at].end)
    return None


def contact_named(message: MessageText, people: People, start: int) -> Guess | None:
    """Whose name stands before a number, said to be somebody's: "CP anak: Dedi 0821…", "- Felicia 0819…"."""
    last = next((n for n in range(len(message.words) - 1, -1, -1) if message.words[n].end <= start), None)
    if last is not None and message.key(last) in ("at", "di", "on", "no", "nomor", "hp", "wa", "telp"):
        start, last = message.words[last].start, last - 1
    if (
        last is None
        or message.text[message.words[last].end : start].strip(" :,")
        or not _is_part_of_name(message, last)
    ):
        return None
    first = last
    while first and message.words[first].gap == " " and _is_part_of_name(message, first - 1):
        first -= 1
    said = message.key(first - 1)
    told = said in KIN or said in PHONE_WORDS or said in AIDES or said in PATIENT_NUMBER or said in TITLES
    if not (told or message.words[first].gap.strip(" ") in ("-", "–")):
        return None
    name = _guess_name(message, (first, last))
    taken = people.patient
    return None if taken is not None and taken.start < name.end and name.start < taken.end else name


def _is_part_of_name(message: MessageText, at: int) -> bool:
    word = message.words[at]
    known = word.key in NOT_A_NAME or at in message.places or word.key in TITLES
    return word.text.istitle() and word.is_letters and len(word.text) > 1 and not known
