"""A day as it comes out of the workflow, with everything that a page can have: items told in full, in two lines and by
quotation, groups and a paper in none, listed, returning and withdrawn papers, stories, threads, terms, changes."""

from datetime import date

from domain.claims import ANALYSIS_ROLES, Claim, Evidence
from domain.forms import Form
from domain.items import Change, Group, Item, Pick, Returning, Story, Term
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Cause, Drop, Filing, Health, Receipt, Report, Step
from domain.resources import Resource
from domain.sentences import Sentence, sentences
from domain.taxonomy import Category, Taxonomy
from domain.trends import DayRow, Fact
from domain.withdrawals import Withdrawn

DAY = date(2026, 11, 17)

FED, RACER, SCALE, PARTS = "arxiv:2611.00001", "arxiv:2611.00002", "arxiv:2611.00003", "title:00112233aabbccdd"
SEGMENT, WAVELETS, QUANTUM, SPEECH = "arxiv:2611.00005", "arxiv:2609.00006", "arxiv:2611.00007", "arxiv:2610.00008"

_PAPERS = (
    (
        FED,
        "Federated Policy Gradient under Adversaries",
        "Federated reinforcement learning lets agents build a policy without sharing trajectories. "
        "We propose a policy gradient method that tolerates adversaries as long as they are a minority. "
        "It converges globally, at the rate that is known to be best for one agent. "
        "The analysis assumes that the others can always be reached.",
    ),
    (
        RACER,
        "RACER: Rich Language-Guided Failure Recovery",
        "Failure recovery policies are rare in imitation learning. "
        "RACER lets a vision-language model tell a robot in words what went wrong. "
        "It improves success rates by 18.5% on RLBench. "
        "On a real arm it recovers from 7 of 10 slips.",
    ),
    (
        SCALE,
        "Scaling Diffusion Models for Perception",
        "Diffusion models serve depth estimation, optical flow and segmentation. "
        "We match the state of the art with 40% less compute.",
    ),
    (PARTS, "A Workshop Paper without an arXiv Id", "We study parts of 3D objects. Parts are found by"),
    (SEGMENT, "SAMPart3D: Segment Any Part", "SAMPart3D needs no text prompts. It scales to Objaverse."),
    (WAVELETS, "An Older Paper on Wavelets", "WaLa compresses shapes by wavelets."),
    (
        QUANTUM,
        "Quantum Loss Landscapes",
        "No theory tells how quantum networks train. We propose a unified theory of their loss landscapes. "
        "We show that they follow Wishart processes.",
    ),
    (SPEECH, "Speech Tokens Revisited", "Tokens for speech are revisited."),
)
_SOURCES = {RACER: ("arxiv", "huggingface"), SCALE: ("arxiv", "huggingface"), WAVELETS: ("huggingface",)}
_RESOURCES = {
    RACER: (
        Resource(url="https://github.com/example/racer", kind="code"),
        Resource(url="https://huggingface.co/example/racer", kind="weights"),
        Resource(url="https://racer.example/", kind="project"),
    ),
    SCALE: (Resource(url="", kind="code", announced=True),),
}
_CATEGORIES = {
    FED: "rl",
    RACER: "rl",
    SCALE: "cv",
    PARTS: "cv",
    SEGMENT: "cv",
    WAVELETS: "cv",
    QUANTUM: "quantum",
    SPEECH: "audio",
}


def _category(key: str, ko: str, en: str, emoji: str) -> Category:
    return Category(key=key, ko=ko, en=en, emoji=emoji, description=en)


TAXONOMY = Taxonomy(
    categories=(
        _category("cv", "컴퓨터 비전", "Computer Vision", "👁️"),
        _category("rl", "강화학습", "Reinforcement Learning", "🎮"),
        _category("audio", "오디오·음성", "Audio & Speech", "🔊"),
        _category("quantum", "양자 컴퓨팅", "Quantum Computing", "⚛️"),
    ),
    fallback=_category("other", "기타", "Other", "📦"),
)


