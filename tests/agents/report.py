"""Small reports in three shapes, and their papers."""

from datetime import date

from domain.claims import Claim, Evidence
from domain.items import Group, Item, Story
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing, Report
from prompts.taxonomy import load_taxonomy
from publishing.shapes import render

LANTERN = Paper(
    id="arxiv:2611.00101",
    title="LanternNet: Seeing in the Dark with Sparse Events",
    abstract="We present LanternNet, a detector for event cameras. It lowers the error by 12% on NightDrive. "
    "Training uses 40 billion events. Its conversational agent explains each detection.",
    votes=31,
)
MOSAIC = Paper(
    id="arxiv:2611.00102",
    title="Mosaic: Cheap Tiling of Large Images",
    abstract="We introduce Mosaic, which tiles images without overlap. It is 3 times faster than earlier methods. "
    "Fine-tuning is not needed.",
)
TIDES = Paper(
    id="arxiv:2611.00103",
    title="Learning the Tides",
    abstract="We predict tides from harbour gauges. The mean error falls from 9 cm to 6 cm.",
)
PAPERS = (LANTERN, MOSAIC, TIDES)

OLD = """# Daily Artificial Intelligence Insights : Papers![Graph](paper_2024-12-01.png)

## 🫧 Computer Vision

**요약:**

보고서 요약:

1. **주요 주제 및 테마 추출**:
   - **어두운 장면**: LanternNet은 이벤트 카메라를 위한 검출기이다.
   - 첫 번째 논문은 400억 개의 이벤트로 학습한다.
{lines}
5. 결론 및 전망:

두 논문은 서로 다른 입력을 다룬다.

**출처:**

 - LanternNet: Seeing in the Dark with Sparse Events (http://arxiv.org/abs/2611.00101v2)
 - Mosaic: Cheap Tiling of Large Images (https://deeplearn.org/arxiv/9/mosaic:-cheap-tiling-of-large-images)


## 🍊 조석 예측

**요약:**

#### 1. 핵심 주제
항구의 계기로 조석을 예측한다. 평균 오차는 9cm에서 6cm로 줄었다.

**출처:**

 - Learning the Tides (https://deeplearn.org/arxiv/10/learning-the-tides)
"""


def old(*bullets: str) -> str:
    """The older system's shape, with further bullets in its first section."""
    return OLD.format(lines="".join(f"   - {bullet}\n" for bullet in bullets))


DIGEST = """# 🌅 오늘의 AI 논문 — 2026년 11월 20일

좋은 아침입니다! 오늘은 논문 세 편입니다. **LanternNet**은 밤에 강하고 **Mosaic**은 빠릅니다. \
조석 연구도 눈에 띕니다.

| 분야 | 논문 | 핵심 | 추천 |
|---|---|---|---:|
| 비전 | [LanternNet](https://arxiv.org/abs/2611.00101) | 어두운 곳의 검출기 | 31 |
| | [Mosaic](https://arxiv.org/abs/2611.00102) | {cell} | 12 |

*초록만 읽고 정리했습니다.*

---

## 👁️ 컴퓨터 비전

### [LanternNet: Seeing in the Dark with Sparse Events](https://arxiv.org/abs/2611.00101)
👍 31 · **{hook}**

이벤트 카메라를 위한 검출기입니다. {sentence}

### 2. Mosaic — arXiv:2611.00102

- **방법:** 이미지를 겹치지 않게 나눕니다.
- **결과:** 이전 방법보다 3배 빠릅니다.

## 🌊 그 밖에

**[Learning the Tides](https://arxiv.org/abs/2611.00103)** 항구의 계기로 조석을 예측합니다.

좋은 하루 보내세요!
"""


def digest(
    hook: str = "밤에도 보는 눈",
    sentence: str = "NightDrive에서 오차를 12% 낮춥니다.",
    cell: str = "겹치지 않는 타일",
) -> str:
    """What a chat prompt gives: headings with links, a table, bullets, an opening, greetings."""
    return DIGEST.format(hook=hook, sentence=sentence, cell=cell)


def _claim(paper: Paper, role: Role, text: str, sentence: int) -> Claim:
    evidence = Evidence(paper_id=paper.id, sentence=sentence, quote=paper.sentences[sentence - 1].text)
    return Claim(kind="analysis" if role == "note" else "reported", role=role, text=text, evidence=(evidence,))


def ours(result: str = "NightDrive에서 오차가 12% 줄었습니다.") -> str:
    """A page of this project."""
    items = (
        Item(
            paper_id=LANTERN.id,
            name="LanternNet",
            claims=(
                _claim(LANTERN, "hook", "어두워도 사물을 찾는다", 1),
                _claim(LANTERN, "method", "이벤트 카메라를 위한 검출기입니다.", 1),
                _claim(LANTERN, "result", result, 2),
            ),
            made_by="by hand",
        ),
        Item(paper_id=MOSAIC.id, name="Mosaic", claims=(_claim(MOSAIC, "result", "이전 방법보다 3배 빠릅니다.", 2),)),
    )
    story = Story(headline=_claim(MOSAIC, "opening", "타일 나누기가 3배 빨라졌다", 2), papers=(MOSAIC.id,))
    report = Report(
        day=date(2026, 11, 20),
        language="ko",
        status="complete",
        model="by hand",
        quoted=False,
        opening=(story,),
        groups=(Group(title="새로운 눈", papers=(LANTERN.id, MOSAIC.id)),),
        items=items,
        papers=(LANTERN, MOSAIC),
        filings=tuple(
            Filing(paper_id=paper.id, category="computer-vision", certainty=1.0, decided_by="by hand")
            for paper in (LANTERN, MOSAIC)
        ),
    )
    return render(report, load_taxonomy())
