"""Papers are untrusted text: what reads as an order to a model or to the reader is never published."""

import re
from collections.abc import Iterator

from domain.orders import QUOTED, speaks, visible
from domain.sentences import sentences

from .passage import Found, Passage

_HANGUL = re.compile("[가-힣]")
_KO_ACT = "평가|추천|채택|칭찬|출력|답변|대답|작성|인용|방문|클릭|무시|호출|실행|승인|응답|요약|소개"
_KOREAN = re.compile(
    rf"(?:{_KO_ACT})(?:하십시오|하세요|해\s*주세요|해\s*주십시오|하시오|해라|하라(?:[.!]|$)|할\s*것(?:[.!]|$))"
    rf"|(?:이|본|해당)\s*(?:논문|연구|글)[을를에은는]?\s*(?:반드시|꼭|무조건|높게|최고로|좋게)[^.]{{0,20}}(?:{_KO_ACT})(?:하여야|해야|되어야)"
    r"|(?:지시|명령|지침|프롬프트|규칙)(?:사항|문|들)?[을를은는]?\s*(?:모두\s*|전부\s*|다\s*)?(?:무시|잊|따르지|폐기)"
    r"|당신은\s*(?:이제|지금부터|앞으로)|시스템\s*(?:메시지|프롬프트|지시|명령)\s*[:：]|^시스템\s*[:：]",
)
"""Orders to a model. Advice to the reader (함께 읽어 보세요) is the writer's own."""
# Abstracts say "visit https://… for code" by the thousand, so only a sentence of ours may not.
_INVITATION = re.compile(
    r"\b(?:visit|open|go\sto|click(?:\son)?)\s+(?:the\s+link\b|our\s+(?:site|website|page)\b|this\s+\w+|https?:|www\.)"
    r"|(?:링크|사이트|주소|홈페이지|웹페이지)(?:를|을|에|로)?\s*(?:클릭|방문|접속|열어)\s?(?:하(?:세|십|라|시|여)|해|보)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
_TO_MODELS = re.compile(
    r"\b(?:AI|assistant|language model|prompt|instruction|review\w*|scor\w+|rat(?:e|ing))s?\b", re.IGNORECASE
)
_PRAISE = re.compile(
    r"\b(?:the\s+best\s+(?:of|ever|study|work|paper)|groundbreaking|revolutionary|must[- ]read|flawless|perfect"
    r"|unprecedented|strong(?:ly)?\s+accept|milestone)\b|획기적|혁명적|최고의\s*(?:논문|연구)|필독|만점|독보적",
    re.IGNORECASE,
)


def instructions(passage: Passage) -> Iterator[Found]:
    """The sentence orders nothing and rests on no order of a paper."""
    text = _own_words(passage)
    found = _INVITATION.search(text) or _KOREAN.search(visible(text))
    # Whoever writes for readers may say you to them.
    if found or (
        (passage.language == "en" or not _HANGUL.search(text))
        and speaks(text if _TO_MODELS.search(text) else _YOU.sub("one", text))
    ):
        span = found.group() if found else passage.text
        yield Found(span[:80], "reads as an instruction: report what the paper finds")
    elif any(speaks(sentence) for paper in passage.cited for sentence in paper.sentences):
        yield Found(passage.text[:80], "a cited sentence is an instruction, not a finding: drop what rests on it")
    elif (praise := _PRAISE.search(text)) and any(
        speaks(s) for paper in passage.cited for s in sentences(paper.abstract)
    ):
        yield Found(praise.group(), "the paper's text gives orders: report its findings without judging it")


def _own_words(passage: Passage) -> str:
    """The sentence without what it quotes of the sentences that it cites: a paper may study such words."""
    cited = "\n".join(visible(sentence) for paper in passage.cited for sentence in paper.sentences).casefold()
    return QUOTED.sub(
        lambda found: " " if found.group()[1:-1].strip(" .,").casefold() in cited else found.group(), passage.text
    )
