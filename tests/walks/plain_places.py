"""The places that have to know a plain field of a claim, and which of them somebody forgot."""

from dataclasses import dataclass, fields

from liaison.domain.claims import ClaimDraft, PlainClaim
from liaison.domain.privacy import Audience
from liaison.exchange import fields as columns
from liaison.reports import claim_letter
from liaison.reports.reader_tags import tag_of
from liaison.services import labels, list_of_claims
from liaison.store.models import ClaimRow
from liaison.ui.pages import claim_form
from liaison.ui.widgets.form import Heading


@dataclass(frozen=True)
class Places:
    """What each place knows. A field belongs to one of the two sets of a pair: someone has to decide."""

    kept: frozenset[str]
    typed: frozenset[str]
    not_typed: frozenset[str]
    headed: frozenset[str]
    listed: frozenset[str]
    not_listed: frozenset[str]
    printed: dict[str, frozenset[Audience]]
    not_printed: frozenset[str]
    tagged: dict[str, frozenset[Audience]]
    named: frozenset[str]


def places():
    """What they know now."""
    rows = [row for row in claim_form.ROWS if not isinstance(row, Heading)]
    return Places(
        kept=frozenset(ClaimRow.__table__.columns.keys()),
        typed=frozenset(n for row in rows for n in ((row,) if isinstance(row, str) else row)),
        not_typed=claim_form.NOT_TYPED,
        headed=frozenset(rule[0].value for rule in columns._RULES),
        listed=frozenset(list_of_claims.LISTED),
        not_listed=list_of_claims.NOT_LISTED,
        printed={name: frozenset(one.readers) for name, one in claim_letter.PRINTED.items()},
        not_printed=claim_letter.NOT_PRINTED,
        tagged={field.name: tag_of(ClaimDraft, field).audiences for field in fields(PlainClaim)},
        named=frozenset(labels.labels_of("claim")),
    )


def forgotten(name, known):
    """Every place that says nothing of a field, or contradicts another, in words."""
    told = {
        "store.models.claims: ClaimRow has no column": name not in known.kept,
        "ui.pages.claim_form: neither a row of ROWS nor NOT_TYPED": (name in known.typed) is (name in known.not_typed),
        "exchange.fields: no Field with a rule for its headings": name not in known.headed,
        "services.list_of_claims: neither LISTED nor NOT_LISTED": (name in known.listed) is (name in known.not_listed),
        "reports.claim_letter: neither PRINTED nor NOT_PRINTED": (name in known.printed) is (name in known.not_printed),
        "reports.claim_letter: PRINTED for no reader": known.printed.get(name) == frozenset(),
        "reports.reader_tags: its tag is not what PRINTED says": (
            known.tagged.get(name, frozenset()) != known.printed.get(name, frozenset())
        ),
        "services.labels: a history has no word for it": name not in known.named,
    }  # fmt: skip
    return [f"{place} ({name})" for place, is_forgotten in told.items() if is_forgotten]
