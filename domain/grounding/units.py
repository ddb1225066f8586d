"""Tables: what scales, units and counted nouns are called in Korean and English."""

import re

SCALES: dict[str, float] = {
    **{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9},
    **{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "b": 1e9, "T": 1e12},
}
"""What may follow a numeral in English."""

SMALL_MYRIADS: dict[str, float] = {"십": 1e1, "백": 1e2, "천": 1e3}
MYRIADS: dict[str, float] = {"만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}

_UNITS: tuple[tuple[str, float, str, str], ...] = (
    # dimension, factor to its base, English spellings, Korean spellings (regular expressions)
    ("time", 1e-6, r"microseconds?|[µμ]s", r"마이크로초"),
    ("time", 1e-3, r"milliseconds?|ms|msec", r"밀리초"),
    ("time", 1, r"seconds?|secs?|s", r"초(?!과|당|기|점|고|대|월|안|록|분|저|해상)"),
    ("time", 60, r"minutes?|mins?", r"분(?!의|류|포|할|야|석|산|리|기|량|자|위|해)"),
    (
        "time",
        3600,
        r"(?:(?:[\x1aA-Z]+|training|compute|wall-clock|human)[ -]){0,3}hours?|hrs?|h",
        r"시간(?!적|축|대|당)",
    ),
    ("time", 86400, r"days?", r"일(?!\s?(?:때|경우|반|치|관|련|부|정|종))(?=\s|간|동|이|을|의|만|치|분|[,.)]|$)"),
    ("time", 604800, r"weeks?", r"주(?=\s|간|일|동|를|의|에|[,.)]|$)"),
    ("time", 2629800, r"months?", r"개월|달(?=\s|간|동|을|의|[,.)]|$)"),
    ("time", 31557600, r"years?", r"년(?!대)"),
    ("time", 315576000, r"decades?", r"십 ?년"),
    ("bytes", 1e3, r"KB|kB|kilobytes?", r"킬로바이트"),
    ("bytes", 1e6, r"MB|megabytes?", r"메가바이트"),
    ("bytes", 1e9, r"GB|gigabytes?|GiB", r"기가바이트"),
    ("bytes", 1e12, r"TB|terabytes?", r"테라바이트"),
    ("bits", 1, r"bits?|bit-width", r"비트"),
    ("length", 1e-9, r"nm|nanomet(?:er|re)s?", r"나노미터"),
    ("length", 1e-6, r"[µμ]m|micromet(?:er|re)s?", r"마이크로미터"),
    ("length", 1e-3, r"mm|millimet(?:er|re)s?", r"밀리미터"),
    ("length", 1e-2, r"cm|centimet(?:er|re)s?", r"센티미터|센티(?!널)"),
    ("length", 1, r"m|met(?:er|re)s?", r"미터"),
    ("length", 1e3, r"km|kilomet(?:er|re)s?", r"킬로미터"),
    ("frequency", 1, r"Hz|hertz", r"헤르츠"),
    ("frequency", 1e3, r"kHz", r"킬로헤르츠"),
    ("frequency", 1e6, r"MHz", r"메가헤르츠"),
    ("frequency", 1e9, r"GHz", r"기가헤르츠"),
    ("fps", 1, r"fps|FPS|frames? per second|frames?/s(?:ec)?", r"프레임/초|프레임 ?퍼 ?세컨드"),
    ("decibel", 1, r"dB|decibels?", r"데시벨"),
    ("power", 1e-3, r"mW|milliwatts?", r"밀리와트"),
    ("power", 1, r"W|watts?", r"와트"),
    ("power", 1e3, r"kW|kilowatts?", r"킬로와트"),
    ("energy", 1, r"J|joules?", r"줄(?=\s|의|을|[,.)]|$)"),
    ("angle", 1, r"degrees?|°(?!\s?C)", r"도(?=\s|의|를|가|로|[,.)]|$)"),
    ("temperature", 1, r"°\s?C|℃|degrees Celsius", r"섭씨"),
    ("dollar", 1, r"dollars?|USD", r"달러"),
    ("cent", 1, r"cents?", r"센트"),
    ("won", 1, r"KRW|won", r"원(?=\s|의|을|이|[,.)]|$)"),
    ("flops", 1e6, r"MFLOPs?|MFLOPS", r"메가플롭스"),
    ("flops", 1e9, r"GFLOPs?|GFLOPS", r"기가플롭스"),
    ("flops", 1e12, r"TFLOPs?|TFLOPS", r"테라플롭스"),
)

UNIT_FACTORS: tuple[tuple[str, float], ...] = tuple((dimension, factor) for dimension, factor, _, _ in _UNITS)
UNIT = re.compile(
    r"[\s-]?(?:"
    + "|".join(
        rf"(?P<u{place}>(?:{english})(?![A-Za-z0-9])|(?:{korean}))"
        for place, (_, _, english, korean) in enumerate(_UNITS)
    )
    + ")"
)
"""A unit right after a numeral; the group ``u<n>`` that matched tells which row of ``UNIT_FACTORS``."""

COUNTERS = """
    가지 개국 개월 개 종류 종 명 번째 번 회 차례 장(?!치|점|르|벽|기|면|애|소) 편(?!향|의성|의를|집) 건 곳
    대(?!비|한|해|형|화|규|상|부|응|신|체|폭) 쌍 단계 겹 차원 샷 홉 에포크 스텝 라운드 턴 문항 쪽 권 세트 팀 갈래 세대
    계층 층 축 조각 마리 송이 그루 줄기 컷 방향 측면 요소 부문 분야
    """.split()
COUNTER = "(?:" + "|".join(COUNTERS) + ")"

_NOUNS: dict[str, tuple[str, str]] = {
    # concept: English heads (singular), Korean words
    "token": ("token", "토큰"),
    "parameter": ("parameter param", "파라미터 매개변수"),
    "dataset": ("dataset corpus corpora", "데이터셋 데이터세트 말뭉치 코퍼스"),
    "task": ("task", "과제 작업 태스크"),
    "benchmark": ("benchmark", "벤치마크"),
    "model": ("model llm mllm vlm network lm slm", "모델 신경망"),
    "language": ("language", "언어"),
    "image": ("image picture photo photograph", "이미지 영상 사진"),
    "video": ("video clip", "동영상 비디오 영상 클립"),
    "frame": ("frame", "프레임"),
    "person": (
        "person people participant patient user annotator expert student volunteer subject individual speaker "
        "clinician radiologist physician human worker respondent player developer author actor child",
        "명 사람 참가자 참여자 환자 사용자 주석자 전문가 학생 피험자 인원 화자 의사 이용자 개발자 응답자 아동",
    ),
    "question": ("question qa query problem", "질문 문항 문제 질의 쿼리"),
    "conversation": ("conversation dialogue dialog", "대화"),
    "document": ("document article paper study page report", "문서 논문 기사 연구 보고서"),
    "sentence": ("sentence utterance", "문장 발화"),
    "word": ("word", "단어 낱말"),
    "gpu": ("gpu", "GPU"),
    "layer": ("layer", "층 레이어 계층"),
    "head": ("head", "헤드"),
    "agent": ("agent", "에이전트"),
    "step": ("step iteration", "스텝 단계 반복"),
    "stage": ("stage phase", "단계"),
    "epoch": ("epoch", "에포크"),
    "object": ("object asset", "객체 물체 사물"),
    "scene": ("scene environment scenario", "장면 환경 시나리오 상황"),
    "method": (
        "method technique approach algorithm strategy baseline framework system",
        "방법 기법 방식 접근 알고리즘 전략 기준선 체계 시스템 프레임워크",
    ),
    "metric": ("metric measure", "지표"),
    "domain": ("domain field area discipline", "도메인 분야 영역"),
    "category": ("category class type kind genre", "범주 카테고리 클래스 유형 종류 부류"),
    "country": ("country nation", "국가 나라 개국"),
    "city": ("city", "도시"),
    "hospital": ("hospital institution center centre site", "병원 기관"),
    "species": ("species", "종 생물종"),
    "robot": ("robot", "로봇"),
    "trajectory": ("trajectory demonstration demo episode rollout", "궤적 시연 에피소드 데모"),
    "game": ("game", "게임"),
    "tool": ("tool api", "도구 API"),
    "module": ("module component block", "모듈 구성요소 블록 구성 요소"),
    "dimension": ("dimension dimensional axis", "차원 축"),
    "camera": ("camera view viewpoint", "카메라 시점"),
    "sensor": ("sensor", "센서"),
    "experiment": ("experiment trial", "실험"),
    "expertise": ("expert", "전문가"),
    "generic": (
        "sample example instance item data record entry pair annotation point case set label prompt response",
        "샘플 표본 예시 사례 항목 데이터 쌍 주석 라벨 레이블 응답 프롬프트 건",
    ),
}
COUNTER_NOUNS: dict[str, frozenset[str]] = {
    "명": frozenset({"person"}),
    "단계": frozenset({"stage", "step"}),
    "개국": frozenset({"country"}),
    "차원": frozenset({"dimension"}),
    "문항": frozenset({"question"}),
    "층": frozenset({"layer"}),
    "에포크": frozenset({"epoch"}),
    "스텝": frozenset({"step"}),
}
"""Counters that say themselves what they count."""
UNLISTED = frozenset({"샷", "홉", "차원", "배", "번", "회", "차례", "세대"})
"""Counters of what no list shows the number of."""

GENERIC = frozenset({"generic"})
"""Words so general that they may stand for any counted thing."""

UNKNOWN = frozenset({"unknown"})
"""What an English figure counts when the table does not know the noun."""

_ENGLISH_NOUNS: dict[str, frozenset[str]] = {}
_KOREAN_NOUNS: dict[str, frozenset[str]] = {}
for _concept, (_english, _korean) in _NOUNS.items():
    for _word in _english.split():
        _ENGLISH_NOUNS[_word] = _ENGLISH_NOUNS.get(_word, frozenset()) | {_concept}
    for _word in _korean.split():
        _KOREAN_NOUNS[_word] = _KOREAN_NOUNS.get(_word, frozenset()) | {_concept}
_KOREAN_NOUN = re.compile("|".join(sorted(map(re.escape, _KOREAN_NOUNS), key=len, reverse=True)))
KOREAN_NOUN = _KOREAN_NOUN.pattern


def english_noun(word: str) -> frozenset[str]:
    """What a word counts, plural or not; empty for a word that the table does not know.

    >>> sorted(english_noun("Datasets"))
    ['dataset']
    """
    word = word.lower()
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"):
        if form in _ENGLISH_NOUNS:
            return _ENGLISH_NOUNS[form]
    return frozenset()


def korean_nouns(words: str) -> frozenset[str]:
    """All that a stretch of Korean may count."""
    return frozenset(concept for found in _KOREAN_NOUN.findall(words) for concept in _KOREAN_NOUNS[found])
