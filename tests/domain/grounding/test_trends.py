"""A sentence about other days says nothing that its facts do not say."""

import pytest

from domain.grounding.passage import Passage
from domain.grounding.trends import TREND_RULES

UP = "거대 언어 모델: 오늘 새 논문 41편으로, 지난 28관측일의 하루 평균 24.3편보다 많다."
DOWN = "컴퓨터 비전: 오늘 새 논문 30편으로, 지난 28관측일의 하루 평균 45.2편보다 적다."
GONE = "양자 컴퓨팅의 새 논문은 지난 28관측일 중 26일에 있었으나 오늘은 없다."
SHARE = (
    "‘로보틱스’ 분야는 오늘 새 논문 128편 가운데 12편(9.4%)으로, 지난 28 관측일의 평균 비중 1.3%(5,390편 가운데 71편)"
    "의 7.1배로 늘었다(95% 신뢰구간 3.51~13.22배, 정확 이항검정 p<0.001)."
)
SHARE_EN = (
    "“Robotics” rose to 12 of today's 128 new papers (9.4%), 7.1 times its average share of 1.3% (71 of 5,390) over "
    "the last 28 observed days (95% interval 3.51 to 13.22, exact binomial test, p<0.001)."
)
TOPIC = (
    "‘데이터 선별’ 주제의 새 논문은 최근 7 관측일에 1,229편 가운데 19편(1.5%)으로, 그 앞 21 관측일의 6.0%(4,169편 "
    "가운데 252편)보다 줄었다(로그 오즈비 z=-5.9)."
)
MODE_3D = "3D 비전: 오늘 새 논문 9편으로, 지난 28관측일의 하루 평균 2.2편보다 많다."
UP_EN = "Large Language Models: 41 new papers today, more than the mean of 24.3 over 28 observed days."
DOWN_EN = "Computer Vision: 30 new papers today, fewer than the mean of 45.2 over 28 observed days."
GONE_EN = "Quantum Computing had new papers on 26 of 28 observed days and has none today."


def found(language: str, text: str, *facts: str) -> list[str]:
    passage = Passage(text=text, language=language, kind="trend", facts=facts)
    return [fault.rule for rule in TREND_RULES for fault in rule(passage)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (UP, (UP,)),
        (DOWN, (DOWN,)),
        (GONE, (GONE,)),
        ("거대 언어 모델 분야의 새 논문은 41편으로 하루 평균 24.3편을 웃돌았다.", (UP,)),
        ("거대 언어 모델이 41편으로 가장 크게 늘었으며, 하루 평균 24.3편에 비해 많은 수준이다.", (UP,)),
        ("컴퓨터 비전은 30편에 그쳐 하루 평균 45.2편에 미치지 못했다.", (DOWN,)),
        ("반면 컴퓨터 비전 논문은 평소보다 적었다.", (DOWN,)),
        ("꾸준히 나오던 양자 컴퓨팅 논문이 오늘은 나오지 않았다.", (GONE,)),
        (
            "로보틱스는 오늘 새 논문 128편 가운데 12편(9.4%)으로, 지난 28 관측일 평균 비중 1.3%의 7.1배로 늘었다.",
            (SHARE,),
        ),
        ("로보틱스의 비중이 평소 1.3%에서 9.4%로 크게 뛰었다.", (SHARE,)),
        ("데이터 선별을 다룬 논문의 비중은 6.0%에서 최근 7 관측일 1.5%로 줄었다.", (TOPIC,)),
        ("오늘은 3D 비전과 거대 언어 모델 논문이 나란히 평소보다 많았다.", (UP, MODE_3D)),
    ],
)
def test_plain_korean_for_a_rise_a_fall_and_an_absence_passes(text: str, facts: tuple[str, ...]) -> None:
    assert found("ko", text, *facts) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (UP_EN, (UP_EN,)),
        (DOWN_EN, (DOWN_EN,)),
        (GONE_EN, (GONE_EN,)),
        ("Work on large language models rose to 41 new papers, above the mean of 24.3.", (UP_EN,)),
        ("The share of robotics rose from an average share of 1.3% to 9.4%, 7.1 times as much.", (SHARE_EN,)),
        ("Fewer papers than usual came on computer vision.", (DOWN_EN,)),
        ("No new paper on quantum computing appeared today.", (GONE_EN,)),
    ],
)
def test_plain_english_for_a_rise_a_fall_and_an_absence_passes(text: str, facts: tuple[str, ...]) -> None:
    assert found("en", text, *facts) == []


@pytest.mark.parametrize(
    ("language", "text", "facts", "rule"),
    [
        ("ko", "거대 언어 모델 논문이 평소보다 줄었다.", (UP,), "trend-direction"),
        ("ko", "거대 언어 모델 논문이 늘지 않았다.", (UP,), "trend-direction"),
        ("ko", "컴퓨터 비전 논문이 오늘은 없었다.", (DOWN,), "trend-direction"),
        ("ko", "양자 컴퓨팅 논문이 오늘 늘었다.", (GONE,), "trend-direction"),
        ("en", "Large language models fell to 41 papers.", (UP_EN,), "trend-direction"),
        ("en", "Computer vision had more papers than usual.", (DOWN_EN,), "trend-direction"),
        ("ko", "거대 언어 모델은 줄고 컴퓨터 비전은 늘었다.", (UP, DOWN), "trend-mixed"),
        ("ko", "거대 언어 모델과 양자 컴퓨팅이 늘었다.", (UP, GONE), "trend-mixed"),
        ("en", "Large language models fell and computer vision rose.", (UP_EN, DOWN_EN), "trend-mixed"),
        ("ko", "거대 언어 모델은 9편, 3D 비전은 41편으로 늘었다.", (UP, MODE_3D), "trend-joined"),
        ("ko", "거대 언어 모델은 24.3편으로 하루 평균 41편보다 많다.", (UP,), "trend-swapped"),
        ("ko", "거대 언어 모델 논문은 오늘 24.3편이었다.", (UP,), "trend-swapped"),
        ("en", "Large language models had 24.3 papers, above the mean of 41.", (UP_EN,), "trend-swapped"),
        ("ko", "로보틱스는 1.3%로 평균 9.4%보다 늘었다.", (SHARE,), "trend-swapped"),
        ("en", "Robotics has 1.3%, up on an average of 9.4%.", (SHARE_EN,), "trend-swapped"),
        ("ko", "로보틱스의 비중이 9.4%에서 1.3%로 늘었다.", (SHARE,), "trend-turned"),
        ("ko", "데이터 선별의 비중이 1.5%에서 최근 6.0%로 줄었다.", (TOPIC,), "trend-turned"),
        ("en", "Robotics rose from 9.4% to 1.3%.", (SHARE_EN,), "trend-turned"),
        ("ko", "로보틱스 논문이 평소보다 많았다.", (UP,), "trend-wording"),
        ("ko", "학회 마감을 앞두고 거대 언어 모델 논문이 늘었다.", (UP,), "trend-wording"),
        ("ko", "거대 언어 모델 논문이 늘어 관심이 뜨겁다.", (UP,), "trend-wording"),
        ("en", "Robotics rose to 41 papers today.", (UP_EN,), "trend-wording"),
        ("en", "Large language models rose because of a deadline.", (UP_EN,), "trend-wording"),
    ],
)
def test_what_the_facts_do_not_say_is_found(language: str, text: str, facts: tuple[str, ...], rule: str) -> None:
    assert rule in found(language, text, *facts)
