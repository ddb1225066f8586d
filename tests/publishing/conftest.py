"""A day as it comes out of the workflow: two written categories, one of repeats only, one that failed."""

from collections.abc import Callable
from datetime import date

import pytest
from matplotlib.figure import Figure

from domain.claims import Claim, Evidence
from domain.papers import Paper
from domain.reports import Cause, Drop, Filing, Gap, Health, Receipt, Repeat, Report, Section, Step
from domain.sentences import sentences
from domain.taxonomy import Category, Taxonomy
from domain.trends import DayRow, Fact

DAY = date(2026, 11, 17)

_PAPERS = (
    (
        "arxiv:2611.00001",
        "Federated Policy Gradient under Adversaries",
        "Federated reinforcement learning lets agents build a policy without sharing trajectories. "
        "We propose a policy gradient method that tolerates f < N/2 adversarial agents. "
        "It converges globally with sample complexity $O(1/(N\\epsilon^2))$.",
    ),
    (
        "arxiv:2611.00002",
        "RACER: Rich Language-Guided Failure Recovery",
        "Failure recovery policies are rare in imitation learning. RACER improves success rates by 18.5% on RLBench.",
    ),
    (
        "arxiv:2611.00003",
        "Scaling Diffusion Models for Perception",
        "Diffusion models serve depth estimation, optical flow and segmentation. "
        "We match the state of the art with 40% less compute.",
    ),
    (
        "title:00112233aabbccdd",
        "A Workshop Paper without an arXiv Id",
        "We study parts of 3D objects. Code will be released.",
    ),
    ("arxiv:2611.00005", "SAMPart3D: Segment Any Part", "SAMPart3D needs no text prompts. It scales to Objaverse."),
    ("arxiv:2609.00006", "An Older Paper on Wavelets", "WaLa compresses shapes by wavelets."),
    ("arxiv:2611.00007", "Quantum Loss Landscapes", "We give a unified theory of loss landscapes."),
    ("arxiv:2610.00008", "Speech Tokens Revisited", "Tokens for speech are revisited."),
)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    def category(key: str, ko: str, en: str, emoji: str) -> Category:
        return Category(key=key, ko=ko, en=en, emoji=emoji, description=en)

    return Taxonomy(
        categories=(
            category("cv", "컴퓨터 비전", "Computer Vision", "👁️"),
            category("rl", "강화학습", "Reinforcement Learning", "🎮"),
            category("audio", "오디오·음성", "Audio & Speech", "🔊"),
            category("quantum", "양자 컴퓨팅", "Quantum Computing", "⚛️"),
        ),
        fallback=category("other", "기타", "Other", "📦"),
    )


@pytest.fixture(scope="session")
def papers() -> dict[str, Paper]:
    made = (
        Paper(
            id=id,
            title=title,
            abstract=abstract,
            links=() if id.startswith("arxiv") else ("https://x.example/p?a=1&b=2",),
        )
        for id, title, abstract in _PAPERS
    )
    return {paper.id: paper for paper in made}


Say = Callable[..., Claim]


@pytest.fixture(scope="session")
def say(papers: dict[str, Paper]) -> Say:
    """``say(text, ("arxiv:2611.00001", 2), …)``: a claim on sentences of papers; without text, the first one quoted."""

    def said(text: str | None, *cites: tuple[str, int], kind: str = "reported", facts: tuple[str, ...] = ()) -> Claim:
        evidence = tuple(
            Evidence(paper_id=id, sentence=n, quote=(papers[id].title, *sentences(papers[id].abstract))[n])
            for id, n in cites
        )
        return Claim.model_validate(
            {"kind": kind, "text": evidence[0].quote if text is None else text, "evidence": evidence, "facts": facts}
        )

    return said


