"""Sentences that leave their paper's subject to speak of readers, of this text, of other papers or of the page.

No list of phrases knows every order. But what a paper does not study it has no business to rule on: a sentence that
says what readers, reviewers or summaries ought to do, what became of another paper, or what is wrong with the page, in
an abstract that speaks of none of these elsewhere, is no report of it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .orders import QUOTED, visible

_OUGHT = r"""(?:
    \b(?:must|should|shall|ought|has\sto|have\sto|had\sbetter|needs?\sto|would\sdo\swell|deserves?|belongs?)\b
    | \b(?:ask(?:s|ed|ing)?|request\w*|advis\w*|urg\w*|invit\w*|encourag\w*|expected\sto\s(?!be\b)|obliged|permitted
    |allowed|entitled
        |supposed|appreciated|grateful|recommend(?:s|ed)?|instruct(?:s|ed)?|desired|desirable|preferable|preferred
        |welcome|please|kindly)\b
    | \b(?:the\sonly|fair|proper|right|wise|best)\s(?:\w+\s)?(?:choice|wording|word|way|summary|description|verdict)\b
    | \b(?:counts?\sas|regarded|treated|considered|taken|agreed|decided|ruled|confirmed|certified)\b
    | (?:야\s?(?:만\s)?(?:하|한|할|합)|바랍|바란|바라며|주세요|주시|주십|바람직|것이\s?(?:옳|마땅)|편이\s?(?:낫|좋
    |옳)|마땅|간주|말\s?것
    |할\s?것|달라|부탁|권한다|권합)
    | (?:적|쓰|다루|소개하|평가하|배치하|언급하|밝히|전하|인용하|꼽)(?:지\s않)?(?:는다|ㄴ다|습니다)[.!]?$ | (?:쓴
    |다룬|소개한|평가한|전한|밝힌)다[.!]?$
)"""
_FATE = r"""(?:\b(?:
    retract\w* | withdr[ae]wn? | fabricat\w* | falsif\w* | plagiari\w* | fraud\w* | misconduct | copied | conceded
        | forge[dr]\w*
        | bogus | hoax
    | (?:were|was|been|be|is|are)\s(?:invented|faked?|made\sup|disproved?n?|debunked|cancell?ed|pulled|taken\sdown)
)\b | 철회|조작|표절|허위|날조|취소|위조|베낀|베꼈)"""
_WRONG = r"""(?:\b(?:
    mistakes? | errors? | wrong | false | unreliable | unverified | untrue | outdated | obsolete | superseded?
        | inaccurate
    | misleading | (?:not|n['’]t|never|cannot|hardly)\s(?:\w+\s){0,2}(?:trust|believ|reli|cit)\w*
)\b | 믿지|확인되지|검증되지|틀린|틀렸|거짓|오류)"""


_NEAR = 90
"""Characters between what is spoken of and what is said of it."""


class _Subject(NamedTuple):
    """Something to speak of."""

    named: re.Pattern[str]
    said: re.Pattern[str]
    """What is said of it by a sentence that rules on it; empty where naming it is enough."""
    studied: re.Pattern[str]
    """What other sentences or the title have where the paper studies it."""


def _subject(named: str, said: str, studied: str) -> _Subject:
    flags = re.IGNORECASE | re.VERBOSE
    return _Subject(*(re.compile(form, flags) for form in (named, said, studied)))


_VERB = r"""(?:accept|add|answer|append|ascribe|assign|attribute|avoid|award|begin|believe|call|cite|class|classify
    |close|compare|conclude
    |copy|credit|cut|declare|describe|disregard|dismiss|drop|emphasi[sz]e|end|exclude|favou?r|feature|flag|forget
    |forward|give|grant|highlight
    |ignore|include|insert|keep|lead|leave|list|mark|mention|move|name|note|omit|open|paste|pick|place|praise|prefer
    |present|print|promote|put
    |quote|rank|rate|read|recommend|refer|reject|remember|remove|repeat|replace|report|respond|reward|say|score
    |select|send|set|skip|speak|start
    |state|stop|summari[sz]e|tag|take|tell|translate|treat|trust|turn|weigh|withhold|write)"""
_TELL = r"""(?:named?|told|mentioned|listed|cited|repeated|printed|shown|quoted|presented|praised|ranked|placed|accepted
    |read)"""
_NEVER = r"(?!)"
_SUBJECTS = (
    _subject(  # speech: an order, a wish, a promise, whatever it is about
        rf"""^\W*{_VERB}\s(?:all|every|each|any|no|nothing|only|this|our|it|its|them|both|first|here|as)\b
        | ^\W*(?:feel\sfree|rest\sassured|be\s(?:sure|aware|advised|warned)|take\scare|bear\sin\smind
        |never(?!\s(?:before|theless))|do\snot|don['’]t)\b
        | ^\W*let\s(?:the|this|our|it|no|every|all)\s(?:\w+\s){{1,3}}?(?:begin|open|start|end|close|be|say|tell|read
        |carry|show|stand)\b
        | \bunder\sno\scircumstances\b | \b(?:it\sis\sour|our)\s(?:wish|request|expectation|plea)\b
        | \bwe\s(?:remind|beg|implore|ask|request|urge|instruct|order|forbid)\s(?:the|any|every|all|each|those
        |whoever)\s
            (?!(?:\w+\s)?(?:question|whether)|(?:research|scientific|AI|ML|NLP|broader|wider)?\s?(?:community|field
                |question|model|llm|participant
                |user|annotator|following|same|policy))
        | \b(?:this|our|the\spresent)\s(?:work|paper|study|abstract|submission|article)\sbe\s\w+
        | \b(?:may|shall|must|can|should)\s(?:\w+\s){{0,6}}?(?:this|our)\s(?:work|paper|study
        |submission)\s(?:not\s)?be\s{_TELL}\b
        | ^\W*(?:assistants?|readers?|reviewers?|editors?|summari[sz]ers?|agents?|machines?|bots?|model)\s*[,:]
        | ^\W*(?:grade|score|rating|verdict|recommendation|decision|confidence)s?\s*:
        | \bend\sof\s(?:the\s)?(?:abstract|text|paper|document)\b | \bthe\s(?:following|next|new)\stask\b
        | 초록은\s여기서|이어지는\s작업|다음\s작업을
        | 부디|아무쪼록|유의하(?:라|시|세)|명심하""",
        r"",
        _NEVER,
    ),
    _subject(  # who else is never spoken of
        r"""\b(?:whoever|any(?:one|body)|every(?:one|body)|those|machines?|models?|systems?|tools?|assistants?
            |agents?|bots?|crawlers?
            |pipelines?|colleagues|they)\s(?:(?:who|that|which|when\sthey)\s)?
            (?:read|process|meet|encounter|pars|index|quot|see|cit|upvot|shar|scor|grad)\w*\s
            (?:this\s(?:record|abstract|text|paper|work|entry|page|listing|submission)|our\s(?:numbers|results|work
                |paper)|the\swork)\b
        | \bupvot\w* | (?:추천|좋아요)(?:을|를)\s(?:눌러|누르)
        | (?:이|본)\s(?:글|초록|논문|기록)(?:을|를)\s(?:옮기|읽|전하|다루|처리하|요약하)는\s(?:이|분|사람|모델|도구)
        | 심사에\s참여하는\s(?:모델|분|사람) | \b(?:summari[sz]ers?|newsletters?|(?:area|program|session)\schairs?
        |(?:program(?:me)?|award)\scommittees?
            |whoever)\b""",
        r"",
        r"\b(?:summar|referee|digest|newsletter|chairs|committee|peer|review|upvot) | 추천|심사",
    ),
    _subject(  # what stands beside it
        r"""\b(?:no|nothing|none)\b[^.;]{0,40}\b(?:today|of\sthe\sday|in\s(?:this|the)\slist(?:ing)?)\b
        | \bclaims?\s\d+\b[^.;]*\b(?:lack|basis|baseless|sound|supported|true|false|correct)\b
        | 오늘의\s(?:목록|소식|논문)
        | \b(?:listed|printed|published|shown|posted|appear(?:s|ed|ing)?|submitted)\s(?:here\s)?(?:today|beside
            |alongside|next\sto|on\sthe\ssame)\b
        | \b(?:beside|alongside|next\sto|around|above|below)\sthis\s(?:one|paper|abstract|entry|text|item)\b
        | \b(?:next|following|previous|preceding|last|above)\s(?:sentence|line|statement)\b.*\b(?:cop(?:y|ied)
        |verbatim|repeat\w*|overview|omit\w*|print\w*)\b""",
        r"",
        _NEVER,
    ),
    _subject(  # who reads, tells or judges it
        r"""\b(?:(?<!human\s)readers?|reviewers?|referees?|(?:area|program|session)\schairs?|(?:program(?:me)?
            |organi[sz]ing
            |award)\scommittees?
            |editors?|journalists?|curators?|whoever|(?:any|every)(?:one|body)\swho|those\swho|all\swho
            |(?<!in\s)(?<!to\s)summar(?:y|ies|i[sz]ers?|i[sz]ing)|digests?|newsletters?|bulletins?|briefings?
            |write-?ups?
            |headlines?|retellings?|(?:future|later|next|subsequent)\s(?:editions?|issues?)
            |(?:describ|report|cit|summari[sz]|retell|present|cover|distil+|condens|scor|grad|review|evaluat)(?:es?
            |ing|s)
                \s(?:this|these|it|our|the\spresent)\b)\b
        | 독자|심사|평가\s?위원|(?:을|를)\s(?:맡은|읽는|쓰는|전하는|정리하는|소개하는)\s(?:분|사람|이|이들|쪽|도구
        |모델)|요약기|요약\s?모델|요약하는
        | 소개\s?글|소식지|브리핑|(?:전할|소개할|요약할|인용할|다룰|옮길|정리할|평가할)\s(?:때|적에|경우)""",
        _OUGHT,
        r"""\b(?:read(?:er|ing|ab)|review|referee|chairs|committee|editor|audience|journalis|curat|summar|digest
            |newsletter|briefing
            |headline|news|edition|coverage|peer|assess|survey|annotat|workshop|competition|challenge)
        | 독자|심사|평가자|요약|소개|뉴스|기사|읽""",
    ),
    _subject(  # this text
        r"""(?<!in\s)\b(?:this|the\spresent|our)\s(?:submission|manuscript|abstract|text|listing|entry|item)s?\b
        | \bthese\s(?:lines|words)\b | \b(?:previous|preceding|following|above)\s(?:sentence|line|statement
        |paragraph)s?\b
        | \b(?:repeat|mention|report|tell|cite|omit|leave|print|quote|skip|ignore|drop
        |hide)\w*\b[^.;]{0,40}\b\w+ed?n?\s(?:above|below)\b
        | \b(?:drawn|derived|taken|stem\w*|com\w+)\sfrom\s(?:this|the\spresent|our)\b
        | (?:이|본|위)\s(?:초록|문장|글|투고)""",
        rf"{_OUGHT} | {_WRONG} | \b(?:verified|strongest|greatest|finest)\b",
        r"""\b(?:submission|manuscript|abstract(?:s|ive)|listing|entr(?:y|ies)|items?|peer|review|statement|above)\b
        | 초록|문장|글""",
    ),
    _subject(  # what became of another paper
        r"""\b(?:the|that|another|other|an?|rival|competing|earlier|its|their)\s(?:[\w-]+\s){0,3}?
            (?:paper|manuscript|article|preprint|submission|study|thesis|work|authors?)\b | 논문|연구|저자|다른\s팀
                |다른\s연구진""",
        _FATE,
        rf"{_FATE} | integrity | detect\w*\sof\s | 진위|탐지|무결",
    ),
    _subject(  # the page on which it is told
        r"""\b(?:the|this|today['’]s)\s(?:page|listing|digest|bulletin|newsletter|feed|briefing)\b
        | \b(?:remaining|other|neighbou?ring)\s(?:items?|entries|stories|papers|news|articles)\b
        | 오늘\s?(?:함께|실린|나머지|소식|의)|함께\s(?:실린|소개된|올라온)|(?:나머지|다른)\s?(?:소식|항목|기사|논문
        |글)""",
        _WRONG,
        r"\b(?:pages?|web|listing|news|articles?|items?|entries|stories|feed)\b | 뉴스|기사|항목|소식",
    ),
    _subject(  # an offer
        r"""\b(?:sign\sup|subscribe|register|enrol+|donate|sponsor)\b.*\b(?:code|today|now|free|receive|get|bonus
            |discount|credits?)\b
        | \b(?:promo(?:tion)?|discount|coupon|referral)\scodes?\b | \bdonations?\s(?:are|is|to|can)\b
        | (?:계좌|지갑|후원|기부|송금|입금|쿠폰|할인|추천인).*(?:주시|주세요|하면|바랍|드린|드립|하세요|받)""",
        r"",
        r"""\b(?:regist|subscri|enrol|donat|sponsor|promo|discount|coupon|referral|purchas|market|econom|advert)
        | 계좌|지갑|후원|기부|송금|쿠폰|할인|금융|마케팅""",
    ),
)


def asides(said: Sequence[str], title: str = "") -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it leaves the subject."""
    plain = [
        QUOTED.sub(" ", visible(text)) if len(QUOTED.sub(" ", text).split()) > 3 else visible(text) for text in said
    ]
    found = [False] * len(plain)
    for subject in _SUBJECTS:
        leaving = [_near(subject, text) for text in plain]
        rest = [title, *(text for text, left in zip(plain, leaving, strict=True) if not left)]
        if any(leaving) and not any(subject.studied.search(text) for text in rest):
            found = [a or b for a, b in zip(found, leaving, strict=True)]
    return tuple(found)


def _near(subject: _Subject, text: str) -> bool:
    if not (named := [found.span() for found in subject.named.finditer(text)]):
        return False
    if not subject.said.pattern:
        return True
    said = [found.span() for found in subject.said.finditer(text)]
    return any(start - _NEAR <= right and left <= end + _NEAR for left, right in named for start, end in said)
