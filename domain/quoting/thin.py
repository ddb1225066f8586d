"""The words of sentences that say too little: a first without a second, an aim, a promise, praise of oneself."""

import re

from .cues import cues

SHOWS_WHAT = r"\b(?:demonstrates?|shows?|validates?|verif(?:y|ies)|confirms?|highlights?|illustrates?|proves?)"
FIRST = re.compile(r"^First(?:ly)?,?\s|\b(?:[Ww]e|it|It|[A-Z][\w-]*)\s+first(?:ly)?\s+(?!to\b)[a-z]+")
SECOND = re.compile(
    r"\b(?:then|second(?:ly)?|next|subsequently|afterwards?|followed\s+by|finally|lastly)\b", re.IGNORECASE
)
TO_ADDRESS = re.compile(
    r"\b(?:to|of|by|for|towards?)\s+(?:\w+ly\s+)?(?:address|overcom|mitigat|tackl|alleviat|reduc|solv|avoid|handl"
    r"|eliminat|circumvent|remed|resolv)\w*\b[^,;]*",
    re.IGNORECASE,
)
"""What somebody does about a trouble tells of the trouble only in passing."""
AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|seek(?:s|ing)?|tackl(?:e|es|ed|ing)|attempt(?:s|ed|ing)?|focus(?:es|ed|ing)?|delv(?:e|es))\b"
    r"|\b(?:we|work|paper|study)\s+address(?:es)?\b",
    re.IGNORECASE,
)
AND_DOES = re.compile(
    r"\b(?:by\s+\w+ing|using|through|via)\b"
    r"|\band\s+(?:\w+ly\s+)?(?:conduct|evaluat|compar|analy|investigat|examin|train|measur|show|find|stud)\w*"
)
PROMISE = re.compile(
    r"(?:\b(?:that|which|to|designed\s+to|aimed\s+at|adept\s+at|capable\s+of|for)\s+)"
    r"(?:(?:can|could|aims?|seeks?|helps?|able|to|is|are|fluidly|effectively|\w+ly)\s+)*"
    r"(?:enabl|allow|achiev|improv|elevat|enhanc|outperform|surpass|address|tackl|overcom|facilitat|advanc|support|serv|bridg"
    r"|boost|accelerat|transform(?=ing\s+human)|empower|provid|offer|excel|mitigat|alleviat|eliminat|(?!us)\w+ing\b)\w*"
    r"[^,;]*?(?=,|;|\.?$|\b(?:by|via|using)\b(?!\s+automat))",
    re.IGNORECASE,
)
"""What a thing is good for, and not what it does: 'that enables …', 'for sorting …'."""
HOW = cues(
    """
    via, using, uses, used, transfers, transferring
    leverag*, combin*, integrat*, decompos*, consist*, compris*, employ*, incorporat*
    generates, generating, generated, predicts, predicting, encod*, decodes, learns, learned, trained, trains, pretrains
    optimizes, optimizing, treat*, applies, applying, adapts, augments, aligns, aligning, samples, selects, selecting
    replac*, transforms, transforming, represents, representing, construct*, extract*, fuses, fusing, inject*, guided
    guides, conditioned, formulat*, converts, converting, maps, mapping, merges, merging, distills, distilling, splits
    splitting, retrieves, retrieving, iterative*, iterates, composed, built, based on, into, contain*, cover*, spans
    spanning, annotated, collected, operates, updates, assigns, partition*, quantiz*, prunes, pruning, caches, caching
    alternat*, progressive*, two-stage, three-stage, multi-stage, computes, filter*, reweight*, estimates, projects
    compress*, attends, routes, searches, rewards, penaliz*, initializ*, by, through, adjust*, adds, adding, removes
    removing, skips, skipping, dynamically, evaluates, evaluate, assess, assesses, measures, measure, tests, encompass*
    featur*, includ*, where, lifts, lift, rearrang*, blends, identifies, revise*, simulates, simulate, reduces, reducing
    instead of, rather than, without, made of, unifies, interleav*, parallel
    """
)
"""How a thing does what it does, or what it is made of."""
OF_ITSELF = re.compile(
    rf"{SHOWS_WHAT}\s+(?:the\s+|its\s+)?(?:(?!that\b)[\w-]+,?\s+){{0,12}}?(?:of|for)\s+(?:our|the\s+proposed|this|[A-Z][\w-]+)"
    r"(?:\s+\w+){0,2}\.$"
)
"""'… demonstrate the speed, care and superior grip of our tray': praise whose subject is the paper itself."""
IN_DOING = re.compile(r"\bin\s+(?:\w+ly\s+)?\w+ing\b|\bwhen\b")
IN_PASSING = re.compile(r",\s+(?:thereby\s+|thus\s+|further\s+)?[a-z]+ing\b[^,]*(?:,[^,]*)?$")
AGAINST = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|than|over|compared|existing|state[- ]of[- ]the[- ]art|SOTA"
    r"|baselines?|rival\w*|match\w*|superior\s+to|on\s+par)\b"
)
