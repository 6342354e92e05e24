"""What letters about nobody in particular share: letterhead, source line, signature."""

from __future__ import annotations

import datetime as dt

from liaison.i18n import N_, Language
from liaison.reports.blocks import Letterhead, Signature, Title
from liaison.reports.case_view import Office
from liaison.reports.wording import as_of_words, bound, local, sample_words, sentences

WITHOUT_NAMES = N_("WITHOUT NAMES")
PERSONAL = N_("CONTAINS PERSONAL DATA")


def letter_title(
    office: Office, _: Language, *, kind: str, as_of: dt.datetime, source: str, banner: str, note: str = "",
    number: str = "",
) -> Title:  # fmt: skip
    """The head of a letter. ``source`` names n; the moment is added."""
    day = _.formats.long_date(local(as_of, office.zone).date())
    return Title(
        kind=kind,
        has_address=True,
        banner=banner,
        letterhead=Letterhead(
            office=office.name,
            address=" · ".join(part for part in (office.letterhead, office.address, bound(office.phone)) if part),
            number_and_date=_("No. {number} · {date}", number=number, date=day) if number else day,
        ),
        running=(number or kind, office.name),
        source=sentences(
            source, as_of_words(as_of, office.zone, _), sample_words(is_sample=office.is_sample, language=_)
        ),
        note=note,
    )


def letter_signature(office: Office, _: Language, *, as_of: dt.datetime, officer: str, annexes: str = "") -> Signature:
    """Place, date and a line to sign on."""
    day = local(as_of, office.zone).date()
    return Signature(
        annex_head=_("Annexes"),
        annexes=annexes,
        place_date=", ".join(part for part in (office.place, _.formats.long_date(day)) if part),
        name=office.signatory or officer,
        role=office.signatory_title or _("liaison officer"),
        stamp=_("office stamp"),
    )
