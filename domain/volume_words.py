"""The sentences of trend facts, Korean and English: what was counted, over which days, and how sure that is."""

from collections.abc import Sequence
from math import isfinite

from .rates import CERTAINTY, Comparison

Sentences = tuple[str, str]
"""Korean, English."""

_SURE = f"{CERTAINTY:.0%}"


def moved(
    ko: str,
    en: str,
    now: int,
    of_now: int,
    before: int,
    of_before: int,
    days: int,
    found: Comparison,
    week: Comparison,
    week_days: int,
) -> Sentences:
    """A category that has papers today and had some before; ``week`` is told where it is not all the days before."""
    late_ko, late_en = _week(week, week_days) if week_days < days else ("", "")
    rose, times, bounds = found.ratio > 1, _times(found.ratio), (f"{found.low:.2f}", f"{found.high:.2f}")
    part, was, moved_ko = f"{now / of_now:.1%}", f"{before / of_before:.1%}", "늘었다" if rose else "줄었다"
    return (
        f"‘{ko}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 {now:,}편({part})으로, "
        f"지난 {days} 관측일의 평균 비중 {was}({of_before:,}편 가운데 {before:,}편)의 {times}배로 {moved_ko}"
        f"({_SURE} 신뢰구간 {'~'.join(bounds)}배, 정확 이항검정 p{_p(found.p)}{late_ko}).",
        f"“{en}” {'rose' if rose else 'fell'} to {now:,} of today's {of_now:,} new papers ({part}), {times} times its "
        f"average share of {was} ({before:,} of {of_before:,}) over the last {days} observed days "
        f"({_SURE} interval {' to '.join(bounds)}, exact binomial test, p{_p(found.p)}{late_en}).",
    )


def _week(found: Comparison, days: int) -> Sentences:
    """The same against the last few days, as the end of a bracket."""
    if not isfinite(found.ratio):
        return f"; 지난 {days} 관측일에는 한 편도 없었음", f"; none in the last {days}"
    times, bounds = _times(found.ratio), (f"{found.low:.2f}", f"{found.high:.2f}")
    return (
        f"; 지난 {days} 관측일에 견주면 {times}배, {'~'.join(bounds)}배, p{_p(found.p)}",
        f"; against the last {days}: {times} times, {' to '.join(bounds)}, p{_p(found.p)}",
    )


def first(ko: str, en: str, now: int, of_now: int, of_before: int, days: int, found: Comparison) -> Sentences:
    """A category that had no paper before."""
    part = f"{now / of_now:.1%}"
    return (
        f"‘{ko}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 {now:,}편({part})으로, "
        f"지난 {days} 관측일의 새 논문 {of_before:,}편에는 한 편도 없었다(정확 이항검정 p{_p(found.p)}).",
        f"“{en}” has {now:,} of today's {of_now:,} new papers ({part}), after none of {of_before:,} over the last "
        f"{days} observed days (exact binomial test, p{_p(found.p)}).",
    )


def absent(
    ko: str, en: str, of_now: int, before: int, of_before: int, days: int, present: int, found: Comparison
) -> Sentences:
    """A regular category without a paper today."""
    was, expected = f"{before / of_before:.1%}", f"{of_now * before / of_before:.1f}"
    return (
        f"‘{ko}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 한 편도 없으나, 지난 {days} 관측일에는 "
        f"{present}일에 걸쳐 {of_before:,}편 가운데 {before:,}편({was})을 차지했다"
        f"(그 비중이면 오늘 {expected}편이 기대됨, 정확 이항검정 p{_p(found.p)}).",
        f"None of today's {of_now:,} new papers is in “{en}”, which had {before:,} of {of_before:,} ({was}) over the "
        f"last {days} observed days, on {present} of them ({expected} would be expected at that share, exact binomial "
        f"test, p{_p(found.p)}).",
    )


def topic(ko: str, en: str, counts: Sequence[int], z: float, p: float) -> Sentences:
    """A topic that moved; ``counts``: papers with it, all papers and days of the later window, then of the earlier."""
    now, of_now, days, before, of_before, earlier = counts
    part, was = f"{now / of_now:.1%}", f"{before / of_before:.1%}"
    late_ko = f"‘{ko}’ 주제의 새 논문은 최근 {days} 관측일에 {of_now:,}편 가운데 {now:,}편({part})으로"
    late_en = f"{now:,} of {of_now:,} new papers ({part}) of the latest {days} observed days"
    if not before:
        return (
            f"{late_ko}, 그 앞 {earlier} 관측일의 {of_before:,}편에는 한 편도 없었다(정확 이항검정 p{_p(p)}).",
            f"“{en}” is new as a topic: {late_en} speak of it, and none of {of_before:,} in the {earlier} before "
            f"(exact binomial test, p{_p(p)}).",
        )
    return (
        f"{late_ko}, 그 앞 {earlier} 관측일의 {was}({of_before:,}편 가운데 {before:,}편)보다 "
        f"{'늘었다' if z > 0 else '줄었다'}(로그 오즈비 z={z:.1f}).",
        f"“{en}” {'rises' if z > 0 else 'fades'} as a topic: {late_en} speak of it, after {before:,} of {of_before:,} "
        f"({was}) in the {earlier} before (log-odds ratio, z={z:.1f}).",
    )


def few(held: int, needed: int) -> Sentences:
    """Too little memory for trends."""
    days = "1 observed day is" if held == 1 else f"{held or 'no'} observed days are"
    return (
        (f"기억하고 있는 관측일이 {held}일뿐이어서" if held else "기억하고 있는 관측일이 아직 없어서")
        + f" 흐름은 말하지 않으며, 적어도 {needed}일이 쌓여야 말할 수 있다.",
        f"Nothing is said of trends yet: {days} held in memory, and at least {needed} are needed.",
    )


def calm(days: int) -> Sentences:
    """A day on which nothing stands out."""
    return (
        f"오늘 새 논문의 분야별 비중과 주제 가운데 지난 {days} 관측일과 뚜렷이 다른 것은 없다.",
        f"No category and no topic of today's new papers differs clearly from the last {days} observed days.",
    )


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _p(p: float) -> str:
    return "<0.001" if p < 0.001 else f"={p:.3f}"
