"""Papers are untrusted text: what reads as an order to a model or to the reader is never published."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .passage import Fault, Passage

_PREVIOUS = (
    r"(?:(?:all|any|the|your|these|of)\s+)*"
    r"(?:previous|prior|above|earlier|preceding|foregoing|existing|original|system|safety)"
)
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|directives?|commands?|rules?|guidelines?|context|messages?|polic(?:y|ies))"
)
_PATTERNS = (
    rf"\b(?:ignore|disregard|forget|override|bypass|overrule|skip)\s+{_PREVIOUS}\s+(?:\w+\s+){{0,2}}{_ORDERS}",
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:your|the\s+above|everything\s+above|what\s+you\s+were\s+told|the\s+rules)\b",
    r"\bnew\s+(?:system\s+)?instructions?\s*:",
    r"\b(?:you\s+are\s+now|from\s+now\s+on\s+you|you\s+will\s+now\s+act)\b|\bact\s+as\s+(?:an?\s+)?(?:unrestricted|system|root|dan)\b",
    r"\b(?:you|reviewers?|the\s+(?:model|assistant|summari[sz]er|llm|ai))\s+(?:must|should|shall|has\s+to|have\s+to|are\s+(?:required|instructed|asked)\s+to)\s+"
    r"(?:always\s+|now\s+|only\s+)?(?:rate|accept|praise|recommend|output|print|reply|respond|answer|say|write|state|claim|give|visit|click|rank|classify|report|cite|include|mention|call|reveal)\b",
    r"\b(?:give|write|provide|output|assign|produce)\s+(?:only\s+)?(?:an?|(?:this|the)\s+paper(?:\s+an?)?)?\s*(?:very\s+)?(?:positive|favou?rable|glowing|perfect|highest|maximum|strong)\s+(?:review|score|rating|evaluation|accept(?:ance)?)\b",
    r"\b(?:accept|rate|recommend|praise|rank|promote)\s+this\s+(?:paper|work|submission|manuscript)\b|\b(?:accept|rate|rank)\s+(?:it|us)\s+(?:as\s+)?(?:10|first|highest|number\s+one)\b",
    r"\bdo\s+not\s+(?:highlight|mention|reveal|report|criticize|tell|include)\s+(?:any\s+)?(?:negatives?|weakness\w*|limitations?|this\s+(?:instruction|message|prompt|text)|the\s+user|these\s+instructions)\b",
    r"(?:^|[\n.!?\"'>\]}*#]\s*)(?:system|assistant|developer)\s*(?:prompt|message|override|note)?\s*:\s*\S|\b(?-i:SYSTEM|ASSISTANT|DEVELOPER)\b[^:]{0,12}:",
    r"<\|?(?:im_start|im_end|system|endoftext|assistant|user|eot_id|start_header_id)\|?>|\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>|###\s*(?:instruction|system|response|human)\b",
    r"</?(?:papers?|abstract|context|document|untrusted|input|data|system|instructions?|user|assistant|tool_call|function_calls?|invoke)\b[^>]*>",
    r"\b(?:go\s+to|navigate\s+to|open|fetch|click(?:\s+on)?|browse\s+to|download\s+from|send\s+(?:\w+\s+){1,4}to)\s+(?:the\s+link\b|this\s+link\b|this\s+(?:url|site|website|page)\b|https?:|www\.)",
    r"\b(?:call|invoke|execute|run|use)\s+(?:the\s+)?(?:tool|function|command|plugin|shell)\s*[:(`\"']|\b(?:rm\s+-rf|curl\s+-|wget\s+http|eval\(|exec\(|os\.system|subprocess\.)",
    r"\{\s*\"(?:tool|function|name|action|role|tool_calls?)\"\s*:",
    r"\"(?:headline|themes|findings|cites|supported|rejected|replacements|statements|verdicts?)\"\s*:",
    r"\{%\s|\{\{\s[^{}]*\s\}\}|={4,}\s?[0-9a-f]{8,}\s?={4,}|={10,}|(?:^|[.!?]\s+)P\d{1,2}\.\d{1,2}\s+[A-Z]",
    r"\bdecode\s+(?:(?:this|it|the\s+following)\s+)?and\s+(?:follow|obey|execute)\b\s*:",
    r"\b(?:reveal|print|repeat|output|leak|show)\s+(?:me\s+)?(?:your|the)\s+(?:system\s+prompt|hidden\s+prompt|initial\s+instructions?|api\s+keys?|secrets?|instructions\s+above)",
    r"\b(?:note|attention|message|instructions?|reminder)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|llms?|language\s+models?|(?:ai\s+)?reviewers?|assistants?|summari[sz]ers?|model)\b\s*:",
    r"\bif\s+you\s+are\s+(?:an?\s+)?(?:ai|llm|language\s+model|assistant|automated)\b",
    r"\b(?:in|for)\s+(?:your|the)\s+(?:summary|report|answer|response|output|review)\b[,]?\s+(?:please\s+|always\s+|you\s+)?(?:write|say|state|include|add|mention|claim|cite)\b",
    r"\bplease\s+(?:ignore|rate|accept|praise|recommend|cite\s+this|include\s+(?:this|the\s+following)|add\s+(?:this|the\s+following)|output|respond|reply|say|write)\b",
    r"(?:이전|위의?|앞선|앞의|기존|모든|상기|지금까지의)\s*(?:모든\s*|의\s*)?(?:지시|지침|명령|프롬프트|규칙|안내|설정)(?:사항|문|들)?(?:을|를|은|는)?\s*(?:모두\s*|전부\s*|다\s*)?(?:무시|잊|따르지|폐기|취소)",
    r"(?:지시|명령|지침|프롬프트)(?:사항|문)?(?:을|를)\s*(?:무시하(?:고|라|세요|십시오|시오)|잊(?:고|어라|으세요|으라))",
    r"(?:이|본|해당)\s*(?:논문|연구|글)(?:을|를|에|은|는)?\s*(?:반드시|꼭|무조건|높게|긍정적으로|최고로|좋게|매우)[^.]{0,20}(?:평가하(?:라|세요|십시오|시오)|추천하(?:라|세요|십시오)|채택하(?:라|세요|십시오|여야|해야)|승인하(?:라|세요|십시오)|(?:평가|추천|채택|칭찬|승인)해\s*(?:주|야))",
    r"(?:평가|추천|채택|칭찬|출력|답변|대답|작성|인용|방문|클릭|무시|호출|실행|승인|응답|요약)(?:하십시오|하세요|해\s*주세요|해\s*주십시오|하시오|해라|하라(?:[.!]|$)|할\s*것(?:[.!]|$))",
    r"(?:당신은|너는|넌)\s*(?:이제|지금부터|앞으로)|(?:^|[.!?]\s)시스템\s*[:：]|시스템\s*(?:메시지|프롬프트|지시|명령)\s*[:：]|(?:여러분|독자)(?:은|는|께서는)?\s*(?:반드시|꼭)\s",
    r"(?:링크|사이트|주소|홈페이지|웹페이지)(?:를|을|에|로)?\s*(?:클릭|방문|접속|열어)(?:하(?:세요|십시오|라|시오|여|기)|해\s*(?:주|보)|보세요|야)",
)
_INSTRUCTION = re.compile("|".join(f"(?:{p})" for p in _PATTERNS), re.IGNORECASE)
# Abstracts say "visit https://… for code" by the thousand, so only a sentence of ours may not.
_INVITATION = re.compile(
    r"\bvisit\s+(?:the\s+link\b|our\s+(?:site|website|page)\b|this\s+\w+|https?:|www\.)", re.IGNORECASE
)
_PRAISE = re.compile(
    r"\b(?:the\s+best\s+(?:of|ever|study|work)\b"
    r"|groundbreaking|revolutionary|best\s+paper|must[- ]read|flawless|outstanding|greatest|perfect\s+score|"
    r"unprecedented|strong(?:ly)?\s+accept|game[- ]chang\w+|world[- ]class|exceptional(?:ly)?)\b"
    r"|획기적|혁명적|역대\s*최고|최고의\s*(?:논문|연구)|반드시\s*읽|필독|만점|흠잡을\s*데|완벽한|탁월한|전례\s*없는|독보적",
    re.IGNORECASE,
)
_LATIN = str.maketrans("АВЕКМНОРСТХІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXIJSaeopcyxijsdhABEZHIKMNOPTYXo")
"""Cyrillic and Greek letters that look like Latin ones."""
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")


def suspicious(text: str) -> bool:
    """Whether a title or abstract contains what reads as an instruction to a model or a reader.

    It also sees through zero-width characters, letters of other alphabets and l e t t e r s set apart. A paper that
    studies such attacks and quotes one is flagged as well.
    """
    return find_instruction(text) is not None


@lru_cache(maxsize=4096)
def find_instruction(text: str) -> str | None:
    """The words that read as an instruction; None where there are none."""
    plain = _visible(text)
    for version in (plain, _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain)):
        if found := _INSTRUCTION.search(version):
            return found.group().strip()
    return None


def instructions(passage: Passage) -> Iterator[Fault]:
    """The sentence orders nothing, repeats no order of a paper, and does not praise a paper that asks for praise."""
    invitation = _INVITATION.search(passage.text)
    if found := find_instruction(passage.text) or (invitation and invitation.group()):
        yield Fault(rule="instruction", span=found[:80], reason="reads as an instruction: report what the paper finds")
        return
    for sentence in (s for paper in passage.cited for s in paper.sentences):
        if suspicious(sentence):
            yield Fault(
                rule="instruction",
                span=passage.text[:80],
                reason="a cited sentence is an instruction, not a finding: rest the claim on another one or drop it",
            )
            return
    praise = _PRAISE.search(passage.text)
    if praise and any(suspicious(f"{paper.title}\n{paper.abstract}") for paper in passage.cited):
        yield Fault(
            rule="instruction",
            span=praise.group(),
            reason="the paper's text tries to order praise: report its findings without judging it",
        )


def _visible(text: str) -> str:
    kept = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in {"Cf", "Cn", "Co", "Mn"}
    )
    return re.sub(r"[^\S\n]+", " ", kept.translate(_LATIN))
