"""What a model would cost: a day, and a month of them, from what days really took where there are any."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from domain.reports import Usage
from graph.context import Context
from graph.settings import Settings
from models.prices import Price, load_prices, price_of
from publishing import layout
from publishing.files import PublishError, published, read_receipt

DAYS = 30
LATEST = 7
"""Days whose receipts say what a day takes."""


class Taken(NamedTuple):
    """What a day asks and is answered, the exam of its judge apart."""

    calls: int
    tokens_in: int
    cached: int
    """Those of them that a server had in its cache."""
    tokens_out: int
    told: str
    """Of which days this is so."""

    def cost(self, price: Price) -> float:
        return price.of(self.tokens_in, self.cached, self.tokens_out)


EXAMPLE = Taken(14, 37_000, 0, 5_200, "a day of 12 papers")
"""As ``python -m evals.money`` counts; no server has anything in its cache."""
CACHEABLE = 35
"""Per cent of the tokens in that an earlier call of the same day began with."""
EXAM = Taken(5, 12_000, 0, 3_000, "the exam of a judge")
"""Once for a model, a prompt and a language."""


def typical(settings: Settings) -> Taken:
    """The middle one of the latest days that asked a model, by what it took; the example where there are none."""
    taken: list[Taken] = []
    for report in reversed([*published(Context.of(settings).reports, settings.language)]):
        with suppress(PublishError):  # an old one, or damaged: another day will do
            receipt = read_receipt(report.with_name(layout.RECEIPT))
            usage = [row for row in receipt.usage if "exam" not in (row.part, row.category)]
            if any(row.output_tokens for row in usage):
                taken.append(_taken(usage, str(receipt.day)))
        if len(taken) == LATEST:
            break
    if not taken:
        return EXAMPLE
    middle = sorted(taken, key=lambda day: day.tokens_in + 8 * day.tokens_out)[len(taken) // 2]
    return middle._replace(told=f"{middle.told}, by the latest receipts") if len(taken) > 1 else middle


def _taken(usage: Sequence[Usage], told: str) -> Taken:
    return Taken(
        sum(row.calls - row.cached for row in usage),
        sum(row.input_tokens for row in usage),
        sum(row.cached_tokens for row in usage),
        sum(row.output_tokens for row in usage),
        told,
    )


def bill(spec: str, day: Taken, settings: Settings) -> list[str]:
    """What a month of such days costs with a model, in sentences."""
    asked = f"{day.calls} questions, {day.tokens_in:,} tokens in, {day.tokens_out:,} out ({day.told})"
    price = price_of(spec, settings.prices)
    if price is None:
        name = spec.partition(":")[2]
        return [asked, f'not known: set prices = {{"{name}" = [IN, OUT]}} in insights.toml, US dollars for a million']
    own = {spec, spec.partition(":")[2]} & settings.prices.keys()
    source = "your prices" if own else f"models/prices.toml, of {load_prices().checked}"
    most, least = day.cost(price), day._replace(cached=max(day.cached, CACHEABLE * day.tokens_in // 100)).cost(price)
    told = [asked, f"${most:.4f} a day, ${DAYS * most:.2f} for {DAYS} days, by {source}"]
    if day.cached:
        told.append(f"{day.cached:,} of the tokens in were in the server's cache, and are priced so")
    elif least < most:
        told.append(f"${DAYS * least:.2f} where the server has in its cache what is the same from call to call")
    return [
        *told,
        f"and once ${EXAM.cost(price):.4f}: {EXAM.told}, {EXAM.tokens_in:,} tokens in, {EXAM.tokens_out:,} out",
    ]
