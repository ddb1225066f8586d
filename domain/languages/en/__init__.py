"""English."""

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
from .words import QUESTION_WORDS

LANGUAGE = Language(
    code="en",
    name="English",
    script="Latin",
    letters=re.compile("[A-Za-z]+"),
    page=PAGE,
    audit=AUDIT,
    shell=SHELL,
    site=SITE,
    facts=facts,
    prose=PROSE,
    boilerplate=BOILERPLATE,
    speaking=SPEAKING,
    readings=READINGS,
    question_words=QUESTION_WORDS,
)