PAPERS = {
    id: Paper(
        id=id,
        title=title,
        abstract=abstract,
        authors=("Ada One", "Ben Two", "Cy Three", "Di Four", "Ed Five") if id == FED else (),
        links=() if id.startswith("arxiv") else ("https://x.example/p?a=1&b=2",),
        sources=_SOURCES.get(id, ("arxiv",)),
        votes={RACER: 41, SCALE: 7}.get(id, 0),
        resources=_RESOURCES.get(id, ()),
        sentences=tuple(
            Sentence(text=text, use="evidence" if text.endswith(".") else "fragment") for text in sentences(abstract)
        ),
    )
    for id, title, abstract in _PAPERS
}


def say(
    role: Role, text: str | None, *cites: tuple[str, int], facts: tuple[str, ...] = (), form: Form = "sentence"
) -> Claim:
    """A claim on sentences of papers, such as ``(RACER, 2)``; without text, the first of them quoted."""
    evidence = tuple(
        Evidence(paper_id=id, sentence=n, quote=(PAPERS[id].title, *sentences(PAPERS[id].abstract))[n])
        for id, n in cites
    )
    kind = "trend" if role == "flow" else "analysis" if role in ANALYSIS_ROLES else "reported"
    said = evidence[0].quote if text is None else text
    return Claim(kind=kind, role=role, text=said, evidence=evidence, facts=facts, form=form)


_MADE_BY = "openai:gpt-5 · synthesize@3f21ab90"
ITEMS = (
    Item(
        paper_id=RACER,
        name="RACER",
        made_by=_MADE_BY,
        claims=(
            say("hook", "말로 짚어 주자 로봇이 실패에서 회복했다", (RACER, 2), (RACER, 3)),
            say("problem", "모방 학습에는 실패에서 회복하는 정책이 드뭅니다.", (RACER, 1)),
            say("method", "시각 언어 모델이 무엇이 틀렸는지 로봇에게 말해 줍니다.", (RACER, 2)),
            say("result", "RLBench에서 성공률이 18.5% 올랐습니다.", (RACER, 3), form="bullet"),
            say("result", "실제 로봇 팔은 열 번 미끄러지면 일곱 번 회복했습니다.", (RACER, 4), form="bullet"),
            say("note", "RLBench로 바로 견줘 볼 수 있습니다.", (RACER, 3)),
        ),
    ),
    Item(
        paper_id=FED,
        name="적대자를 견디는 연합 강화학습",
        made_by=_MADE_BY,
        claims=(
            say("hook", "속이는 동료가 있어도 연합 학습은 수렴했다", (FED, 2), (FED, 3)),
            say("method", "적대자가 소수라면 견디는 정책 기울기 방법입니다.", (FED, 2)),
            say("result", "혼자 배울 때 가장 좋다고 알려진 속도로 전역 수렴합니다.", (FED, 3)),
        ),
    ),
    Item(
        paper_id=SCALE,
        name="인식용 확산 모델",
        made_by=_MADE_BY,
        claims=(
            say("hook", "확산 모델이 적은 계산으로 인식에서도 통했다", (SCALE, 2)),
            say("result", "계산을 40% 덜 쓰고 최고 수준과 같은 성능을 냈습니다.", (SCALE, 2)),
        ),
    ),
    Item(
        paper_id=QUANTUM,
        name="",
        quoted=True,
        claims=(
            say("problem", None, (QUANTUM, 1)),
            say("method", None, (QUANTUM, 2)),
            say("result", None, (QUANTUM, 3)),
        ),
    ),
)