@pytest.fixture(scope="session")
def report(papers: dict[str, Paper], say: Say) -> Report:
    near = Fact(
        id="continuing:arxiv:2611.00003",
        kind="continuing",
        category="cv",
        ko="「Scaling Diffusion Models for Perception」은(는) 2026-11-12에 소개된 논문과 가까운 주제이다.",
        en="“Scaling Diffusion Models for Perception” is close to a paper listed on 2026-11-12.",
        papers=("arxiv:2611.00003", "arxiv:2610.09999"),
        days=(date(2026, 11, 12),),
        numbers=(0.83,),
    )
    again = Repeat(paper_id="arxiv:2609.00006", first_day=date(2026, 9, 30), days=(date(2026, 9, 30),))
    spoken = Repeat(paper_id="arxiv:2610.00008", first_day=date(2026, 10, 2), days=(date(2026, 10, 2),))
    fed, racer, scale = "arxiv:2611.00001", "arxiv:2611.00002", "arxiv:2611.00003"
    rl = Section(
        category="rl",
        papers=(fed, racer),
        headline=say("연합 강화학습은 적대적 에이전트를 견디고, 모방 학습은 실패에서 회복한다.", (fed, 2), (racer, 1)),
        themes=(say("연합 강화학습에서 에이전트는 궤적을 나누지 않고 정책을 함께 만든다.", (fed, 1)),),
        keywords=(say("연합 강화학습(FRL)", (fed, 1)), say("실패 회복 정책", (racer, 1))),
        findings=(
            say("정책 기울기 방법이 f < N/2인 적대적 에이전트를 견딘다.", (fed, 2)),
            say("RACER는 RLBench에서 성공률을 18.5% 높인다.", (racer, 2)),
        ),
        impact=(say("궤적을 나눌 수 없는 곳에서도 정책을 함께 배울 수 있다.", (fed, 1), (fed, 3), kind="analysis"),),
        outlook=(say("언어 안내가 실패 회복의 열쇠로 보인다.", (racer, 0), kind="analysis"),),
        drops=(Drop(step="critic", what="RACER는 99% 성공한다.", reason="99% stands in no cited sentence"),),
    )
    cv = Section(
        category="cv",
        papers=(scale,),
        headline=say("확산 모델이 40% 적은 계산으로 인식 과제의 최고 성능에 이른다.", (scale, 2)),
        themes=(say("확산 모델이 깊이 추정, 광류, 분할에 쓰인다.", (scale, 1)),),
        findings=(say("40% 적은 계산으로 최고 성능과 같다.", (scale, 2)),),
        trend=(say(near.ko, kind="trend", facts=(near.id,)),),
        also=("title:00112233aabbccdd", "arxiv:2611.00005"),
        repeats=(again,),
        facts=(near,),
    )
    return Report(
        day=DAY,
        language="ko",
        status="partial",
        reason="category quantum is missing: the model did not answer",
        causes=(Cause(kind="missing", about=(("quantum", "the model did not answer"),)),),
        model="openai:gpt-5",
        extractive=False,
        overview=(
            say("확산 모델이 인식 과제로 넓어지고 있다.", (scale, 1), facts=(near.id,), kind="trend"),
            say("적대적 환경과 실패를 견디는 학습이 함께 나왔다.", (fed, 2), (racer, 2), kind="analysis"),
        ),
        sections=(rl, cv, Section(category="audio", papers=(), repeats=(spoken,))),
        gaps=(Gap(category="quantum", reason="the model did not answer", papers=("arxiv:2611.00007",)),),
        papers=tuple(papers.values()),
        health=(
            Health(source="arxiv", asked="https://arxiv.org/list", state="answered", listed=9, held=8, batch=DAY),
            Health(source="hf", asked="https://hf.example", state="unavailable", signal=True, note="HTTP 503"),
        ),
    )


