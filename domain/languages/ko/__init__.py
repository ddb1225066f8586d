"""Korean."""

import re

from domain.language import Language, Tone

from . import facts
from .audit import AUDIT
from .boilerplate import BOILERPLATE
from .page import PAGE
from .particles import QUESTION_ENDINGS
from .prose import PROSE
from .readings import READINGS
from .shell import SHELL
from .site import SITE
from .speaking import SPEAKING

LANGUAGE = Language(
    code="ko",
    name="Korean",
    script="Hangul",
    letters=re.compile("[가-힣]+"),
    page=PAGE,
    audit=AUDIT,
    shell=SHELL,
    site=SITE,
    facts=facts,
    readings=READINGS,
    prose=PROSE,
    boilerplate=BOILERPLATE,
    speaking=SPEAKING,
    papers=("이 논문", "논문"),
    question_endings=QUESTION_ENDINGS,
    tone=Tone(sentences=("니다", "니까"), headlines=("다",)),
    heading="오늘의 AI 논문",
    lengths=(25, 60, "characters"),
)
