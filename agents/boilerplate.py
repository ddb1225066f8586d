"""What stands in a report and asserts nothing of a paper: links, dates, votes, labels, legends, greetings, sources."""

import re
from typing import Literal

Idle = Literal["source", "link", "date", "count", "legend", "greeting", "label", "title", "code"]
"""Why a piece of text is no line. ``title``: the title or name of a paper, which the list of papers gives."""

_SOURCES = re.compile(
    r"^\W*(?:출처|참고\s*문헌|근거|원문|sources?|references?|bibliography|evidence|further reading)\W*(?:\(.*\)\W*)?$"
    r"|만든 방법|함께 나온 논문|더 나온 논문|다시 온 논문|how (?:this|it) was made",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = r"(?:[월화수목금토일]요일|(?:mon|tues?|wednes|thurs?|fri|satur|sun)day)"
_DATE = re.compile(
    rf"(?:(?:19|20)\d\d\s?(?:년|[-./])\s?\d\d?\s?(?:월|[-./])\s?\d\d?\s?일?|{_MONTH}\.?\s\d\d?(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?"
    rf"|\d\d?\s{_MONTH}\.?(?:,?\s(?:19|20)\d\d)?|{_WEEKDAY})",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"(?:새\s*)?(?:논문|총|papers?|new|today|오늘)?\W*\d+\s?(?:편|건|개|papers?|new papers?)(?:의 논문)?|읽는 데 \d+분"
    r"|\d+[ -]min(?:ute)?s?(?: read)?",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"(?:추천(?:\s*수)?|투표|좋아요|(?:up)?votes?|likes?|points?|score)?\W*\d[\d,]*\W*(?:추천|표|개|(?:up)?votes?|likes?|points?)?",
    re.IGNORECASE,
)
_LINK_WORDS = re.compile(
    r"(?:논문|링크|코드|초록|원문|근거|데이터(?:셋)?|가중치|모델|데모|프로젝트(?:\s*페이지)?|바로\s*가기|보기|공개|예정"
    r"|paper|links?|code|abs(?:tract)?|pdf|arxiv|hugging\s?face|hf|github|data(?:set)?|weights|models?|demo|project(?:\s+page)?"
    r"|read|more|here|source|sources|and|or|the)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\barxiv:\s?\S+|\b\d{4}\.\d{4,5}(?:v\d+)?\b", re.IGNORECASE)
_LEGEND = re.compile(
    r"초록(?:만|을) [^.]*(?:정리|작성|썼|쓰고|바탕)|^\W*초록에 (?:수치|결과)[가는]? ?없\S*\W*$|초록의 영어 문장"
    r"|(?:표시|👍|⭐|💡)\S*(?:은|는) .*(?:입니다|뜻|생각)|추천 수(?:입니다|이며)|저자들(?:의|이) 보고\S*입니다"
    r"|모델을 연결하면|자동으로 만들었"
    r"|\babstracts? (?:only|alone)\b|based (?:only )?on (?:the |their )?abstracts|(?:sentence|line) checked"
    r"|(?:digest|page|report|summary) (?:was|is) (?:written|made|generated)"
    r"|(?:numbers|figures) are (?:as )?(?:reported|the authors)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"좋은 (?:아침|하루|저녁|밤|주말|한 주|\S요일)|보내세요|안녕하세요|읽어 주셔서|내일 (?:또 )?(?:뵙|만나)"
    r"|즐거운 \S+ (?:되|보내)|\bgood (?:morning|evening|day)|happy (?:reading|\w+day)|see you|that'?s (?:it|all) for"
    r"|thanks? for reading|have a (?:great|good|nice)",
    re.IGNORECASE,
)
_GREETING_WORDS = 9
"""A sentence that goes on longer has more to say than a greeting."""
_NUMBERED = re.compile(r"^\W*(?:\d+[.)]|[①-⑳]|[가-하][.)]|[ivx]+[.)])?\W*", re.IGNORECASE)
_PREDICATE = re.compile(r"(?:다|까|요|라|자|음|함|됨|임)[.?!…\"'”’]*$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|can|cannot|can't|may|does|doesn't|do|don't|did|beats?|wins?|outperforms?|match(?:es)?"
    r"|reach(?:es)?|improves?|cuts?|helps?|shows?|makes?|learns?|needs?|fails?|gets?|lets?|keeps?|solves?|leads?|loses?|drops?"
    r"|rises?|doubles?|halves|falls?|grows?|brings?|turns?|runs?|works?|stays?|gives?|takes?|comes?|goes|knows?)\b"
)
_FIGURE = re.compile(
    r"(?<![\w.-])\d[\d,.]*\s?(?:%|배|점|[만억조천]|×|x\b|[KMBT]\b|times|percent|points?|명|건|편|개|시간|hours?)"
)


def heads_sources(text: str) -> bool:
    """Whether what stands under such a heading or label lists papers or evidence, and tells nothing of its own."""
    return bool(_SOURCES.search(" ".join(text.split())))


def explains_words(text: str) -> bool:
    """Whether a paragraph explains words of the field, and says nothing of a paper."""
    return bool(
        re.match(r"\W*(?:오늘의 용어|용어(?: 설명)?\s*[:：]|terms of the day|glossary)(?!\w)", text, re.IGNORECASE)
    )


def idle(text: str, linked: str = "") -> Idle | None:
    """Why a piece of text asserts nothing; None for one that does. ``linked``: the texts of the links in it."""
    bare = " ".join(text.split())
    if not re.search(r"\w", bare):
        return "label"
    if not re.search(r"\w", _DATE.sub("", _TALLY.sub("", bare))):
        return "date"
    if _VOTES.fullmatch(bare.strip(" ·|()*[]👍⭐🔥🤗▲△⬆️")):
        return "count"
    rest = bare
    for part in filter(None, linked.split("\n")):
        rest = rest.replace(part, " ", 1)
    rest = _ADDRESS.sub(" ", rest)
    if rest != bare and not re.search(r"\w", _LINK_WORDS.sub("", _VOTES.sub("", rest))):
        return "link"
    if _LEGEND.search(bare):
        return "legend"
    if _GREETING.search(bare) and len(bare.split()) <= _GREETING_WORDS:
        return "greeting"
    return None


def tells(text: str) -> bool:
    """Whether a heading or a label says something, and does not only name what stands under it."""
    bare = _NUMBERED.sub("", text).strip(" *")
    if bare.endswith((":", "：")) or (bare.endswith("?") and len(bare.split()) < 5):
        return False
    if re.search("[가-힣]", bare):
        return len(bare.split()) > 1 and bool(_PREDICATE.search(bare) or _FIGURE.search(bare))
    return len(bare.split()) > 3 and bool(_VERB.search(bare) or _FIGURE.search(bare))
