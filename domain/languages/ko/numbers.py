"""Reads Korean numbers: 1억 8천만, 삼만 오천, 서른두, 수십만."""

import re
from collections.abc import Iterator

from domain.readings import DIGITS, Number

SMALL: dict[str, float] = {"십": 1e1, "백": 1e2, "천": 1e3}
MYRIADS: dict[str, float] = {"만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}
_COUNTERS = """
    가지 개국 개월 개 종류 종 명 번째 번 회 차례 장(?!치|점|르|벽|기|면|애|소) 편(?!향|의성|의를|집) 건 곳
    대(?!비|한|해|형|화|규|상|부|응|신|체|폭) 쌍 단계 겹 차원 샷 홉 에포크 스텝 라운드 턴 문항 쪽 권 세트 팀 갈래 세대
    계층 층 축 조각 계단 벌 통 군데 자리 칸 마리 송이 그루 줄기 컷 방향 측면 요소 부문 분야
    """
COUNTER = "(?:" + "|".join(_COUNTERS.split()) + ")"
_OFTEN = (
    "토큰 파라미터 매개변수 모델 데이터셋 벤치마크 과제 작업 언어 이미지 영상 문장 문서 논문 질문 문제 샘플 GPU 노드"
)
COUNTED = "(?:" + "|".join(_OFTEN.split()) + ")"
"""What is often counted without a counter."""
_DIGITS = re.compile(DIGITS)
_SMALL = re.compile(r"([십백천])(?!문|체|연)")
_ROOT = re.compile(r"의 (세제곱|제곱)(?!근)")
_MYRIAD = re.compile(r"\s?(경|조(?!건|합|각|정|직|작|기)|억|만(?!족|큼|약|화))")
_NEXT_GROUP = re.compile(rf"\s?(?=(?:{DIGITS})\s?[십백천만억조])|\s?(?=\d{{3,4}}(?!\d)|\d,\d{{3}}(?![\d,]))|(?=\d)")
_NATIVE_ONES = {
    **{"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5},
    **{"여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9},
}
_NATIVE_TENS = {
    **{"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70},
    **{"여든": 80, "아흔": 90},
}
_HANGUL = "가-힣"
_WORD_START = r"(?<![^\s(\[\"'‘“「·,~–/])"
_NATIVE = re.compile(
    rf"{_WORD_START}(?P<tens>{'|'.join(_NATIVE_TENS)})?(?P<ones>{'|'.join(_NATIVE_ONES)})?"
    rf"(?:(?=여?\s?(?:{COUNTER}|배(?!치|경|포|열)|배수|곱절|토큰|시간|달(?!러)))|(?<=[두세네섯곱덟홉])(?=\s(?:[{_HANGUL}A-Za-z])))"
)
_SINO_DIGITS = {c: float(n) for n, c in enumerate("영일이삼사오육칠팔구")}
_SINO = "일이삼사오육칠팔구십백천만억조"
_NOT_NUMERALS = frozenset(
    """
    구조 이조 사조 일조 삼조 오조 만일 백일 천일 만이 조이 천이 백이 만사 이만 오만 천만 조사 일만
    """.split()
)
_SINO_NUMBER = re.compile(
    rf"{_WORD_START}(?![천만백](?:장|번|회|대|차|건)"
    rf"|조[{_HANGUL}])(?=[{_SINO}\s]*[십백천만억조])[{_SINO}]+(?:\s[{_SINO}]*[십백천만억조][{_SINO}]*)*"
    rf"(?=여?\s?(?:{COUNTER}|배(?!치|경|포|열)|{COUNTED}|시간|달러|퍼센트|[%]|년|분의))"
)
_ORDER = re.compile(
    rf"{_WORD_START}(?:수|몇\s?)(십만|백만|천만|십억|백억|천억|십|백|천|만|억|조)(?![{_HANGUL}]?적|직|정|집)"
)
NUMBER = rf"(?:{DIGITS}|{'|'.join((*_NATIVE_TENS, *_NATIVE_ONES))}|[{_SINO}]+)"
"""A number in digits or words, for forms that have one inside."""


def numbers(text: str) -> Iterator[Number]:
    """The numbers in words of a text."""
    for found in _ORDER.finditer(text):
        yield Number(found.start(), found.end(), _sino(found[1]) or 0.0, "order")
    for found in _SINO_NUMBER.finditer(text):
        if (value := _sino(found[0])) is not None:
            yield Number(found.start(), found.end(), value, scaled=value >= 1e4)
    for found in _NATIVE.finditer(text):
        if value := float(_NATIVE_TENS.get(found["tens"] or "", 0) + _NATIVE_ONES.get(found["ones"] or "", 0)):
            yield Number(found.start(), found.end(), value)


def number(words: str) -> float | None:
    """The value of a match of ``NUMBER``."""
    if _DIGITS.fullmatch(words):
        return float(words.replace(",", ""))
    if words in _NATIVE_ONES or words in _NATIVE_TENS:
        return float({**_NATIVE_ONES, **_NATIVE_TENS}[words])
    return _SINO_DIGITS[words] if words in _SINO_DIGITS else _sino(words)


def _sino(words: str) -> float | None:
    """The value of 삼만 오천, 이십, 백만; None for what only looks like a number (구조)."""
    if words in _NOT_NUMERALS or words == "조":
        return None
    total, section, digit = 0.0, 0.0, 0.0
    for char in words.replace(" ", ""):
        if char in SMALL:
            section, digit = section + (digit or 1.0) * SMALL[char], 0.0
        elif char in MYRIADS:
            total, section, digit = total + ((section + digit) or 1.0) * MYRIADS[char], 0.0, 0.0
        else:
            digit = _SINO_DIGITS[char]
    return total + section + digit


def scale(text: str, value: float, end: int) -> Number | None:
    """``value`` with the 십·백·천·만·억·조 after it, and the smaller groups that follow: 1억 8천만, 6만 6천, 3천5백."""
    if root := _ROOT.match(text, end):
        return Number(end, root.end(), value * value * (value if root[1] == "세제곱" else 1))
    total, section, last, scaled = 0.0, 0.0, float("inf"), False
    while True:
        if small := _SMALL.match(text, end):
            section, end, scaled = section + value * SMALL[small[1]], small.end(), True
        else:
            section += value
        if big := _MYRIAD.match(text, end):
            if MYRIADS[big[1]] >= last:
                break
            last = MYRIADS[big[1]]
            total, section, end, scaled = total + section * last, 0.0, big.end(), True
        following = _NEXT_GROUP.match(text, end) if scaled else None
        number = _DIGITS.match(text, following.end()) if following else None
        if not number or not (_smaller(text, number, last) if not section else _smaller_part(text, number, section)):
            break
        value, end = float(number[0].replace(",", "")), number.end()
    return Number(end, end, total + section, scaled=True) if scaled else None


def _smaller(text: str, number: re.Match[str], last: float) -> bool:
    """Whether the next group really continues the number: 6만 6천, not 5억 18억 or 3만 70억."""
    small, value = _SMALL.match(text, number.end()), float(number[0].replace(",", ""))
    value *= SMALL[small[1]] if small else 1.0
    big = _MYRIAD.match(text, small.end() if small else number.end())
    return value * (MYRIADS[big[1]] if big else 1.0) < last


def _smaller_part(text: str, number: re.Match[str], section: float) -> bool:
    """Whether the next group continues the thousands of a group: 1천8백만."""
    small, value = _SMALL.match(text, number.end()), float(number[0].replace(",", ""))
    return bool(small or _MYRIAD.match(text, number.end())) and value * (SMALL[small[1]] if small else 1) < section


def written(value: float) -> str:
    """A large number as it is written: 1억 8,000만."""
    parts: list[str] = []
    for scale, name in ((1e12, "조"), (1e8, "억"), (1e4, "만")):
        whole = int(value // scale)
        value -= whole * scale
        if whole:
            parts.append(f"{whole:,}{name}")
    return " ".join(parts + ([f"{value:g}"] if value >= 1 else []))
