"""What the patient's insurers will probably pay: of a case's bill, or of one claim."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from liaison.cli.invocation import Invocation, JsonOption, answer, invocation, opened, print_json, print_table
from liaison.cli.looking import case_key
from liaison.cli.program import app
from liaison.domain.errors import Refused
from liaison.domain.problems import Problem
from liaison.i18n import N_, upper_first

NO_CLAIM = N_("There is no claim with the number {number}.")


@app.command("estimate-benefit", help=N_("What the insurers will probably pay of a case's bill, or of one claim."))
def estimate_benefit(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help=N_("Case number."))] = "",
    claim: Annotated[str, typer.Option("--claim", help=N_("Claim number, for one claim line by line."))] = "",
    as_json: JsonOption = False,
) -> None:
    """The estimate, insurer by insurer; it is never stored."""
    from liaison.services.benefits import estimate_case, estimate_claim, find_claim

    run = invocation(context)
    with opened(run) as store, store.read() as session:
        if claim:
            key = find_claim(session, claim)
            if key is None:
                raise Refused([Problem(code="NO_CLAIM", message=NO_CLAIM, field="claim", values={"number": claim})])
            found = [estimate_claim(session, key)]
        else:
            found = estimate_case(session, case_key(session, case))
    if as_json:
        print_json({"estimates": [_plain(each, run) for each in found], "note": run.words(_decides())})
        return
    for each in found:
        _print(each, run)
    answer(run.words(_decides()))


def _decides() -> str:
    from liaison.domain.benefit_lines import THE_INSURER_DECIDES

    return THE_INSURER_DECIDES


def _print(found: Any, run: Invocation) -> None:
    words = run.words
    answer(" · ".join(p for p in (found.insurer or words(N_("insurer not stated")), found.plan) if p))
    if found.result is None:
        answer(found.why_not.text(words) if found.why_not is not None else "")
        return
    money = words.formats.money
    rows = [
        (
            _what(line.line, run),
            money(line.line.claimed),
            " · ".join(f"{words(c.reason.label)} {money(c.amount)}" for c in line.reductions),
            money(line.benefit),
        )
        for line in found.result.lines
    ]
    heads = (N_("For what"), N_("Claimed"), N_("Less"), N_("Probably paid"))
    print_table(tuple(words(head) for head in heads), rows)
    result = found.result
    answer(words(N_("Of {claimed} probably {benefit}; {rest} is left to the patient."),
                 claimed=result.claimed, benefit=result.benefit, rest=result.reduced))  # fmt: skip
    for step in result.steps:
        for note in step.notes:
            answer(note.text(words))
        if step.skipped is not None:
            answer(words(N_("Left out: {steps}. {why}"), steps=words(step.step.label), why=step.skipped.text(words)))
    if found.rate is not None:
        rate = found.rate.rate
        answer(f"{rate.base} 1 = {rate.quote} {words.formats.rate(rate.shown)}, {rate.source}, "
               f"{words.formats.date(rate.on)}")  # fmt: skip
        for note in found.rate.notes:
            answer(note.text(words))


def _what(line: Any, run: Invocation) -> str:
    if line.description:
        return str(line.description)
    return run.words(line.category.label) if line.category is not None else run.words(N_("The whole bill"))


def _plain(found: Any, run: Invocation) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "insurer": found.insurer, "plan": found.plan, "source": found.source,
        "why_not": found.why_not.text(run.words) if found.why_not is not None else None,
    }  # fmt: skip
    if found.rate is not None:
        rate = found.rate
        plain["rate"] = {
            "base": rate.rate.base, "quote": rate.rate.quote, "rate": f"{rate.rate.shown:f}", "on": str(rate.rate.on),
            "source": rate.rate.source, "rule": rate.rule.value if rate.rule is not None else None,
            "previous_day": rate.rate.is_previous_day, "frozen": rate.is_frozen,
        }  # fmt: skip
    result = found.result
    if result is not None:
        plain |= {
            "currency": result.currency, "claimed": result.claimed.plain(), "benefit": result.benefit.plain(),
            "reductions": {reason.value: amount.plain() for reason, amount in result.by_reason().items()},
            "skipped": [s.step.value for s in result.steps if s.skipped is not None],
            "lines": [
                {
                    "what": upper_first(x.line.description or (x.line.category.value if x.line.category else "")),
                    "claimed": x.line.claimed.plain(), "benefit": x.benefit.plain(),
                    "reductions": [{"reason": c.reason.value, "amount": c.amount.plain()} for c in x.reductions],
                }
                for x in result.lines
            ],
        }  # fmt: skip
    return plain
