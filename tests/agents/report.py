"""A small report in the shape of the older system's, and its papers."""

from domain.papers import Paper

LANTERN = Paper(
    id="arxiv:2611.00101",
    title="LanternNet: Seeing in the Dark with Sparse Events",
    abstract="We present LanternNet, a detector for event cameras. It lowers the error by 12% on NightDrive. "
    "Training uses 40 billion events. Its conversational agent explains each detection.",
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
    """The report with further bullets in its first section."""
    return OLD.format(lines="".join(f"   - {bullet}\n" for bullet in bullets))
