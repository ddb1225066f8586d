"""Japanese: a draft, which no native reader has gone through yet. Prompts and terms of its own are still to be written:
the English prompts stand in, with a word on the language."""

import re

from domain.language import Language

from . import facts
from .audit import AUDIT
from .names import NAMES
from .page import PAGE
from .shell import SHELL

LANGUAGE = Language(
    code="ja",
    name="Japanese",
    script="Japanese",
    letters=re.compile("[\u3040-\u309f\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff々〆ー]+"),
    page=PAGE,
    audit=AUDIT,
    shell=SHELL,
    facts=facts,
    drawn=False,
    papers=("この論文", "論文"),
    scales={"千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12},
    units={
        "パーセントポイント": "percentage points",
        "ポイント": "points",
        "パーセント": "percent",
        "倍": "times",
        "ミリ秒": "milliseconds",
        "秒": "seconds",
        "時間": "hours",
        "日間": "days",
        "週間": "weeks",
        "か月": "months",
        "年間": "years",
        "ビット": "bits",
        "ドル": "dollars",
    },
    names=NAMES,
    lengths=(15, 50, "characters"),
)
