"""Sentences that say more than the cited words, or their opposite, where that can be seen without a model.

Each pair is narrow on purpose: entailment is the model's work, these are the certain cases.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .passage import Fault, Passage


class _Claimed(NamedTuple):
    """Words of the sentence that need words of the evidence, and words of the evidence that speak against them."""

    says: str
    needs: str
    against: str
    reason: str


_KO = (
    _Claimed(
        says=r"완벽(?:하게|히|한|하다|에\s*가)",
        needs=r"perfect|flawless|\bcomplete|\bfully\b|\bexact|\b100\b|lossless|error.free|saturat",
        against="",
        reason="the evidence claims no perfection",
    ),
    _Claimed(
        says=r"(?:증명|입증)(?:했|하였|한다|됐|되었|된|해|하며|하여|되어)",
        needs=r"prov(?:e|es|ed|en|ing|ably)\b|proof|demonstrat|show|confirm|establish|verif|validat|theor|evidence|guarantee",
        against=r"\bsuggest|\bmay\b|\bmight\b|promising|potential|\bcould\b|hypothes|unknown|unclear|conjecture|speculat",
        reason="the evidence only suggests it: keep its hedge",
    ),
    _Claimed(
        says=r"(?<!거의 )(?:모든|모두|전부|일체)",
        needs=r"\ball\b|every|\beach\b|any\b|both|entire|whole|across|consistent|always|universal|various|wide|\bno\b|none|"
        r"full|overall|throughout|without exception|regardless|general|\bwh\w{2,4}ever\b",
        against=r"numerous|\bmany\b|\bmost\b|\bseveral\b|\bsome\b|majority|a number of",
        reason="the evidence does not say all",
    ),
    _Claimed(
        says=r"전혀\s",
        needs=r"\bcannot\b|\bno\b|\bnot\b|n't|\bfail|unable|never|without|\bnone\b|zero|neither|\black|absent|"
        r"incapable|impossible|nothing",
        against="",
        reason="the evidence does not deny it altogether",
    ),
    _Claimed(
        says=r"항상|언제나|반드시|예외\s*없이",
        needs=r"always|every|\ball\b|must|guarantee|necessar|consistent|never|any\b|invariabl|whenever|ensure|require|"
        r"have to|need",
        against=r"sometimes|\boften\b|\bmay\b|typically|usually|generally|tend|frequent|\bcan\b|\bmight\b|occasional|most",
        reason="the evidence does not say always",
    ),
    _Claimed(
        says=r"세계\s*최초|최초로|최초의|사상\s*처음|처음으로",
        needs=r"\bfirst\b|previous|never|pioneer|novel|\bnew|no prior|no existing|unprecedented|initial|unexplored|"
        r"not been|under-?explored|unknown|\bstart|initiate|begin|early",
        against="",
        reason="the paper does not say that it is the first",
    ),
    _Claimed(
        says=r"(?:에만|에서만|때만|경우에만|한해서만|에\s*한해)\s",
        needs=r"\bonly\b|solely|exclusive|restrict|limited to|\bjust\b|confined|merely|specific|unless|alone|except|"
        r"\bif\b|single|selective|partial|\bnot\b|fail|sparse|subset|fraction|focus|target",
        against=r"\bany\b|\bboth\b|regardless|all\b|various|range of|wide|divers|general|\bunknown|multiple",
        reason="the evidence names no such restriction",
    ),
    _Claimed(
        says=r"(?:이미|충분히|잘)\s*(?:충분히\s*)?(?:알려져|입증|밝혀|검증|확립|규명)",
        needs=r"well[- ]known|well[- ]established|known to|is known|are known|already|proven|established",
        against=r"unknown|unclear|unexplored|not (?:been|well|yet)|under-?explored|open question|poorly understood|"
        r"little is known|remains? to be",
        reason="the evidence says that it is not known",
    ),
)
_EN = (
    _Claimed(
        says=r"\b(?:perfectly|flawless\w*)\b",
        needs=r"perfect|flawless",
        against="",
        reason="the evidence claims no perfection",
    ),
    _Claimed(
        says=r"\b(?:prove[sdn]?|proven|conclusively)\b",
        needs=r"prov(?:e|es|ed|en|ing|ably)\b|proof|theor|guarantee",
        against=r"\bsuggest|\bmay\b|\bmight\b|promising|potential|\bcould\b|hypothes|unknown|unclear|conjecture|indicat",
        reason="the evidence only suggests it: keep its hedge",
    ),
    _Claimed(
        says=r"\b(?:all|every)\s+(?:existing|other|previous|prior|current|known|available|competing|closed|open|larger|"
        r"\w+-source)\b",
        needs=r"\ball\b|every|any\b|entire|each|universal|consistent|existing|previous|prior",
        against=r"numerous|\bmany\b|\bmost\b|\bseveral\b|\bsome\b|majority|a number of",
        reason="the evidence does not say all",
    ),
    _Claimed(
        says=r"\balways\b",
        needs=r"always|every|\ball\b|must|guarantee|consistent|never|any\b|invariabl|necessar",
        against=r"sometimes|\boften\b|\bmay\b|typically|usually|tend|\bcan\b|\bmight\b|most",
        reason="the evidence does not say always",
    ),
    _Claimed(
        says=r"\b(?:is|are)\s+(?:already\s+)?well[- ](?:known|established|understood)",
        needs=r"well[- ](?:known|established|understood)",
        against=r"unknown|unclear|unexplored|not (?:been|well|yet)|under-?explored|open question|poorly|little is",
        reason="the evidence says that it is not known",
    ),
)
_DENIALS = re.compile(
    r"n't\b|\bn(?:o|or|ot|one|either|ever|othing)\b|without|cannot|\bnon|less\b|\bun(?!der|i[fqtv]|til)\w+|"
    r"\bin(?:abil|accura|adequa|complete|consisten|correct|dependen|effective|efficien|feasib|sensitiv|stab|sufficien|"
    r"valid|variant)\w*|\bim(?:possib|perfect|plaus|balanc)\w*|\bdis(?:agree|advantag|appear|crepan|entangl|joint|miss|"
    r"parit|regard|prov)\w*|fail|\black|limit|\bfew\b|\blow|reduc|decreas|declin|avoid|eliminat|remov|prevent|hinder|"
    r"suffer|struggl|difficult|challeng|\bhard\b|absent|except|despite|although|however|\bbut\b|instead|rather|only|"
    r"free\b|agnostic|worse|poor|drop|degrad|maintain|preserv|retain|\bkeep|same|invarian|zero|missing|forget|ignor|"
    r"neglect|overlook|skip|beyond|outside|restrict|stop|block|refus|reject|remain|weak|hallucinat|vulnerab|wrong|fals|"
    r"bias|\blos[est]|short|regardless|whether|merely|unlike|contrary|while|versus|vs|question|scarc|rare|seldom|hardly|"
    r"barely|little",
    re.IGNORECASE,
)
"""Without any of these in the evidence nothing there is denied, lacking or kept from changing."""
_DENIED = re.compile(
    r"(?:하지|되지|지는|지)\s*(?:못했|못한다|못하였|않았|않는다(?!면))|(?:할|쓸|될)\s*수\s*없(?:다|었|음)|"
    r"(?:효과|차이|개선|향상|이득|도움)(?:가|이|은|는)\s*(?:전혀\s*)?없(?:다|었|음)|실패(?:했다|하였다|한다)"
)
_NOT_DENIED = re.compile(
    r"뿐(?:만)?\s*아니라|에\s*(?:그치|머물)|지\s*않을\s*수|적지\s*않|못지\s*않|다르지\s*않|지나지\s*않|지\s*않고|않으면서"
)


def overclaim(passage: Passage) -> Iterator[Fault]:
    """Absolute words (완벽하게, 모든, 입증, always, prove) stand only where the cited sentences carry them."""
    if passage.kind != "reported" or not passage.cited:
        return
    evidence = " ".join(s for paper in passage.cited for s in paper.sentences).lower()
    whole = evidence + " " + " ".join(f"{p.title} {p.abstract}" for p in passage.cited).lower()
    for says, needs, against, reason in _KO if passage.language == "ko" else _EN:
        found = re.search(says, passage.text, re.IGNORECASE)
        # Where nothing must speak against it, the whole abstract may carry the word.
        if not found or re.search(needs, evidence if against else whole):
            continue
        if not against or re.search(against, evidence):
            yield Fault(rule="overclaim", span=found.group().strip(), reason=reason)


def negation(passage: Passage) -> Iterator[Fault]:
    """A Korean sentence that denies something rests on evidence with at least one word of denial or limit."""
    if passage.language != "ko" or passage.kind != "reported" or not passage.cited:
        return
    evidence = " ".join(s for paper in passage.cited for s in paper.sentences)
    found = _DENIED.search(passage.text)
    if evidence and found and not _NOT_DENIED.search(passage.text) and not _DENIALS.search(evidence):
        yield Fault(rule="negation", span=found.group(), reason="the cited sentences deny nothing: check the direction")
