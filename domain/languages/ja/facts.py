"""The sentences of facts, in Japanese."""

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
        f"「{name}」は今日の新着論文{of_now:,}本のうち{now:,}本（{now / of_now:.1%}）で、直近{days}観測日の平均割合"
        f"{before / of_before:.1%}（{of_before:,}本のうち{before:,}本）の{times(found.ratio)}倍に"
        f"{'増えた' if found.ratio > 1 else '減った'}"
        f"（{SURE}信頼区間{_bounds(found)}、正確二項検定 p{p_value(found.p)}{late}）。"
    )


def _week(found: RateRatio, days: int) -> str:
    if not isfinite(found.ratio):
        return f"、直近{days}観測日には1本もなかった"
    return f"、直近{days}観測日と比べると{times(found.ratio)}倍、{_bounds(found)}、p{p_value(found.p)}"


def _bounds(found: RateRatio) -> str:
    return f"{found.low:.2f}〜{found.high:.2f}倍"


def first(name: str, now: int, of_now: int, of_before: int, days: int, found: RateRatio) -> str:
    return (
        f"「{name}」は今日の新着論文{of_now:,}本のうち{now:,}本（{now / of_now:.1%}）で、直近{days}観測日の新着論文"
        f"{of_before:,}本には1本もなかった（正確二項検定 p{p_value(found.p)}）。"
    )


def absent(name: str, of_now: int, before: int, of_before: int, days: int, present: int, found: RateRatio) -> str:
    return (
        f"「{name}」は今日の新着論文{of_now:,}本に1本もないが、直近{days}観測日には{present}日にわたり"
        f"{of_before:,}本のうち{before:,}本（{before / of_before:.1%}）を占めた"
        f"（その割合なら今日は{of_now * before / of_before:.1f}本が見込まれる、正確二項検定 p{p_value(found.p)}）。"
    )


def topic(
    name: str, now: int, of_now: int, days: int, before: int, of_before: int, earlier: int, z: float, p: float
) -> str:
    late = f"「{name}」を扱う新着論文は直近{days}観測日の{of_now:,}本のうち{now:,}本（{now / of_now:.1%}）で"
    if not before:
        return f"{late}、その前の{earlier}観測日の{of_before:,}本には1本もなかった（正確二項検定 p{p_value(p)}）。"
    return (
        f"{late}、その前の{earlier}観測日の{before / of_before:.1%}（{of_before:,}本のうち{before:,}本）より"
        f"{'増えた' if z > 0 else '減った'}（対数オッズ比 z={z:.1f}）。"
    )


def few(held: int, needed: int) -> str:
    told = f"記憶している観測日がまだ{held}日なので" if held else "記憶している観測日がまだないので"
    return f"{told}、流れについては何も述べない。少なくとも{needed}日が必要である。"


def calm(days: int) -> str:
    return f"今日の新着論文の分野の割合にも話題にも、直近{days}観測日とはっきり違うものはない。"


def continuing(title: str, earlier: str, day: date, authors: int) -> str:
    same = f"を扱い、著者{authors}人が同じである。" if authors else "を扱う。"
    return f"「{title}」は{day}に紹介された「{earlier}」に続く主題{same}"
