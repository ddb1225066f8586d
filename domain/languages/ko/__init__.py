"""Korean."""

import re

from domain.language import Language

from . import facts
from .audit import AUDIT
from .boilerplate import BOILERPLATE
from .page import PAGE
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
    lengths=(25, 60, "characters"),
)
