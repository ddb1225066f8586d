"""How English writes figures, and what it says of them; papers are read by it."""

import re

from domain.readings import ABOUT, OVER, UNDER, UP_TO, Bound, ChangeCues, Phrase, Readings, is_

from .numbers import number, numbers, scale

_ORDINALS = tuple[str, ...]("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_SMALL = tuple[str, ...]("one two three four five six seven eight nine ten".split())
_PARTS = {
    **{"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10},
    **{"twentieth": 20, "hundredth": 100},
}
_NUMBER = rf"\d+|{'|'.join(_SMALL)}|eleven|twelve|fifteen|twenty"


def _share(found: re.Match[str]) -> float | None:
    part, whole = number(found[1]), number(found[2])
    return part / whole if 0 < part <= whole else None


def _part(found: re.Match[str]) -> float:
    count = found[1].lower()
    return (_SMALL.index(count) + 1 if count in _SMALL else 1) / _PARTS[found[2].lower()]


def _magnitude(found: re.Match[str]) -> float:
    word = found[1].lower()
    return 10.0 ** (_SMALL.index(word) + 1 if word in _SMALL else int(word) if word.isdigit() else 1)


def _digits(found: re.Match[str]) -> float:
    return float(next(group for group in found.groups() if group))


def _ordinal(found: re.Match[str]) -> float:
    return _ORDINALS.index(found[1].lower()) + 1.0


def _fold(found: re.Match[str]) -> float:
    return _SMALL.index(found[1].lower()) + 1.0


def _roman(found: re.Match[str]) -> float:
    return float(len(found[1]))


_SHARES = (
    Phrase(rf"\b({_NUMBER})(?: [a-z]+)?(?: out)? (?:of|in) (?:the |all |every )?({_NUMBER}|a hundred|a thousand)\b",
        "fraction", _share),
    Phrase(r"(?<![\w./-])(\d{1,3})/(\d{1,3})(?![.\d]?\d)", "fraction", _share),
)  # fmt: skip
_GROWN = r"(?!(?: [a-z-]+)?[ -](?:cross[- ]?valid|CV\b))"
"""Behind a fold: those of a cross-validation are parts of the data."""
_PHRASES = (
    Phrase(r"\b(one|two|three|four|five|an?)[- ]"
        r"(half|third|quarter|fourth|fifth|sixth|eighth|tenth|twentieth|hundredth)s?\b"
        r"(?! (?:stage|step|party|person|phase|time|order))(?!(?<=\ba third) "
        r"(?!of|less|more|fewer|the|lower|higher|smaller|larger|as|to|in|on|by|that|and|or|from)[a-z])",
        "fraction", _part),
    Phrase(r"\b(10|100|1000)s(?= of\b)", "order", _digits),
    Phrase(r"\b(one|two|three|an?|four|\d)(?: or (?:more|two))? orders?[- ]of[- ]magnitude", "multiple", _magnitude),
    Phrase(rf"\b(?:twice|two ?-?fold\b{_GROWN}|doubl(?:e|es|ed|ing)(?![- ](?:blind|descent|q|dqn|precision)))\b",
        "multiple", is_(2)),
    Phrase(r"\b(?:thrice|tripl(?:ed|ing)|triple(?! (?:extraction|store)))\b", "multiple", is_(3)),
    Phrase(r"\bquadrupl(?:e|es|ed|ing)\b", "multiple", is_(4)),
    Phrase(rf"\b({'|'.join(_SMALL)})-?fold\b{_GROWN}", "multiple", _fold),
    Phrase(r"\b(?:halv(?:e|es|ed|ing)|half(?! a (?:mill|bill|trill|doz)\w+)(?![- ]precision))\b", "fraction", is_(0.5)),
)  # fmt: skip
_LOOSELY = (
    Phrase(rf"(?<!per[ -])\b({'|'.join(_ORDINALS)})(?:ly)?\b", "count", _ordinal),  # 50 tokens per second are no 2
    Phrase(r"\binitial(?:ly)?\b", "count", is_(1)),
    Phrase(r"(?<![\w.])\(?([1-9])\)(?=\s)|(?<!\d)(\d+)(?:st|nd|rd|th)\b", "count", _digits),
    Phrase(r"\b(?:stage|phase|step) ?(I{1,3})\b", "count", _roman),
    Phrase(r"\b(?:both|pair(?:s|ed)?|dual|couple|twin|bilingual|either|binary)\b", "count", is_(2)),
    Phrase(r"\b(?:one|single|a|an|unified)\b|\b(?=(?:minute|hour|day|week|month|year)[- ]long\b)", "one", is_(1)),
    Phrase(r"\b(?:no|none|zero|binary)\b", "count", is_(0)),
    Phrase(r"\bbinary\b", "count", is_(1)),
    Phrase(r"(?<![\d.,])((?:19|20)\d\d)(?![\d,]|\.\d)", "year", _digits),
    Phrase(r"\bper thousand\b", "count", is_(1e3)),
    Phrase(r"\bper million\b", "count", is_(1e6)),
    Phrase(r"\b(?:trilingual|trimodal|triplets?|triples?|ternary|three-?fold)\b", "count", is_(3)),
    Phrase(r"\bquad(?:ruple|rants?)?\b", "count", is_(4)),
    Phrase(r"\bmajority\b", "fraction", is_(0.5)),
)  # fmt: skip
_BEFORE = (
    Bound(
        UP_TO,
        r"up[\s-]?to|as (?:much|many|high|large|long|far) as|at most|(?:a )?maximum(?: of)?|no more than|max\.?",
    ),
    Bound(UP_TO, r"≤|<=|\\leq?|\\lesssim|within", sure=False),
    Bound(UNDER, r"≤|<=|\\leq?|within|at most|no more than", sure=False),
    Bound(
        OVER,
        r"more than|at least|exceed(?:s|ing|ed)?|surpass(?:es|ing|ed)?|greater than|higher than|no (?:fewer|less) than|"
        r"(?:a )?minimum(?:(?: \w+)? of)?|upwards of|in excess of|above|well over|>=?|≥|\\geq?|\\gtrsim",
    ),
    Bound(OVER, r"as (?:few|low|little|small) as|past|beyond", sure=False),
    Bound(
        OVER, r"(?<!improvement )(?<!improvements )(?<!gain )(?<!gains )(?<!increase )(?<!advantage )over(?!\sthe\b)"
    ),
    Bound(OVER, r"over", sure=False),
    Bound(
        UNDER,
        r"under|below|(?:no|never \w+|not) (?:longer|more|higher|larger) than|not exceed(?:ing)?|less than|fewer than"
        r"|lower than|sub-?|<|≲",
    ),
    Bound(UP_TO, r"under|below|less than|fewer than|lower than|<", sure=False),
    Bound(UNDER, r"as (?:few|low|little|small) as|only|just|merely|a mere|near|nearly|almost", sure=False),
    Bound(
        ABOUT,
        r"about|around|approximately|roughly|nearly|almost|near|close to|some|circa|approx\.?|an estimated|[~∼≈]|\\sim"
        r"|\\approx|ca\.|on the order of",
    ),
)
_OR_LESS = r"or (?:less|fewer|lower|smaller|shorter|below|under)"
_BEHIND = (
    Bound(
        OVER,
        r"\+|\s?(?:or (?:more|better|higher|greater|larger|longer|above|over)|plus\b|and (?:more|above|up)\b)|-plus\b",
    ),
    Bound(UNDER, rf"\s?{_OR_LESS}"),
    Bound(UP_TO, rf"\s?at most|\s?{_OR_LESS}", sure=False),
)
_VERB = (
    r"(?:reduc|improv|increas|decreas|cut|rais|boost|lower|drop|ris|rose|grow|grew|shr[iau]nk|gain|fall|fell|declin|trim|slash"
    r"|lift)"
)
_INEXACT = (
    r"(?:(?:up to|as much as|over|more than|about|around|roughly|approximately|nearly|almost|just|only|at least"
    r"|an average of|a)\s)*[~$]?$"
)
_COMPARED = r"\b(?:up|compared|relative|equal|close|similar|than)\b"
_OTHERS = r"(?:it|that|which|with|by|to|at|in|on|from|us(?:e|es|ing)|leav(?:e|es|ing)|needs?|takes?|runs?)"
_COMPARATIVES = "fewer|less|faster|higher|smaller|better|cheaper|lower|shorter|lighter"
_CHANGES = (
    rf"{_VERB}\w*|(?:outperform|surpass|exceed|outpac|chang|shift|differ|widen|narrow|expand|extend|accelerat|slow)\w*"
    r"|(?:beat|lead|scale|speed|push|move)(?:s|d|ed|ing)?|led|sped|up|down|off|ahead|behind"
    rf"|more|larger|longer|greater|worse|{_COMPARATIVES}"
)
_CHANGE_BEFORE = ChangeCues(
    # Votes by 678 people are no change.
    by=rf"\b(?:(?:{_CHANGES})\b[^.;]{{0,80}}?\bby|(?:improv|reduc|increas|decreas|rais|boost|lower|cut)\w*"
    # "saves the models 80 % of their compute": what is saved is not what is left.
    rf"|(?:sav|spar|skip|avoid)(?:e|es|ed|ing|s|ping|ped)?\b(?:\s(?!{_OTHERS}\b)[a-z-]+){{0,3}})\s{_INEXACT}",
    to=rf"\b{_VERB}\w*\b(?:(?!{_COMPARED})[^.;,]){{0,60}}?\bto\s{_INEXACT}",
    away=rf"\b(?:remov|discard|prun|eliminat|filter)\w*\s(?:out\s)?{_INEXACT}",
    left=rf"\b(?:retain|keep|preserv|kept)\w*\s{_INEXACT}",
    origin=rf"\bfrom\s{_INEXACT}",
)
_SIZED = "original|full|time|cost|memory|compute|computation|parameters|size|data|tokens|budget|FLOPs|energy|training"
_CHANGE = ChangeCues(
    to=rf"\sof (?:the|its|their) (?:\w+\s)?(?:{_SIZED})\b",
    away=r"[^.;,\d]{0,40}\b(?:removed|discarded|pruned|eliminated|filtered out)\b",
    left=r"[^.;,\d]{0,40}\b(?:remain\w*|retained|kept|survive\w*|preserved)\b",
    by=rf"(?:\s(?:relative|absolute|average|points?|[a-z-]+(?=\sreduc)))*\s(?:{_VERB}\w*|{_COMPARATIVES})\b",
)
_HOURS = r"(?:(?:[\x1aA-Z]+\d*|training|compute|wall-clock|human)[ -]){0,3}hours?|hrs?|h"
_UNITS = {
    "microsecond": r"microseconds?|[µμ]s",
    "millisecond": r"milliseconds?|ms|msec",
    "second": r"seconds?|secs?|s",
    "minute": r"minutes?|mins?",
    "hour": _HOURS,
    "day": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?",
    "decade": r"decades?",
    "kilobyte": r"KB|kB|kilobytes?",
    "megabyte": r"MB|megabytes?",
    "gigabyte": r"GB|gigabytes?|GiB",
    "terabyte": r"TB|terabytes?",
    "bit": r"bits?|bit-width",
    "nanometer": r"nm|nanomet(?:er|re)s?",
    "micrometer": r"[µμ]m|micromet(?:er|re)s?",
    "millimeter": r"mm|millimet(?:er|re)s?",
    "centimeter": r"cm|centimet(?:er|re)s?",
    "meter": r"m|met(?:er|re)s?",
    "kilometer": r"km|kilomet(?:er|re)s?",
    "foot": r"feet|foot|ft",
    "inch": r"inch(?:es)?",
    "mile": r"miles?",
    "hertz": r"Hz|hertz",
    "kilohertz": r"kHz",
    "megahertz": r"MHz",
    "gigahertz": r"GHz",
    "frames per second": r"fps|FPS|frames? per second|frames?/s(?:ec)?",
    "decibel": r"dB|decibels?",
    "milliwatt": r"mW|milliwatts?",
    "watt": r"W|watts?",
    "kilowatt": r"kW|kilowatts?",
    "joule": r"J|joules?",
    "degree": r"degrees?|°(?!\s?C)",
    "degree Celsius": r"°\s?C|℃|degrees Celsius",
    "dollar": r"dollars?|USD",
    "cent": r"cents?",
    "won": r"KRW|won",
    "megaflop": r"MFLOPs?|MFLOPS",
    "gigaflop": r"GFLOPs?|GFLOPS",
    "teraflop": r"TFLOPs?|TFLOPS",
}
READINGS = Readings(
    units={name: rf"(?:{spelled})(?![A-Za-z0-9])" for name, spelled in _UNITS.items()},
    scale=scale,
    numbers=numbers,
    phrases=_PHRASES,
    shares=_SHARES,
    loosely=_LOOSELY,
    quantity=r"percent|points?\b|hundred|thousand|million|billion|trillion|times\b|fold",
    sized="parameter|param|token|-parameter",
    absolute="absolute|in absolute",
    absolute_before=r"\babsolute(?:ly)?\b",
    factor_before=r"(?:factor|speed-?ups?|ratio|accelerations?)\s(?:of|by|as)\s(?:[a-z~]+\s){0,3}",
    perhaps_bounds=r"\b(?:over|under)",
    rival_before=(
        r"\b(?:than|over|against|versus|vs\.?|compared (?:to|with)|relative to|(?:outperform|surpass|exceed|beat)\w*)"
        r"(?:\sthe)?"
    ),
    benchmark_before=r"\b(?:on|across)(?:\sthe)?",
    percent=r"percent\b|per cent\b",
    point=(
        r"[\s-]?percentage[\s-]points?|%[\s-]?(?:age )?(?:points?|pts?)\b"
        r"|(?<!\s)(?:[\s-](?:[A-Z][\w@.-]*|absolute|accuracy)){0,3}[\s-](?:points?|pts?)\b(?! cloud)"
    ),
    multiple=rf"[\s-]?[Ff]old\b{_GROWN}|[\s-]?times\b(?! \d)",
    ranges=r"\s(?:to|through)\s(?:as (?:high|low|much) as\s)?",
    spans=r"\s(?:to|and)\s",
    lists=r",?\s(?:and|or|vs\.?|versus)\s",
    no_numbers=r"\b(?:zero|one|few)-shot\b|\bone-(?:time|off|way|hot)\b",
    ordinals=(
        r"\b\d+(?:st|nd|rd|th)\b|\b(?:stage|phase|step) \d\b"
        r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
    ),
    change_before=_CHANGE_BEFORE,
    change=_CHANGE,
    before=_BEFORE,
    behind=_BEHIND,
    clause_ends=r"\sand\s|\sbut\s|\swith\s|\swhile\s",
    together=r"\b(?:together|in total|combined|altogether|plus|including|in all)\b",
    each=r"\b(?:per|each|every|average)\b",
    goes_on=(
        r"(?:So(?!\s(?:far|many|much|called|long)\b|-)|Thus(?!\sfar\b)|Hence|Therefore|That(?:'s|’s| is) why|However"
        r"|But|Yet|And|Also|Moreover|Instead(?!\sof\b)|Then)\b"
    ),
    joined=r"\band\b|\bor\b|\bvs\b",
    and_=r",?\s(?:and|or|as well as)\s",
    respectively=r"respectively",
    at_most=r"\b(?:up to|at most|at best|as (?:much|many|high|far) as|maxim\w+|peak)\b",
    average=r"\b(?:averag\w+|mean|median|typical\w*)\b",
    averaged=r"\b(?:average|mean|median)\b",
    on_average=r"[^\d.;,]{0,24}\bon average\b|\s(?:[\w-]+\s)?average\b(?! of)",
    beats=r"\b(?:surpass|exceed|above|beyond)\w*\s(?:the\s)?",
    papers=r"(?: of the| of these)? (?:papers|works|studies)\b",
    separators=r"\b(?:and|but|while|whereas)\b",
    shown=r"times\b|-fold\b|percent\b|points?\b",
    no_things=r"\b(?:and|for|with|from|in|on|of|that|to|by|across)\b",
    leftovers=r"""
        \bas\ an?\ (?:ai|artificial\ intelligence|large\ language)\b(?!-)[^.]{0,20}\b(?:model|assistant)?\b,?\ i\b
        | \bI(?:'m|\ am)\ (?:sorry|unable|an\ AI)\b | \bI\ can(?:not|'t)\ (?:help|assist|comply|provide)\b
        | ^(?:sure|certainly|of\ course|okay)[,!:]\s | ^(?:assistant|user|system|human|summary|translation|answer)\s*:
        | \bhere(?:'s|\ is|\ are)\ (?:the|a|your|my)\ (?:\w+\ ){0,3}(?:summary|translation|report|draft|json)\b""",
    given=r"\b(?:provided|given)\s(?:abstracts?|excerpts?)\b(?!.*\b(?:not?|nothing|none|lacks?|only|without|silent)\b)",
    # Abstracts say "visit https://… for code" by the thousand, so only a sentence of ours may not.
    invitations=(
        r"\b(?:visit|open|go\sto|click(?:\son)?)\s+(?:the\s+link\b|our\s+(?:site|website|page)\b|this\s+\w+|https?:|www\.)"
    ),
    praise=(
        r"\b(?:the\s+best\s+(?:of|ever|study|work|paper)|groundbreaking|revolutionary|must[- ]read|flawless|perfect"
        r"|unprecedented|strong(?:ly)?\s+accept|milestone)\b"
    ),
)
