"""Whether a sentence stands alone, or which sentences before it must be read first."""

import re
from collections.abc import Iterator, Sequence

from .cues import alternatives, cues, openings
from .kinds import OURS, WORK
from .names import introduced, mentioned, names_it
from .roles import makes, problem, studies

Needs = tuple[frozenset[int], ...]
"""Of each group at least one sentence (0-based) has to be told before; where the sentence points at what was said, the
first group is what it points at, and has to be told right before it."""

_FEW_BACK = 3
"""How far back a problem may lie that 'to address this' can still mean."""
_HEAD = 160
"""Characters of a sentence after which what it speaks of has been named."""

# Words that go on with what was said.
_GOES_ON = openings(
    """
    However, Yet, But, And, Or, So, Nor, Moreover, Furthermore, Additionally, In addition, Also, Thus, Therefore
    Hence, Consequently, As a result, As a consequence, As such, Accordingly, Nevertheless, Nonetheless, Still
    Meanwhile, First, Firstly, Additional, Similarly, Likewise, Conversely, By contrast, On the other hand
    On the one hand, On the contrary, Besides, Then, Next, Second, Secondly, Third, Thirdly, Fourth, Fourthly
    Fifth, Lastly, Finally, Last, Subsequently, Afterward, Afterwards, As a solution, As a remedy, As a response
    As a first step, As an alternative, As a case study, Specifically, More specifically, Concretely
    More concretely, In particular, For example, For instance, That is, In other words, Indeed, In fact, Again
    Further, Alternatively, Otherwise, At the same time, Simultaneously, Concurrently, In turn, In doing so
    By doing so, Doing so, To do so, In response, To be specific, More importantly, Most importantly
    Technically, Equally, Another, Others, Other, Even so, Even then, Even worse, Of these, Among them, Together
    Taken together, Collectively, Such, Correspondingly, Ultimately, Each, Either, Neither, All of these
    All three, All four, Unlike these, Unlike them, Once, With the proposed, With our proposed, Combining the
    Combining these, Combining both, Despite its, Despite their, Following that, After that, Beyond that
    With that, Given that insight, The two, The three, The four, The five, The first, The second, The third
    The last, The former, The latter, The other, The same, The resulting, The corresponding, The remaining
    The aforementioned, The above, The reason, The answer, The goal, The idea, The problem, The challenge
    The issue, The difference, The gap, The process, The latter
    """
)
_GOES_ON_UNLESS = re.compile(
    r"^(?:Here(?!,?\s+we\b)|There(?!\s+(?:is|are|has|have|exists?|remains?)\b)|Both(?!.{0,60}\sand\s)"
    r"|To\s+\w+,|(?:Based|Building|Built|Inspired|Motivated|Guided|Driven)\s+(?:up)?(?:on|by)\s+(?:our|the|this"
    r"|these|such|that)\s+"
    r"(?:above\s+)?(?:findings?|insights?|analysis|observations?|results?|discover\w+|ideas?|foundation|intuition)\b"
    r"|For\s+(?:each|every)\s+\w+,|Building\s+(?:up)?on\s+(?:our|the)\s+[a-z\d]|(?:Instead|Rather)(?!\s+(?:of|than)\b)|In\s+contrast(?!\s+to)|[a-z(]|[ivx\d]{1,3}[).])"
)
_RELATED = re.compile(
    r"^(?:One|A|An|The)\s+(?:\w+\s+){0,2}(?:reason|cause|solution|drawback|limitation|challenge|bottleneck|obstacle"
    r"|difficulty|alternative|approach|goal|remedy|question|problem|issue)\s+(?:is|are|was|lies|here|remains|arises|stems|comes"
    r"|involves|would|might|uses|relies|consists|has\sbeen)\b"
    r"|^As\s+(?:an?|the)\s+(?:\w+\s+){0,2}(?:problem|task|challenge|question|solution|alternative|approach)\b"
)
_SEEN = re.compile(
    r"^(?:The|Such)\s+(?:\w+\s+)?(?:patterns?|results?|findings?|observations?|insights?|trends?|gaps?|effects?"
    r"|phenomen\w+|discrepanc\w+)\s+"
    r"(?:suggest|indicat|show|reveal|highlight|demonstrat|impl|underscor|motivat|persist)\w*\b"
)
_WE_GO_ON = re.compile(
    r"^(?:\w+ly,?\s+)?we\s+(?:also|further|then|next|additionally|instead|therefore|thus|hence|finally|furthermore"
    r"|subsequently|now|even|ultimately|eventually|similarly|consequently)\b|^[^,;]{0,60}?\b(?:also|further|then"
    r"|additionally|therefore|thus|instead(?!\s+of)|in\s+turn)\s+\w+",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"^It(?:'s|\s+(?:is|was|remains|has\s+been|becomes))\s+(?:\w+\s+){0,3}?(?:that|to|how|whether|if|why)\b"
)
_PRONOUN_FIRST = re.compile(r"^(?:\w+ly,?\s+)?(?:it|its|they|their|theirs|them|he|she)\b", re.IGNORECASE)
_PRONOUN_AFTER = re.compile(
    r"^(?:Even\s+)?(?:For|In|On|With|with|At|By|Under|Across|During|From|Through|Without|Using|To|Among|Within|Over|Via|After"
    r"|Compared)\b"
    r"[^,;]*,\s+(?:it|its|they|their)\b"
    r"|^(?:By|Through|Without)\s+(?:\w+ly\s+)?\w+ing\b[^;.]{0,200}?(?<!and),\s+(?:it|they)\b"
)
_WE_IT = re.compile(r"^(?:\w+ly,\s+|Here,?\s+)?we\s+\w+(?:\s+\w+){0,2}\s+(?:it|them|its|their)\b", re.IGNORECASE)
_THAN_WHAT = re.compile(r"\ban\s+alternative\b(?!\s+\w+\s+(?:to|for)\b|\s+to\b)")
_BOTH_OF_WHAT = re.compile(
    r"\b(?:of|for|in|on|with|by|to|from)\s+both(?=[,.;]|\s+(?:is|are|was|were|can|may|has|have)\b)"
    r"|\bboth\s+(?:[a-z]+\s+)?[a-z]+s(?=[,.;])"
    r"|\bboth\s+(?:[a-z]+\s+)?(?:[a-z]+(?<!s)s|phenomena)\s+(?:through|by|via|with|using|under|at|is|are)\b(?!.{0,60}\sand\s)"
)
_AGAIN = re.compile(r"\b(?:once\s+(?:more|again)|yet\s+again)(?=[,.;])")
_THE_TWO = re.compile(
    r"^[^,]*\b(?:of|between|across|for|in|on|with|by)\s+(?:the|these|both)\s+(?:two|three|four)\s+\w+"
)
_THEY_OPEN = re.compile(r"^(?:Despite|While|Although|Though|Since|As|When|If|Because|Once)\s+(?:it|they|this|these)\b")
_OF_OURS = re.compile(r"\b(?:both|all|each|either)\s+of\s+(?:our|the|them|these)\b")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|itself|themselves|doing\s+so|do\s+so)\b")
_OPENING = re.compile(
    r"^(?:\w+ly,\s+)?(?:To|By|With|For|In|Despite|Given|From|On|Upon|Beyond|Without|Using|Based|Building|Motivated"
    r"|Inspired|Unlike|Through|While|Although|Though|Since|Because|As|When|If|Under|Due|Following|Driven|Guided"
    r"|Recognizing|Considering|Leveraging|Addressing|After|At|Even)\b[^,]*,"
)
_NO_NOUN = frozenset("we our this these it its they their there both such".split())
_DEMONSTRATIVE = re.compile(r"\b(this|these|those|such)\b(?:\s+([\w-]+))?(?:\s+([\w-]+))?", re.IGNORECASE)
_OWN_PAPER = re.compile(rf"{WORK}\b", re.IGNORECASE)
_WHOSE = re.compile(r"(?:of|that|who|which|from|with|in|on|for|where|by|used|trained|found|reported|\w+ed)\b")
_VERB_NEXT = re.compile(
    r"(?:is|are|was|were|can|could|may|leads?|enables?|allows?|makes?|results?|improves?|limits?|hinders?"
    r"|requires?|often)$"
)
_OUT_OF_REACH = re.compile(
    r"\b(?:aforementioned|abovementioned|above-mentioned|the\s+above|as\s+(?:mentioned|described)\s+above"
    r"|as\s+follows"
    r"|the\s+following)\b|\b\w+s\s+\(?1\)\s+and\s+\(?2\)|^(?:\S+\s+){0,6}the\s+(?:former|latter)\b",
    re.IGNORECASE,
)
_GENERAL = "methods, method, approaches, works, work, techniques, solutions, studies, efforts, systems, algorithms"
_OTHERS = re.compile(
    r"^(?:\w+ly,\s+)?(?:(?:While|Although|Though|Since|As|Because)\s+)?(?:(?:most\s+)?(?:existing|current"
    r"|prior)|previous|recent"
    rf"|traditional|conventional)\s+(?:{alternatives(_GENERAL)}|strategies|models|tools|frameworks|benchmarks|datasets"
    r"|evaluations)\b(?!,?\s+(?:such|of|for|in|on|that|to|like|based|with|using|from)\b)",
    re.IGNORECASE,
)
_OTHERS_IN = re.compile(
    r"^(?:\w+ly,\s+)?Recent\s+\w+\s+(?:has|have)\s+(?:\w+\s+){1,3}?(?:progress|advances|strides|success)\s+in\b"
)
_OWN_THING = re.compile(
    r"^(?:\w+ly,\s+|(?:Although|While|Since|When|As|If|Though|Because)\s+)?(?P<whose>the(?:\s+proposed)?"
    r"|our)\s+(?:(?!of\b)[\w-]+\s+){0,2}?"
    r"(?:models?|method|framework|approach|system|pipeline|architecture|algorithm|technique|dataset|benchmark"
    r"|corpus|agent"
    r"|module|network|policy|strategy|(?:key|core|main|central)\s+\w+|procedure|tool|toolkit|platform|suite"
    r"|collection|code"
    r"|paper|study|objective|loss|design|data|task|evaluation|training|decoder|encoder|environment|library|taxonomy"
    r"|protocol)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_IS_OURS = re.compile(r"(?:our|the\s+proposed)$", re.IGNORECASE)
_TO_ANSWER = re.compile(
    r"^(?:\w+ly,\s+)?(?:To\s+(?:this|that)\s+end|(?:In\s+order\s+to|To|For)\s+(?:\w+\s+)?(?P<verb>\w+)\s+"
    r"(?:the|it|them|both|all|this|these|such|that|those|our|its|their|aforementioned)\b(?P<rest>[^,]*)"
    r"|In\s+response|As\s+a\s+solution"
    r"|In\s+this\s+(?:context|regard))\s*,?\s+(?=we\b|this\b|our\b|[A-Z])"
)
_SOLVES = openings(
    """
    address*, tackle, tackling, overcome, overcoming, bridge, fill, close, solve, resolve, mitigate, alleviate, remedy
    handle, counter, combat, narrow, reduce, avoid, circumvent, remedy, fix, meet
    """
)
_SPECIFIC = re.compile(r"\b(?:of|in|for|between|that|with|from|by|on|to)\b")
_SAID_OF_IT = re.compile(
    r"^\S+\s+(?:the|this|these|such|those)\s+(?:\w+\s+)?(?:challenge|problem|issue|gap|limitation)s?\s+"
    r"(?:of|in|between|with)\s+(?P<what>[^,]+),"
)
"""'To address this challenge of dim light, …': what kind of trouble is meant."""
_THE_TROUBLE = re.compile(
    r"\bthe\s+(?P<what>problem|issue|challenge|gap|limitation|dilemma)s?"
    r"(?=[,.;]|\s+(?:into|as|by|is|are|remains?|and|can|has|with(?:out)?)\b(?!\s+(?:that|to|how)\b))",
    re.IGNORECASE,
)
_TROUBLE = cues(
    """
    limitation, limitations, issue, issues, challenge, challenges, problem, problems, gap, gaps, shortcoming
    shortcomings, drawback, drawbacks, difficulty, difficulties, bottleneck, bottlenecks, obstacle, obstacles
    constraint, constraints, need, dilemma, trade-off
    """
)


def leans(texts: Sequence[str], title: str) -> tuple[Needs | None, ...]:
    """What each sentence needs to be read; None where nothing that could be told with it would help."""
    return tuple(_needs(place, texts, title) for place in range(len(texts)))


def hangs(text: str) -> bool:
    """Whether its words point at a sentence before it: 'However', 'To address this', 'It', 'These models'."""
    if (
        _GOES_ON.match(text)
        or _GOES_ON_UNLESS.match(text)
        or _RELATED.match(text)
        or _SEEN.match(text)
        or _WE_GO_ON.match(text)
    ):
        return True
    if _PRONOUN_FIRST.match(text) and not _EXPLETIVE.match(text):
        return True
    if _PRONOUN_AFTER.match(text) or _WE_IT.match(text) or _OF_OURS.search(text) or _THEY_OPEN.match(text):
        return True
    if _THAN_WHAT.search(text) or _THE_TWO.match(text) or _BOTH_OF_WHAT.search(text) or _AGAIN.search(text):
        return True
    if _OTHERS.match(text) and not OURS.search(text) and not _OTHERS_IN.match(text):
        return True
    if any(
        found["what"].casefold() not in text[: found.start()].casefold()
        for found in _THE_TROUBLE.finditer(text[:_HEAD])
    ):
        return True
    answer = _TO_ANSWER.match(text)
    if answer and not _SPECIFIC.search(answer["rest"] or ""):
        return True
    return _opens_with_pronoun(text) or any(True for _ in _pointing(text))


def answers(text: str) -> bool:
    """Whether all that it points at is the trouble told before: 'To address these limitations, we …'."""
    opening = _TO_ANSWER.match(text)
    rest = text[opening.end() :] if opening else text
    rest = rest[:1].upper() + rest[1:]
    pointed = list(_pointing(rest))
    if re.match(r"\w+\s+\w+\s+(?:these|them|both),", text):
        return False  # several things, which only the sentence before may name
    if opening and opening["verb"] and not _SOLVES.match(opening["verb"]):
        return False
    if not (opening or pointed) or not all(_TROUBLE.search(what) for what in pointed):
        return False
    return not hangs(re.sub(r"\b(?:this|these|such|those)\b", "the", rest) if pointed else rest)


def _needs(place: int, texts: Sequence[str], title: str) -> Needs | None:
    text = texts[place]
    if _OUT_OF_REACH.search(text) and not answers(text):
        return None
    groups: list[frozenset[int]] = []
    if hangs(text):
        meant = _meant(place, texts) if answers(text) else place - 1
        named = any(_TROUBLE.search(what) for what in _pointing(text))
        groups.append(frozenset({meant} if named else {meant, place - 1}))
    elif (own := _OWN_THING.match(text)) and not any(name in own.group() for name in mentioned(title)):
        made = [n for n in range(place) if makes(texts[n])]
        if made or own["whose"].casefold() == "the":
            ours = made if _IS_OURS.match(own["whose"]) else made[-1:]
            groups.append(frozenset(ours or [place - 1]))
    groups += [frozenset({n}) for n in _introducers(place, texts, title)]
    return None if frozenset({-1}) in groups else tuple(groups)


def _meant(place: int, texts: Sequence[str]) -> int:
    """The trouble that 'to address this gap' means: the last one told before, if it is about what is said of it."""
    said = _SAID_OF_IT.search(texts[place])
    of_what = {_stem(word) for word in re.findall(r"[\w-]{4,}", said["what"])} if said else set[str]()
    for n in range(place - 1, max(-1, place - 1 - _FEW_BACK), -1):
        if makes(texts[n]) or studies(texts[n]):
            break
        if problem(texts[n]):
            about = {_stem(word) for word in re.findall(r"[\w-]{4,}", texts[n])}
            return n if not of_what or of_what & about else place - 1
    return place - 1


def _opens_with_pronoun(text: str) -> bool:
    """'At its core, RACER …' names what is meant in a moment; 'To use it, we …' does not."""
    opening = _OPENING.match(text)
    found = _PRONOUN.search(opening.group()) if opening else None
    if not opening or not found:
        return False
    after = text[opening.end() :].split()
    named_before = len(opening.group()[: found.start()].split()) >= 4
    return bool(after) and after[0] in _NO_NOUN and not named_before


def _pointing(text: str) -> Iterator[str]:
    """Demonstratives that point out of the sentence, with the two words after them."""
    for found in _DEMONSTRATIVE.finditer(text):
        word, noun, second = found.group(1).casefold(), found.group(2) or "", found.group(3) or ""
        if (
            (word == "this" and _OWN_PAPER.match(text, found.start()))
            or (word == "such" and noun in ("as", "that"))
            or (word == "those" and _WHOSE.match(text[found.end(1) :].lstrip()))
            or _resolved(text[: found.start()], noun, second)
        ):
            continue
        yield found.group()


def _resolved(before: str, noun: str, second: str) -> bool:
    """Whether what a demonstrative points at stands earlier in the same sentence."""
    earlier = {_stem(word) for word in re.findall(r"[\w-]+", before)}
    if any(_stem(word) in earlier for word in (noun, second) if len(word) > 3):
        return True
    # 'which fails, and this hurts': a bare pronoun may point at the clause before it.
    bare = not noun or bool(_VERB_NEXT.match(noun))
    return bare and len(before.split()) >= 8 and bool(re.search(r"(?:[,;:–—]|\band|\bthat|\bbut)\s*$", before))


def _stem(word: str) -> str:
    return word.casefold().rstrip("s")[:6]


def _introducers(place: int, texts: Sequence[str], title: str) -> Iterator[int]:
    """The sentences that introduce the names used here, unless the title does."""
    known = set(mentioned(title)) | introduced(title)
    for earlier in range(place):
        names = {n for n in introduced(texts[earlier]) if names_it(n, texts[place])} - known
        if any(not any(names_it(name, text) for text in (title, *texts[:earlier])) for name in names):
            yield earlier