_CONTINUING = Fact(
    id=f"continuing:{SCALE}",
    kind="continuing",
    category="cv",
    ko="「Scaling Diffusion Models for Perception」은 2026-11-12에 소개된 「Diffusion Depth」와 이어지는 주제이다.",
    en="“Scaling Diffusion Models for Perception” continues “Diffusion Depth”, listed on 2026-11-12.",
    papers=(SCALE, "arxiv:2610.09999"),
    titles=("Scaling Diffusion Models for Perception", "Diffusion Depth"),
    days=(date(2026, 11, 12),),
    numbers=(0.83, 11.0, 0.2, 3),
)
REPORT = Report(
    day=DAY,
    language="ko",
    status="partial",
    reason="source did not answer: hub (HTTP 503); quoted only: Quantum Loss Landscapes",
    causes=(
        Cause(kind="silent", about=(("huggingface", "HTTP 503"),)),
        Cause(kind="quoted", about=(("Quantum Loss Landscapes", "the judge did not answer"),)),
    ),
    model="openai:gpt-5",
    quoted=False,
    opening=(
        Story(
            headline=say(
                "opening", "로봇도 연합 학습도, 일이 틀어졌을 때 버티는 법을 보인 날입니다.", (RACER, 2), (FED, 2)
            ),
            papers=(RACER, FED),
        ),
        # It names one paper, which is also one to read first.
        Story(headline=say("opening", "계산을 아끼는 쪽에서는 확산 모델이 눈에 띕니다.", (SCALE, 2)), papers=(SCALE,)),
        Story(
            headline=say(
                "opening", "무엇이 틀렸는지 말로 들은 로봇은 RLBench에서 18.5% 더 자주 성공했습니다.", (RACER, 3)
            ),
            papers=(RACER,),
        ),
        Story(
            headline=say(
                "opening", "참가자 가운데 일부가 속여도, 그 수가 절반에 못 미치면 나머지는 함께 배웁니다.", (FED, 2)
            ),
            papers=(FED,),
        ),
        Story(
            headline=say("opening", "인식 과제를 40% 적은 계산으로 최고 수준만큼 풀었습니다.", (SCALE, 2)),
            papers=(SCALE,),
        ),
    ),
    picks=(
        Pick(paper_id=RACER, why=say("pick", "로봇을 가르치는 팀", (RACER, 2))),
        Pick(paper_id=FED, why=say("pick", "여러 기관과 함께 학습하는 팀", (FED, 1))),
        Pick(paper_id=SCALE),
    ),
    groups=(
        Group(title="실패해도 배우는 에이전트", papers=(RACER, FED)),
        Group(title="덜 쓰고도 보는 모델", papers=(SCALE,)),
    ),
    items=ITEMS,
    threads=(
        Story(
            headline=say("thread", "버티려면 곁에서 도와주는 쪽이 있어야 한다", (RACER, 2), (FED, 2)),
            text=say(
                "thread",
                "RACER에는 틀린 것을 말해 주는 모델이, 연합 학습에는 정직한 다수가 있어야 합니다.",
                (RACER, 2),
                (FED, 2),
            ),
            papers=(RACER, FED),
        ),
    ),
    returning=(
        Returning(
            paper_id=WAVELETS,
            first_day=date(2026, 9, 30),
            days=(date(2026, 9, 30),),
            name="WaLa",
            line=say("returning", "웨이블릿으로 3D 형상을 압축하는 모델입니다.", (WAVELETS, 1)),
        ),
        Returning(paper_id=SPEECH, first_day=date(2025, 10, 2), days=(date(2025, 10, 2),)),
    ),
    withdrawn=(
        Withdrawn(
            paper_id="arxiv:2611.00099",
            title="A Proof That Was Not One",
            url="https://arxiv.org/abs/2611.00099",
            note="This paper has been withdrawn by the authors.",
            day=DAY,
            first_day=date(2026, 11, 3),
        ),
    ),
    terms=(Term(term="RLBench", meaning="로봇 조작 과제 100가지를 모은 벤치마크"),),
    changes=(
        Change(
            paper_id=RACER,
            role="result",
            before="RLBench를 완전히 풀었습니다.",
            after="RLBench에서 성공률이 18.5% 올랐습니다.",
            why="초록은 성공률이 올랐다고만 한다",
        ),
        Change(
            paper_id="",
            role="thread",
            before="모든 산업에서 쓰일 것이다.",
            after="",
            why="근거가 없다",
            rule="no-evidence",
        ),
    ),
    papers=tuple(PAPERS.values()),
    filings=tuple(
        Filing(paper_id=id, category=key, certainty=0.9, decided_by="model") for id, key in _CATEGORIES.items()
    ),
    health=(
        Health(
            source="arxiv",
            asked="https://arxiv.org/list",
            state="answered",
            listed=9,
            held=8,
            batch=DAY,
            lost=(Drop(step="retrieve", what="2611.00100", reason="it has no title"),),
        ),
        Health(source="hub", asked="https://hf.example", state="unavailable", signal=True, note="HTTP 503"),
    ),
    facts=(_CONTINUING,),
)
"""Partly missing: one source did not give all, one item is only quoted."""


