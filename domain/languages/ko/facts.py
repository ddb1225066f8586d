"""The sentences of facts, in Korean."""

from datetime import date
from math import isfinite

from domain.rates import RateRatio
from domain.wording import SURE, p_value, times

from .particles import particle


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
        f"‘{name}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 {now:,}편({now / of_now:.1%})으로, 지난 {days} 관측일의 "
        f"평균 비중 {before / of_before:.1%}({of_before:,}편 가운데 {before:,}편)의 {times(found.ratio)}배로 "
        f"{'늘었다' if found.ratio > 1 else '줄었다'}"
        f"({SURE} 신뢰구간 {_bounds(found)}, 정확 이항검정 p{p_value(found.p)}{late})."
    )


def _week(found: RateRatio, days: int) -> str:
    if not isfinite(found.ratio):
        return f"; 지난 {days} 관측일에는 한 편도 없었음"
    return f"; 지난 {days} 관측일에 견주면 {times(found.ratio)}배, {_bounds(found)}, p{p_value(found.p)}"


def _bounds(found: RateRatio) -> str:
    return f"{found.low:.2f}~{found.high:.2f}배"


def first(name: str, now: int, of_now: int, of_before: int, days: int, found: RateRatio) -> str:
    return (
        f"‘{name}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 {now:,}편({now / of_now:.1%})으로, "
        f"지난 {days} 관측일의 새 논문 {of_before:,}편에는 한 편도 없었다(정확 이항검정 p{p_value(found.p)})."
    )


def absent(name: str, of_now: int, before: int, of_before: int, days: int, present: int, found: RateRatio) -> str:
    return (
        f"‘{name}’ 분야는 오늘 새 논문 {of_now:,}편 가운데 한 편도 없으나, 지난 {days} 관측일에는 "
        f"{present}일에 걸쳐 {of_before:,}편 가운데 {before:,}편({before / of_before:.1%})을 차지했다"
        f"(그 비중이면 오늘 {of_now * before / of_before:.1f}편이 기대됨, 정확 이항검정 p{p_value(found.p)})."
    )


def topic(
    name: str, now: int, of_now: int, days: int, before: int, of_before: int, earlier: int, z: float, p: float
) -> str:
    late = f"‘{name}’ 주제의 새 논문은 최근 {days} 관측일에 {of_now:,}편 가운데 {now:,}편({now / of_now:.1%})으로"
    if not before:
        return f"{late}, 그 앞 {earlier} 관측일의 {of_before:,}편에는 한 편도 없었다(정확 이항검정 p{p_value(p)})."
    return (
        f"{late}, 그 앞 {earlier} 관측일의 {before / of_before:.1%}({of_before:,}편 가운데 {before:,}편)보다 "
        f"{'늘었다' if z > 0 else '줄었다'}(로그 오즈비 z={z:.1f})."
    )


def few(held: int, needed: int) -> str:
    told = f"기억하고 있는 관측일이 {held}일뿐이어서" if held else "기억하고 있는 관측일이 아직 없어서"
    return f"{told} 흐름은 말하지 않으며, 적어도 {needed}일이 쌓여야 말할 수 있다."


def calm(days: int) -> str:
    return f"오늘 새 논문의 분야별 비중과 주제 가운데 지난 {days} 관측일과 뚜렷이 다른 것은 없다."


def continuing(title: str, earlier: str, day: date, authors: int) -> str:
    one = f"「{title}」{particle(title, '은', '는')}"
    other = f"「{earlier}」{particle(earlier, '과', '와')}"
    same = f"다루며, 저자 {authors}명이 같다." if authors else "다룬다."
    return f"{one} {day}에 소개된 {other} 이어지는 주제를 {same}"
