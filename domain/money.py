"""What a run was spent on, told from its calls."""

from collections.abc import Iterable

from .reports import Spending, Usage


def spendings(usage: Iterable[Usage]) -> tuple[Spending, ...]:
    """All of it, then each agent's work by its parts, then the canaries, which are in those parts already; nothing
    where nobody was asked anything."""
    rows = [row for row in usage if row.calls]
    if not rows:
        return ()
    parts: dict[str, list[Usage]] = {}
    for row in rows:
        parts.setdefault(f"{row.agent}, {row.part}" if row.part else row.agent, []).append(row)
    told = [_sum("all", rows), *(_sum(what, held) for what, held in parts.items())]
    watched = [row for row in rows if row.canaries_in]
    if watched:
        costs = [row.canaries_cost for row in watched]
        told.append(
            Spending(
                what="canaries, within the rounds",
                calls=sum(row.calls - row.cached for row in watched),
                input_tokens=sum(row.canaries_in for row in watched),
                output_tokens=sum(row.canaries_out for row in watched),
                cost=_whole(costs),
            )
        )
    return tuple(told)


def _sum(what: str, rows: Iterable[Usage]) -> Spending:
    rows = list(rows)
    return Spending(
        what=what,
        calls=sum(row.calls - row.cached for row in rows),
        input_tokens=sum(row.input_tokens for row in rows),
        cached_tokens=sum(row.cached_tokens for row in rows),
        output_tokens=sum(row.output_tokens for row in rows),
        cost=_whole([row.cost for row in rows]),
    )


def _whole(costs: Iterable[float | None]) -> float | None:
    """Their sum; None where one of them is not known."""
    total = 0.0
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return round(total, 6)
