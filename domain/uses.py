"""What each sentence of an abstract is good for."""

import re

from .asides import asides
from .orders import speaks
from .own_names import name_in, unnamed
from .remarks import remarks
from .resources import ADDRESS
from .sentences import Sentence, Use, sentences
from .speech import speech

_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])[\"')\]]*$")
_END = re.compile(r"[.!?。！？][\"')\]}”’»*\s]*$|^\(.*\)$|[가-힣](?:다|음|함|임|됨|요)[\"')\]]*$")
_OPEN_END = re.compile(r"[,;:(\[{/&+=–—-]$")
_LEADS_ON = frozenset(
    """
    a an the of and or but nor to in on at by for with from as into onto over under between among than that which who
    whose when where while if because since although though so such is are was were be been being has have had do does
    did can could may might must shall should will would not no our their its this these those we it they there via
    per both either each every more most less very about through during without within across against toward towards
    including like using based novel new various different several many
    combines leverages uses achieves improves outperforms enables allows provides introduces requires proposes
    integrates employs shows demonstrates reduces presents contains includes incorporates
    """.split()
)
"""Words on which no English sentence ends."""
_WHOLE_WORDS = 8
"""Of a last sentence that lacks nothing but its stop."""
_AT_ADDRESS = re.compile(rf"(?:{ADDRESS.pattern})[.)\]\s]*$", re.IGNORECASE)
# What a sentence is made of that only says where something lies; whatever else it says makes it evidence.
_POINTING = frozenset(
    """
    a acceptance access accessed accessible accompanying additional additionally after algorithm all along also an
    and annotations anonymous anonymously apache are as associated at available be been benchmark both can cc-by
    check checkpoint checkpoints code codebase codes com community complete data dataset datasets demo demos details
    development encourage evaluation everything experiments face facilitate find first following for found framework
    freely from full fully further future github gitlab has have here homepage hosted http https hugging huggingface
    implementation in information is it its licence license link links list made make material materials method mit
    model models more of official on online open openly opensource opensourced or our out page page's pages paper
    permissive please possible pretrained project promote promoting proposed provide provided public publication
    publicly qualitative refer release released releasing repo repository reproduce reproducibility reproducible
    research resource resources results sample samples script scripts see share shared site soon source sourced
    sourcing suite supplementary support supporting the their them these this through to together tool tools trained
    transparency under upon url used via video videos view visit visualizations we web webpage website weights well
    which will with work you your
    """.split()
)
_THING = re.compile(
    r"\b(?:code\w*|data\w*|models?|weights|checkpoints?|implementations?|benchmark|demos?|videos?|pages?|web\w*|sites?|homepage|"
    r"repo\w*|projects?|resources?|materials?|scripts?|tools?|samples?|results|details|information|github|source)\b|코드|데이터|모델|페이지|저장소|구현",
    re.IGNORECASE,
)
_LIES = re.compile(
    r"\b(?:available|releas\w+|open-?\s?sourc\w+|public\w*|accessible|shared?|hosted|provided?|found|soon|here)\b|공개|제공|이용",
    re.IGNORECASE,
)
_KOREAN_POINTING = re.compile(
    r"(?:소스|코드|데이터(?:셋)?|모델|가중치|벤치마크|프로젝트|페이지|홈페이지|웹사이트|저장소|깃허브|데모|영상|구현|자료|결과|다음|아래|링크|주소|여기|추후|곧|모두|"
    r"전체|학습된|본|우리의?|공개|제공|확인|이용|사용|배포|예정|되어|돼|되었|됐|있|하였|했|할|될|수|한다|하고|합니다|습니다|이다|입니다|다|은|는|이|가|을|를|와|과|및|도|"
    r"에서|에|로|으로|의)+"
)


