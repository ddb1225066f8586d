"""Rules for a sentence that rests on facts about other days alone: they are few, so it is held to their very words.

The general rules see figures and names. What they cannot see is a rise told as a fall, one fact's figure given to
another, another category, or a cause that nobody looked for; each of these needs words that the facts do not have.
"""

import re
from collections.abc import Iterator

from .passage import Fault, Passage, Rule

_WAYS = {
    "up": (
        r"(?<![가-힣])(?:늘(?!\s)|많)|증가|상승|급증|높|웃돌|웃돈|올랐|오른|오르|커졌|떠오르",
        r"\b(?:rose|ris(?:e|es|ing|en)|gr(?:ew|ow\w*)|more|higher|increas\w*|above|up|exceed\w*|surg\w*)\b",
    ),
    "down": (
        r"(?<![가-힣])(?:줄|적[은었게다어고])|감소|하락|급감|낮|밑돌|밑돈|떨어|내렸|내린|작아졌|식었|시들",
        r"\b(?:f[ae]ll\w*|fewer|less|drop\w*|declin\w*|lower|decreas\w*|below|down|fad(?:e|es|ed|ing)|shr[aiu]nk\w*)\b",
    ),
    "none": (
        r"(?<![가-힣])(?:없|않)|사라|빠졌|빠진|끊",
        r"\b(?:no|not|none|never|absent|absence|without|missing|disappear\w*|vanish\w*|stayed away|nothing)\b",
    ),
    "new": (r"(?<![가-힣])처음|새로 (?:등장|나타|떠오)", r"\b(?:first time|appear(?:s|ed)? for the first|newly)\b"),
}
_KOREAN, _ENGLISH = (
    re.compile("|".join(f"(?P<{way}>{patterns[n]})" for way, patterns in _WAYS.items()), re.IGNORECASE) for n in (0, 1)
)

_FIGURE = re.compile(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?![A-Za-z\d])")
"""Not the digits of names: 3D, GPT-4."""

_TODAY, _BEFORE = re.compile(r"오늘|\btoday\b", re.IGNORECASE), re.compile(r"평균|지난|\b(?:mean|average|last)\b", re.I)
_CLAUSE = re.compile(r"[,:;.]\s")
_NEXT = r"[^\d.,의]{0,14}(?P<figure>\d[\d,]*(?:\.\d+)?)(?![A-Za-z\d])"

_FROM_TO = re.compile(
    r"(?P<a>\d[\d,]*(?:\.\d+)?)(?P<unit>%|편|배)(?:\([^()]*\))?에서.{0,24}?(?P<b>\d[\d,]*(?:\.\d+)?)(?P=unit)"
    r"|\bfrom (?:\D{0,24} )?(?P<c>\d[\d,]*(?:\.\d+)?)\D{0,12} to (?P<d>\d[\d,]*(?:\.\d+)?)"
)

_PARTICLE = (
    r"(?:들|은|는|이|가|을|를|의|에|에서|에는|에도|로|으로|로는|와|과|도|만|보다|까지|부터|씩|가량|쯤|이나|나|이다"
    r"|이었다|였다|이며|이고|이던|인|인데|뿐|째|간)*"
)
_COMMON_KO = re.compile(
    rf"(?:오늘|이날|당일|하루|평소|평균|지난|이전|예전|최근|앞선|그동안|관측|기간|동안|날들?|일|주|논문|연구|분야|범주|주제|새로운?|새|신규"
    rf"|가장|크게|특히|또한|또|함께|모두|나란히|각각|반면|반대로|한편|내내|그리고|그러나|다만|정도|수준|배|편|건|수|비율|비중|중|것|데|더|덜|약|거의"
    rf"|여전히|다시|이후|만에|뒤|후|들|및|등|그|이|한|두|세|곳|개|쪽|달리){_PARTICLE}"
    r"|(?:늘|줄|많|적|높|낮|없|있|않|넘|컸|컸|커|작|못)[가-힣]?[었았어아고며면은을는게지이기던도다]?[가-힣]{0,3}"
    r"|(?:다루|다룬|다뤘|관한|관련|대한|대해|속한|나온|나오|나왔|올라|등장|보인|보였|보여|나타|드러|두드러|뚜렷|기록|이어|계속|유지|증가|감소"
    r"|상승|하락|급증|급감|웃돌|웃돈|밑돌|밑돈|떨어|내려|내렸|오른|오르|올랐|사라|빠졌|꾸준|드물|차지|비해|비하|대비|비교|견주|견줘|이르"
    r"|이른|이르렀|해당|미치|달했|달하|그쳤|그쳐|그친|머물|소개|발표|제출|되었|되고|됐|하였|했|하고|한다|이상|이하|가운데|통상|처음|움직|변화|흐름|추세|뛰었|뛴"
    r"|않|않았|없었|였|이었|이다)[가-힣]{0,4}"
)
_COMMON_EN = frozenset(
    """a about above absence absent after again all also among an and appear appeared appears are area areas as at
    average away back be been before below both but by came categories category come comes compared consecutive
    continue continued daily day days decline declined decreased double down drop dropped each earlier exceeded
    expected fade faded fading fall falling fell fewer field fields first for from further grew growing had half
    has have higher in increase increased interest is it its jumped just kept last latest least less level listed
    listing lower many mean meanwhile missing more most much named new newly no none normal not nothing number
    observed of on one only or other over paper papers past period preceding previous previously range rate
    recent regular regularly remained research respectively rise risen rises rising rose seen share showed since
    so stayed stood than that the their them there these they this those though time times to today topic topics
    total triple twice typical under up usual usually was well were when where whereas which while with within
    without work works""".split()
)
_WORD_KO, _WORD_EN = re.compile(r"[가-힣]+"), re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def direction(passage: Passage) -> Iterator[Fault]:
    """It rises, falls or stays away only as all of its facts say."""
    cited = [_ways(fact, passage.language) for fact in passage.facts]
    shared = set[str].intersection(*cited) if cited else set[str]()
    if any(cited) and not shared:
        reason = "cites facts that point different ways: give each way a sentence of its own"
        yield Fault(rule="trend-mixed", span=passage.text, reason=reason)
        return
    for way, word in _directions(passage.text, passage.language):
        if way not in shared:
            yield Fault(rule="trend-direction", span=word, reason="the cited facts do not point this way")