def _quoted(id: str, **places: int) -> Item:
    roles: tuple[Role, ...] = ("abstract", "problem", "method", "result")
    claims = tuple(say(role, None, (id, places[role])) for role in roles if role in places)
    return Item(paper_id=id, name="", claims=claims, quoted=True)


_QUOTED = (
    _quoted(FED, problem=1, method=2, result=3),
    _quoted(RACER, problem=1, method=2, result=3),
    _quoted(SCALE, abstract=1, result=2),
    _quoted(PARTS, abstract=1),
    _quoted(QUANTUM, problem=1, method=2, result=3),
)
_BARE = {"items": _QUOTED, "opening": (), "picks": (), "groups": (), "threads": (), "terms": (), "changes": ()}
QUOTED = REPORT.model_copy(
    update={**_BARE, "model": "offline", "quoted": True, "status": "complete", "reason": "", "causes": ()}
)
"""The same day without a model: every claim is a sentence of a paper."""

QUIET = Report(day=DAY, language="ko", status="quiet", reason="no listing on Sundays", model="offline", quoted=False)

_OBSERVED = tuple(date(2026, 11, n) for n in (5, 6, 9, 10, 11, 12, 13))
_ROWS = tuple(DayRow(day=day, new=5 + n, categories=(("audio", 2), ("cv", 3 + n))) for n, day in enumerate(_OBSERVED))
_FALL = Fact(
    id="volume:cv",
    kind="volume",
    category="cv",
    ko="컴퓨터 비전의 새 논문은 오늘 3편으로, 지난 7관측일의 하루 평균 6.0편보다 적다.",
    en="Computer Vision has 3 new papers today, fewer than the mean of 6.0 over 7 observed days.",
    papers=(SCALE, SEGMENT, PARTS),
    days=_OBSERVED,
    numbers=(3, 6.0),
)
_GONE = Fact(
    id="topic:speech",
    kind="topic",
    category=None,
    ko="음성 합성은 지난 7관측일에 날마다 있었으나 오늘은 없다.",
    en="Speech synthesis was there on each of 7 observed days and is not today.",
    days=_OBSERVED[-2:],
    numbers=(7, 7),
)
_FLOW = tuple(Claim(kind="trend", role="flow", text=fact.text("ko"), facts=(fact.id,)) for fact in (_FALL, _GONE))
TRENDING = REPORT.model_copy(update={"history": _ROWS, "facts": (*REPORT.facts, _FALL, _GONE), "flow": _FLOW})
"""The day with seven observed days before it: computer vision falls, speech stays away."""


def receipt_of(report: Report) -> Receipt:
    return Receipt(
        day=report.day,
        language=report.language,
        status=report.status,
        reason=report.reason,
        health=report.health,
        steps=(Step(step="retrieve", came_in=9, went_out=len(report.papers)),),
        returning=report.returning,
        model=report.model,
    )