@pytest.fixture(scope="session")
def quoted(report: Report, say: Say) -> Report:
    """The same day without a model: every claim is a sentence of a paper."""
    fed, racer = "arxiv:2611.00001", "arxiv:2611.00002"
    rl = Section(
        category="rl",
        papers=(fed, racer),
        headline=say(None, (fed, 2)),
        themes=(say(None, (fed, 1)), say(None, (racer, 1))),
        keywords=(say("policy gradient", (fed, 2)), say("failure recovery", (racer, 0), (racer, 1))),
        findings=(say(None, (fed, 3)), say(None, (racer, 2))),
        extractive=True,
    )
    rest = tuple(p.id for p in report.papers if p.id not in {fed, racer})
    cv = Section(category="cv", papers=(), also=rest, extractive=True)
    changes = {"sections": (rl, cv), "gaps": (), "overview": (), "model": "offline", "extractive": True}
    return report.model_copy(update={**changes, "status": "complete", "reason": "", "causes": ()})


@pytest.fixture(scope="session")
def quiet(report: Report) -> Report:
    nothing = {"sections": (), "gaps": (), "overview": (), "papers": (), "health": ()}
    return report.model_copy(update={**nothing, "status": "quiet", "reason": "no listing on Sundays", "causes": ()})


@pytest.fixture(scope="session")
def trending(report: Report, say: Say) -> Report:
    """The day with seven observed days before it: computer vision rises, speech stays away."""
    days = tuple(date(2026, 11, n) for n in (5, 6, 9, 10, 11, 12, 13))
    rows = tuple(DayRow(day=day, new=5 + n, categories=(("audio", 2), ("cv", 3 + n))) for n, day in enumerate(days))
    rise = Fact(
        id="volume:cv",
        kind="volume",
        category="cv",
        ko="컴퓨터 비전의 새 논문은 오늘 12편으로, 지난 7관측일의 하루 평균 6.0편보다 많다.",
        en="Computer Vision has 12 new papers today, more than the mean of 6.0 over 7 observed days.",
        papers=tuple(f"arxiv:2611.{n:05d}" for n in (3, 5, 1, 2, 7)),
        days=days,
        numbers=(12, 6.0),
    )
    gone = Fact(
        id="absent:audio",
        kind="absent",
        category="audio",
        ko="오디오·음성의 새 논문은 지난 7관측일에 날마다 있었으나 오늘은 없다.",
        en="Audio & Speech had new papers on each of 7 observed days and has none today.",
        days=days[-2:],
        numbers=(7, 7),
    )
    filed = {"arxiv:2611.00003": "cv", "title:00112233aabbccdd": "cv", "arxiv:2611.00005": "cv"}
    filed |= {"arxiv:2611.00001": "rl", "arxiv:2611.00002": "rl", "arxiv:2611.00007": "quantum"}
    filed |= {"arxiv:2609.00006": "cv", "arxiv:2610.00008": "audio"}  # those two came before
    filings = (Filing(paper_id=id, category=key, certainty=0.9, decided_by="model") for id, key in filed.items())
    trend = tuple(Claim(kind="trend", text=fact.ko, facts=(fact.id,)) for fact in (rise, gone))
    changes = {"history": rows, "facts": (rise, gone), "trend": trend, "filings": tuple(filings)}
    return report.model_copy(update=changes)


@pytest.fixture(scope="session")
def receipt_of() -> Callable[[Report], Receipt]:
    def made(report: Report) -> Receipt:
        return Receipt(
            day=report.day,
            language=report.language,
            status=report.status,
            reason=report.reason,
            health=report.health,
            steps=(Step(step="retrieve", came_in=9, went_out=len(report.papers)),),
            gaps=report.gaps,
            model=report.model,
        )

    return made


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """The figures that were saved."""
    figures: list[Figure] = []
    save = Figure.savefig

    def kept(self: Figure, *args: object, **kwargs: object) -> None:
        figures.append(self)
        save(self, *args, **kwargs)  # pyright: ignore

    monkeypatch.setattr(Figure, "savefig", kept)
    return figures
