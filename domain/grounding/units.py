"""Tables: what scales, units and counters are called in Korean and English."""

import re

SCALES: dict[str, float] = {
    **{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9},
    **{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "b": 1e9, "T": 1e12},
}
"""What may follow a numeral in English."""

SMALL_MYRIADS: dict[str, float] = {"십": 1e1, "백": 1e2, "천": 1e3}
MYRIADS: dict[str, float] = {"만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}

_END = r"(?=\s|[간동이을를의만치분로에,.)]|$)"
_HOURS = r"(?:(?:[\x1aA-Z]+\d*|training|compute|wall-clock|human)[ -]){0,3}hours?|hrs?|h"
_UNITS: tuple[tuple[str, float, str, str], ...] = (
    # dimension, factor to its base, English spellings, Korean spellings (regular expressions)
    ("time", 1e-6, r"microseconds?|[µμ]s", r"마이크로초"),
    ("time", 1e-3, r"milliseconds?|ms|msec", r"밀리초"),
    ("time", 1, r"seconds?|secs?|s", r"초(?!과|당|기|점|고|대|월|안|록|분|저|해상)"),
    ("time", 60, r"minutes?|mins?", r"분(?!의|류|포|할|야|석|산|리|기|량|자|위|해)"),
    ("time", 3600, _HOURS, r"(?:[A-Z]+\d* ?){0,2}시간(?!적|축|대|당)"),
    ("time", 86400, r"days?", rf"일(?!\s?(?:때|경우|반|치|관|련|부|정|종)){_END}"),
    ("time", 604800, r"weeks?", rf"주{_END}"),
    ("time", 2629800, r"months?", rf"개월|달{_END}"),
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
    ("length", 0.3048, r"feet|foot|ft", r"피트"),
    ("length", 0.0254, r"inch(?:es)?", r"인치"),
    ("length", 1609.344, r"miles?", r"마일"),
    ("frequency", 1, r"Hz|hertz", r"헤르츠"),
    ("frequency", 1e3, r"kHz", r"킬로헤르츠"),
    ("frequency", 1e6, r"MHz", r"메가헤르츠"),
    ("frequency", 1e9, r"GHz", r"기가헤르츠"),
    ("fps", 1, r"fps|FPS|frames? per second|frames?/s(?:ec)?", r"프레임/초|프레임 ?퍼 ?세컨드"),
    ("decibel", 1, r"dB|decibels?", r"데시벨"),
    ("power", 1e-3, r"mW|milliwatts?", r"밀리와트"),
    ("power", 1, r"W|watts?", r"와트"),
    ("power", 1e3, r"kW|kilowatts?", r"킬로와트"),
    ("energy", 1, r"J|joules?", rf"줄{_END}"),
    ("angle", 1, r"degrees?|°(?!\s?C)", r"도(?=\s|[의를가로다,.)]|$)"),
    ("temperature", 1, r"°\s?C|℃|degrees Celsius", r"섭씨"),
    ("dollar", 1, r"dollars?|USD", r"달러"),
    ("cent", 1, r"cents?", r"센트"),
    ("won", 1, r"KRW|won", rf"원{_END}"),
    ("flops", 1e6, r"MFLOPs?|MFLOPS", r"메가플롭스"),
    ("flops", 1e9, r"GFLOPs?|GFLOPS", r"기가플롭스"),
    ("flops", 1e12, r"TFLOPs?|TFLOPS", r"테라플롭스"),
)

UNIT_FACTORS: tuple[tuple[str, float], ...] = tuple((dimension, factor) for dimension, factor, _, _ in _UNITS)
UNIT = re.compile(
    r"(?:\s{0,5}|-)(?:"
    + "|".join(
        rf"(?P<u{n}>(?:{english})(?![A-Za-z0-9])|(?:{korean}))" for n, (*_, english, korean) in enumerate(_UNITS)
    )
    + ")"
)
"""A unit right after a numeral; the group ``u<n>`` that matched tells which row of ``UNIT_FACTORS``."""

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