def joined(passage: Passage) -> Iterator[Fault]:
    """A sentence that joins facts gives no figures: it could give one the other's."""
    if len(passage.facts) > 1 and (found := _FIGURE.search(passage.text)):
        yield Fault(
            rule="trend-joined", span=found[0], reason="joins several facts: give figures only of a single fact"
        )


def swapped(passage: Passage) -> Iterator[Fault]:
    """What the facts give to today is not given to the days before, nor the other way round."""
    clauses = [clause for fact in passage.facts for clause in _CLAUSE.split(fact)]
    today, before = (
        {_value(f[0]) for clause in clauses if anchor.search(clause) for f in _FIGURE.finditer(clause)}
        for anchor in (_TODAY, _BEFORE)
    )
    for anchor, wrong in ((_TODAY, before - today), (_BEFORE, today - before)):
        for found in re.finditer(f"(?:{anchor.pattern}){_NEXT}", passage.text, re.IGNORECASE):
            if _value(found["figure"]) in wrong:
                yield Fault(rule="trend-swapped", span=found[0], reason="the facts give this figure to other days")


def turned(passage: Passage) -> Iterator[Fault]:
    """What goes from one figure to another goes the way that the sentence says."""
    ways = _ways(passage.text, passage.language) & {"up", "down"}
    for found in _FROM_TO.finditer(passage.text):
        start, end = _value(found["a"] or found["c"]), _value(found["b"] or found["d"])
        if (ways == {"up"} and start > end) or (ways == {"down"} and start < end):
            yield Fault(rule="trend-turned", span=found[0], reason="the figures go the other way")


def wording(passage: Passage) -> Iterator[Fault]:
    """Every word is one of the facts' or one with which any rise or fall is told: no other subject, no cause."""
    strange = list(_strange_ko(passage) if passage.language == "ko" else _strange_en(passage))
    if strange:
        yield Fault(rule="trend-wording", span=" ".join(strange), reason="these words stand in no cited fact")


TREND_RULES: tuple[Rule, ...] = (direction, joined, swapped, turned, wording)


def _directions(text: str, language: str) -> Iterator[tuple[str, str]]:
    for found in (_KOREAN if language == "ko" else _ENGLISH).finditer(text):
        yield str(found.lastgroup), found[0]


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))


def _ways(text: str, language: str) -> set[str]:
    return {way for way, _ in _directions(text, language)}


def _strange_ko(passage: Passage) -> Iterator[str]:
    """Words that neither begin as a word of the facts does, by two syllables, nor are common."""
    held = {word[:2] for fact in passage.facts for word in _WORD_KO.findall(fact)}
    for word in _WORD_KO.findall(passage.text):
        known = word[:2] in held or _COMMON_KO.fullmatch(word) or re.fullmatch(_PARTICLE, word)
        if not known:
            yield word


def _strange_en(passage: Passage) -> Iterator[str]:
    held = {_stem(word) for fact in passage.facts for word in _WORD_EN.findall(fact)}
    for word in _WORD_EN.findall(passage.text):
        if word.lower() not in _COMMON_EN and _stem(word) not in held:
            yield word


def _stem(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")[:6].rstrip("s")