_ENGLISH = frozenset("a an and are as at by can for from in is it of on our that the this to we which with".split())
_OTHERS = frozenset(
    """
    aber als auch auf bei das dem den der des die ein eine für ist mit nicht sich und von werden wird zu
    au aux ce cet cette dans de des doit du en est et il la le les ne pas pour que qui sont sur un une
    como con del el es esta este la las lo los más no para por que se sus una
    che con da dei del della di essere gli il la le nel non per più questo si sono una
    """.split()
)


def split(abstract: object, title: object = "") -> tuple[Sentence, ...]:
    """The abstract as a paper carries it: its sentences, each with its use.

    No evidence is what leaves the subject to rule on readers, other papers or the page, what sounds like speech to
    whoever tells of it, a sentence in another language than all the others of an English abstract, which does not
    report to those who read it, and what has nothing in common with the paper and does not read like a report of it.
    """
    if not isinstance(abstract, str):
        return ()
    said = sentences(abstract)
    strange = [_is_strange(text) for text in said]
    named = title if isinstance(title, str) else ""
    heard = [unnamed(text, name_in(named)) for text in said]
    away = [left or spoken for left, spoken in zip(asides(heard, named), speech(heard, named), strict=True)]
    apart = remarks(said, named, _would_speak)
    lone = strange.count(True) == 1 and len(said) > 1 and all(map(_is_english, (t for t in said if not _is_strange(t))))
    return tuple(
        Sentence(
            text=text,
            use="order" if away[n] or (lone and strange[n]) else _use(heard[n], apart[n], last=n == len(said) - 1),
        )
        for n, text in enumerate(said)
    )


def _would_speak(text: str) -> bool:
    return asides((text,))[0] or speech((text,))[0]


def _is_english(text: str) -> bool:
    return bool(_ENGLISH.intersection(text.casefold().split())) or not re.search(r"[^\x00-\x7f]", text)


def _is_strange(text: str) -> bool:
    """Whether a sentence is written in another script, or in words of another language and none of English."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(1 for c in letters if c > "\u0250") * 2 > len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) >= 4 and len(_OTHERS.intersection(words)) >= 2 and not _ENGLISH.intersection(words) - _OTHERS


def breaks_off(abstract: str) -> bool:
    """Whether an abstract ends in the middle of a sentence."""
    said = sentences(abstract)
    return bool(said) and _use(said[-1], apart=False, last=True) == "fragment"


def _use(text: str, apart: bool, *, last: bool) -> Use:
    if speaks(text):
        return "order"
    if last and _ELLIPSIS.search(text):
        return "fragment"
    if _points(text):
        return "address"
    if last and not (_END.search(text) or _AT_ADDRESS.search(text)) and _is_cut(text):
        return "fragment"
    return "remark" if apart else "evidence"


def _is_cut(text: str) -> bool:
    """Whether a last sentence without a stop lacks words too. Of real abstracts that end so one in twenty-five does."""
    words = text.split()
    last = words[-1].strip("\"')]}”’»*").casefold()
    unclosed = text.count("(") > text.count(")") or text.count("[") > text.count("]")
    return len(words) < _WHOLE_WORDS or last in _LEADS_ON or unclosed or bool(_OPEN_END.search(text))


def _points(text: str) -> bool:
    """Whether a sentence says where something lies, or will, and nothing else."""
    bare, addresses = ADDRESS.subn(" ", text)
    if not addresses and not (_THING.search(bare) and _LIES.search(bare)):
        return False
    words = re.findall(r"[A-Za-z][\w'’-]*|\d[\d.,]*|[가-힣]+", bare)
    other = [word for word in words if not _is_pointing(word)]
    # A name of its own may stand there: «LivePyxel is available at …».
    names = sum(1 for word in other if word[0].isupper() and not word.isdigit())
    return len(other) == names <= (2 if addresses else 0)


def _is_pointing(word: str) -> bool:
    if re.match("[가-힣]", word):
        return _KOREAN_POINTING.fullmatch(word) is not None
    parts = word.casefold().replace("’", "'").removesuffix("'s")
    return parts in _POINTING or all(part in _POINTING for part in re.split("[-']", parts))
