"""The sentences of facts, in English."""

from datetime import date
from math import isfinite

from domain.rates import RateRatio
from domain.wording import SURE, p_value, times


def moved(
    name: str,
    now: int,
    of_now: int,
    before: int,
    of_before: int,
    days: int,
    found: RateRatio,
    week: RateRatio,
    week_days: int,
) -> str:
    late = _week(week, week_days) if week_days < days else ""
    return (
        f"“{name}” {'rose' if found.ratio > 1 else 'fell'} to {now:,} of today's {of_now:,} new papers "
        f"({now / of_now:.1%}), {times(found.ratio)} times its average share of {before / of_before:.1%} "
        f"({before:,} of {of_before:,}) over the last {days} observed days "
        f"({SURE} interval {_bounds(found)}, exact binomial test, p{p_value(found.p)}{late})."
    )


def _week(found: RateRatio, days: int) -> str:
    if not isfinite(found.ratio):
        return f"; none in the last {days}"
    return f"; against the last {days}: {times(found.ratio)} times, {_bounds(found)}, p{p_value(found.p)}"


def _bounds(found: RateRatio) -> str:
    return f"{found.low:.2f} to {found.high:.2f}"


def first(name: str, now: int, of_now: int, of_before: int, days: int, found: RateRatio) -> str:
    return (
        f"“{name}” has {now:,} of today's {of_now:,} new papers ({now / of_now:.1%}), after none of {of_before:,} over "
        f"the last {days} observed days (exact binomial test, p{p_value(found.p)})."
    )


def absent(name: str, of_now: int, before: int, of_before: int, days: int, present: int, found: RateRatio) -> str:
    return (
        f"None of today's {of_now:,} new papers is in “{name}”, which had {before:,} of {of_before:,} "
        f"({before / of_before:.1%}) over the last {days} observed days, on {present} of them "
        f"({of_now * before / of_before:.1f} would be expected at that share, exact binomial test, "
        f"p{p_value(found.p)})."
    )


def topic(
    name: str, now: int, of_now: int, days: int, before: int, of_before: int, earlier: int, z: float, p: float
) -> str:
    late = f"{now:,} of {of_now:,} new papers ({now / of_now:.1%}) of the latest {days} observed days"
    if not before:
        return (
            f"“{name}” is new as a topic: {late} speak of it, and none of {of_before:,} in the {earlier} before "
            f"(exact binomial test, p{p_value(p)})."
        )
    return (
        f"“{name}” {'rises' if z > 0 else 'fades'} as a topic: {late} speak of it, after {before:,} of {of_before:,} "
        f"({before / of_before:.1%}) in the {earlier} before (log-odds ratio, z={z:.1f})."
    )


def few(held: int, needed: int) -> str:
    days = "1 observed day is" if held == 1 else f"{held or 'no'} observed days are"
    return f"Nothing is said of trends yet: {days} held in memory, and at least {needed} are needed."


def calm(days: int) -> str:
    return f"No category and no topic of today's new papers differs clearly from the last {days} observed days."


def continuing(title: str, earlier: str, day: date, authors: int) -> str:
    same = f", and shares {authors} of its authors." if authors else "."
    return f"“{title}” continues the subject of “{earlier}”, listed on {day}{same}"
