"""What figures belong to: names in Latin letters, and what is often measured or counted, in both languages."""

import re
from functools import lru_cache
from typing import NamedTuple

from .quantity import Quantity
from .vocabulary import squash

_MEASURES = r"""
정확도|정답률|accura\w+|correctness; 재현율|recall; 정밀도|precision; 오류|오차|에러|errors?;
퍼플렉서티|혼란도|perplexity; 지연|latenc\w+; 처리량|throughput; 속도|빠[르른를]|빨[라리랐]|speed\w*|fast\w*;
시간|times?|hours?|runtime; 메모리|memory; 에너지|전력|energy|power; 환각|hallucinat\w+; 파라미터|매개변수|param\w*;
토큰|tokens?; 승률|win\w*; 성공|success\w*; 실패|fail\w*; 비용|가격|costs?|price; 점수|scores?
"""
_THINGS = r"""
학습|훈련|train\w*; 추론|inference|reason\w*; 언어|languages?|lingual; 모델|models?; 데이터셋|데이터 세트|datasets?;
벤치마크|benchmarks?; 과제|작업|태스크|tasks?; 질문|문항|문답|질의|questions?|quer\w+; 문제|problems?;
이미지|사진|images?; 영상|비디오|동영상|videos?; 텍스트|texts?|textual; 음성|speech|voice; 오디오|audio;
시각|visual|vision; 전문가|experts?; 참가자|참여자|participants?; 환자|patients?; 샘플|표본|예시|samples?|examples?;
논문|papers?|publications?; 분야|fields?|areas?; 영역|도메인|domains?; 범주|categor\w+; 유형|종류|types?|kinds?;
단계|steps?|stages?; 프롬프트|prompts?; (?<!비)공개|open\w*; 비공개|상용|독점|closed|proprietary|commercial;
장면|scenes?; 물체|객체|objects?; 프레임|frames?; 층|layers?; 문서|documents?; 문장|sentences?; 단어|words?;
코드|code; 함수|functions?; 테스트|시험|tests?; 도구|tools?; 로봇|robots?; 행동|동작|actions?; 안전|safe\w*;
공격|attacks?; 쉬[운울]|easy|easier; 어려[운울]|hard\w*|difficult; 짧|short\w*; 긴|길이|long\w*; 작은|소형|small\w*;
큰|대형|large\w*; 실내|indoor; 실외|야외|outdoor; 수학|math\w*; 코딩|coding; 의료|의학|medical|clinical;
사람|인간|humans?|people; 사용자|users?; 에이전트|agents?; 특징|피처|features?; 궤적|trajector\w+;
대화|dialog\w*|conversation\w*; 풀이|solutions?; 경로|paths?; 이슈|issues?; 인스턴스|instances?; 법칙|laws?;
환경|environments?; 시뮬레이션|simulat\w*; 실제|현실|real\w*; 번역|translat\w*; 검색|retriev\w*|search;
요약|summar\w+; 생성|generat\w*; 분류|classif\w+; 탐지|검출|detect\w+; 분할|segment\w*; 압축|compress\w*;
영어|English; 한국어|Korean; 중국어|Chinese; 수렴|converge\w*; 활성|activ\w+; 해상도|resolution; 폭|width; 깊이|depth;
참조|reference; 제안|proposed; 최고|best; 최저|worst|lowest; 평균|average|mean; 중앙값|median
"""
_ROWS = tuple(row.strip().split("|") for row in f"{_MEASURES};{_THINGS}".split(";"))
_FORMS = tuple(
    re.compile("|".join(rf"\b(?:{form})\b" if form.isascii() else form for form in row), re.IGNORECASE) for row in _ROWS
)
_PACE, _VAGUE = ("지연", "처리량", "속도", "시간"), ("비용", "점수")
PACE = frozenset(row[0] for row in _ROWS if row[0] in _PACE)
"""Keys of what tells how fast something is."""
MEASURES = frozenset(row[0] for row in _ROWS[: _MEASURES.count(";") + 1] if row[0] not in _VAGUE)
"""Keys of what is measured, but for costs and scores, which can be of anything."""
_NAME = re.compile(r"(?<![A-Za-z0-9])(?=[\w.+'’-]*[A-Z0-9])[A-Za-z][\w+'’]*(?:[.-][A-Za-z0-9+'’]+)*", re.ASCII)
_WORD = re.compile(r"[A-Z][a-z]+")
_PARTS = re.compile(r"[.!?;,]\s|\d|.{40}|(?:[^가-힣]*[가-힣]){18}", re.DOTALL)


class Anchor(NamedTuple):
    """Something that a figure may belong to."""

    start: int
    end: int
    key: str
    """The same for the same thing in both languages."""
    name: bool


def _key(name: str) -> str:
    return squash(name.removesuffix("s") if name[:-1].isupper() else name)


@lru_cache(maxsize=2048)
def anchors(text: str) -> tuple[Anchor, ...]:
    """The anchors of a text, in reading order."""
    names = [Anchor(m.start(), m.end(), _key(m.group()), name=True) for m in _NAME.finditer(text)]
    taken = {place for each in names if not _WORD.fullmatch(text, each.start, each.end) for place in range(*each[:2])}
    things = [
        Anchor(m.start(), m.end(), row[0], name=False)
        for row, form in zip(_ROWS, _FORMS, strict=True)
        for m in form.finditer(text)
        if m.start() not in taken
    ]
    starts = {thing.start for thing in things}
    return tuple(sorted((*things, *(each for each in names if each.key and each.start not in starts))))


def parted(text: str, one: Anchor, other: Quantity) -> bool:
    """Whether something stands between the two that keeps them apart: another figure, a comma, many words."""
    return _PARTS.search(text[min(one.end, other.end) : max(one.start, other.start)]) is not None
