"""Japanese: a draft, which no native reader has gone through yet. Prompts and terms of its own are still to be written:
the English prompts stand in, with a word on the language."""

import re

from domain.language import Language
from domain.readings import Readings, scaled_by

from . import facts
from .audit import AUDIT
from .names import NAMES
from .page import PAGE
from .shell import SHELL
from .speaking import SPEAKING

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
    readings=Readings(
        goes_on="(?:そこで|そのため|したがって|しかし|だが|また|そして)(?=[、,])",
        scale=scaled_by({"千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12}),
        scales="[千万億兆]",
        point="パーセントポイント|ポイント",
        percent="パーセント",
        multiple="倍",
        units={
            "millisecond": "ミリ秒",
            "second": "秒",
            "hour": "時間",
            "day": "日間",
            "week": "週間",
            "month": "か月",
            "year": "年間",
            "bit": "ビット",
            "dollar": "ドル",
        },
    ),
    speaking=SPEAKING,
    names=NAMES,
    lengths=(15, 50, "characters"),
)
