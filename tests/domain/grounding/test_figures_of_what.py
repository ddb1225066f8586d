"""Figures that stand in the source and are told of something else there."""

import pytest

from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Statement

SAID = (
    "Tarn improves accuracy by 12.3% on ImageNet.",
    "On CIFAR-10 it is 4.5% better than ResNet.",
    "It cuts latency by 40% and memory to 30% of the original.",
    "Tarn outperforms ViT by 7.7 points.",
    "It gains 9.6%, 6.6%, and 3.9% on Brook, Moor, and Fell, respectively.",
    "It is trained on 500 problems and 24 datasets with 3.1B visual and 3.5B text parameters.",
    "Recall rises from 61% to 74%.",
    "It runs 1.7x faster with 2.4x better memory usage.",
    "In all 95% of the candidates were removed.",
    "It lifts precision by 8.8%, while requiring a marginal increase of 8.8% in parameters.",
    "It serves up to 18 users and over 9,000 requests at an average of 25 ms.",
)


def rules(text: str, language: str = "ko", said: tuple[str, ...] = SAID) -> set[str]:
    cited = Cited(title="Tarn", abstract=" ".join(said), sentences=said)
    return {fault.rule for fault in check_line(Statement(text=text, language=language, cited=(cited,)))}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Brook에서 9.6%, Moor에서 6.6% 높았다.", "Brook에서 6.6%, Moor에서 9.6% 높았다."),
        ("문제 500개와 데이터셋 24개로 학습했다.", "문제 24개와 데이터셋 500개로 학습했다."),
        ("데이터셋 24개와 문제 500개로 학습했다.", "데이터셋 500개와 문제 24개로 학습했다."),
        ("시각 파라미터는 3.1B, 텍스트 파라미터는 3.5B다.", "시각 파라미터는 3.5B, 텍스트 파라미터는 3.1B다."),
        ("1.7배 빠르고 메모리는 2.4배 낫다.", "2.4배 빠르고 메모리는 1.7배 낫다."),
        ("Fell과 Brook에서 각각 3.9%와 9.6% 높았다.", "Fell과 Brook에서 각각 9.6%와 3.9% 높았다."),
    ],
)
def test_two_figures_are_not_exchanged_whatever_order_they_are_told_in(right: str, wrong: str) -> None:
    assert rules(right) == set()
    assert rules(wrong) == {"figure-swap"}


def test_two_figures_are_not_exchanged_in_english() -> None:
    assert rules("It gains 6.6% on Moor and 9.6% on Brook.", "en") == set()
    assert rules("It gains 9.6% on Moor and 6.6% on Brook.", "en") == {"figure-swap"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ImageNet에서 12.3% 높였다.", "CIFAR-10에서 12.3% 높였다."),
        ("ResNet보다 4.5% 낫다.", "ViT보다 4.5% 낫다."),
        ("ViT를 7.7점 앞섰다.", "ResNet을 7.7점 앞섰다."),
        ("지연을 40% 줄였다.", "메모리를 40% 줄였다."),
        ("정확도를 12.3% 높였다.", "재현율을 12.3% 높였다."),
        ("속도를 1.7배 높였다.", "정확도를 1.7배 높였다."),
        ("파라미터를 8.8% 더 쓴다.", "재현율을 8.8% 높인다."),
        ("정밀도를 8.8% 높인다.", "지연을 8.8% 높인다."),
    ],
)
def test_a_figure_keeps_its_rival_its_benchmark_and_its_measure(right: str, wrong: str) -> None:
    assert rules(right) == set()
    assert rules(wrong) == {"figure-owner"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("지연이 40% 줄었다.", "지연이 40%로 줄었다."),
        ("메모리를 원래의 30%로 줄였다.", "메모리를 30% 줄였다."),
        ("메모리를 30% 수준으로 낮췄다.", "메모리를 30%나 낮췄다."),
        ("재현율이 61%에서 74%로 올랐다.", "재현율이 74%에서 61%로 올랐다."),
        ("메모리는 원래의 30%밖에 안 쓴다.", "메모리를 30% 덜었으니 30% 줄었다."),
        ("후보의 95%를 걸러 냈다.", "후보의 95%가 살아남았다."),
    ],
)
def test_by_how_much_and_to_what_are_told_apart(right: str, wrong: str) -> None:
    assert rules(right) == set()
    assert rules(wrong) == {"figure-change"}


def test_by_how_much_and_to_what_are_told_apart_in_english() -> None:
    assert rules("Latency falls by 40%, a 40% reduction.", "en") == set()
    assert rules("Latency is reduced to 40%.", "en") == {"figure-change"}


def test_what_is_saved_of_the_whole_is_not_what_it_comes_to() -> None:
    said = ("Tarn reduces the FLOPs of vision models by up to 80%.",)
    for right in ("Tarn saves vision models up to 80% of their FLOPs.", "It avoids up to 80% of the compute."):
        assert "figure-change" not in rules(right, "en", said)
    assert "figure-change" in rules("To save time, Tarn needs up to 80% of the FLOPs.", "en", said)


def test_who_did_something_and_over_how_many_is_neither_a_change_nor_a_bound() -> None:
    said = ("Preferences from 678 creatives over 11,012 comparisons show that the best model wins 61% of the time.",)
    for right in ("Preferences by 678 creatives were counted.", "Creatives compared models in pairs, 11,012 times."):
        assert rules(right, "en", said) == set()
    assert rules("Creatives compared models in pairs, 11,102 times.", "en", said) != set()
    gains = ("It yields gains of up to +0.56 dB and a minimum increase of 25% in accuracy.",)
    assert rules("It gains up to 0.56 dB and at least 25% in accuracy.", "en", gains) == set()
    assert rules("It gains 0.56 dB in accuracy.", "en", gains) == {"figure-bound"}
    assert rules("The loss fell by 678 points.", "en", ("The loss fell from 678 points.",)) == {"figure-change"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("사용자 최대 18명을 받는다.", "사용자 18명 이상을 받는다."),
        ("요청 9,000건 넘게 처리한다.", "요청 9,000건을 처리한다."),
        ("응답은 평균 25ms다.", "응답은 25ms다."),
        ("정확도를 12.3% 높였다.", "정확도를 최대 12.3% 높였다."),
        ("지연을 40% 줄였다.", "지연을 40% 넘게 줄였다."),
        ("정확도를 12.3% 높였다.", "정확도를 평균 12.3% 높였다."),
    ],
)
def test_a_bound_or_an_average_is_neither_lost_nor_made(right: str, wrong: str) -> None:
    assert rules(right) == set()
    assert rules(wrong) == {"figure-bound"}


def test_of_several_figures_the_largest_is_what_all_are_up_to() -> None:
    assert rules("이득은 최대 9.6%다.") == set()
    assert rules("이득은 3.9% 이상이다.") == set()
    assert rules("이득은 최대 3.9%다.") == {"figure-bound"}


def test_what_was_beaten_is_no_bound() -> None:
    assert rules("ViT의 7.7점을 웃돌았다.") == set()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("24층까지 줄이면 18%를 잃는다.", "24층까지 줄여도 9.7%만 잃는다."),
        (
            "Rill은 실외 오차가 Brook에서 13.59m, Moor에서 3.45m다.",
            "Rill은 실외 오차가 Brook에서 3.45m, Moor에서 13.59m다.",
        ),
        ("노출은 10% 아래, 중복은 16~27%다.", "노출은 16~27%, 중복은 10% 아래다."),
        ("Recall@10 93.21, Rmean 84.43을 기록했다.", "Recall@10 84.43, Rmean 93.21을 기록했다."),
    ],
)
def test_figures_are_told_with_what_they_stand_with(right: str, wrong: str) -> None:
    said = (
        "Layers can be reduced from 36 to 28 with a 9.7% loss, and to 24 layers with an 18% loss.",
        "It has an error of 13.59m outdoors in Brook, and 3.45m in Moor's outdoor scenario.",
        "It keeps item exposure below 10% and test overlap at 16-27%.",
        "It achieves a Recall@10 of 93.21 and an Rmean of 84.43.",
    )
    cited = Cited(title="Rill", abstract=" ".join(said), sentences=said)

    def found(text: str) -> tuple[str, ...]:
        return tuple(fault.rule for fault in check_line(Statement(text=text, language="ko", cited=(cited,))))

    assert found(right) == ()
    assert set(found(wrong)) & {"figure-swap", "figure-owner"}


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("다섯 건에 세 건꼴로 맞혔다.", "It is right in 62.1% of cases.", "ko"),
        ("열 건 가운데 네 건 가까이는 빗나갔다.", "It is right in 62.1% of cases.", "ko"),
        ("스무 배가 넘는다.", "The error is 0.55m indoors and 13.59m outdoors.", "ko"),
        ("3분의 1 가까이 깎였다.", "It drops by 32%.", "ko"),
        ("Sixty-five percent of twenty trials means thirteen hits.", "Across twenty trials it reached 65%.", "en"),
        ("The score of 78.5 is half as high again as the old one, roughly 52.", "It scores 78.5, a 50% gain.", "en"),
        ("데이터셋은 합쳐 여섯 벌이다.", "We join Rill with five datasets and one more.", "ko"),
        ("문항의 1%에도 못 미친다.", "Of 5,608 items only 42 are used.", "ko"),
        ("차이는 10%포인트 넘게 벌어졌다.", "It gains 14.9 points and 4.3 points.", "ko"),
        ("스무 개에 하나도 안 남았다.", "Over 95% of the candidates were removed.", "ko"),
        ("21.1%포인트 올라 46.1%가 됐으니 출발점은 25%다.", "It gains an absolute +21.1% (to 46.1%).", "ko"),
        ("교란은 합쳐 열여섯 가지다.", "It has 8 visual, 5 textual, and 3 crossed ones.", "ko"),
        ("Ten sets were used, four plain and six crossed.", "We use four plain and six crossed sets.", "en"),
        ("84%로 평균보다 10%포인트 높다.", "Experts average 74%, and the model reaches 84%.", "ko"),
        ("절반이 넘는 질문에 틀렸다.", "It fails on 62% of the questions.", "ko"),
        ("두 배 넘게 빨라졌다.", "It is 2.4x faster.", "ko"),
        ("한 시간 반이면 된다.", "It takes 90 minutes.", "ko"),
        ("0과 1로 말한다.", "The teacher gives binary answers.", "ko"),
    ],
)
def test_one_step_of_arithmetic_is_allowed(text: str, said: str, language: str) -> None:
    cited = Cited(title="Rill", abstract=said, sentences=(said,))
    assert check_line(Statement(text=text, language=language, cited=(cited,))) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("답은 늦어도 1.8초 안에 온다.", "Its median response time is 1.8 seconds."),
        ("차이는 10%를 넘지 않았다.", "It wins by over 10%."),
        ("1,000개 가까이 담았다.", "It has more than 1000 backbones."),
        ("열 계단 이내로 흔들렸다.", "They shift by more than 10 positions."),
        ("오차는 3.5m를 조금 웃돌았다.", "It keeps under 3.5 m of error."),
    ],
)
def test_a_median_is_no_limit_and_what_is_exceeded_is_none(text: str, said: str) -> None:
    cited = Cited(title="Rill", abstract=said, sentences=(said,))
    assert [f.rule for f in check_line(Statement(text=text, language="ko", cited=(cited,)))] == ["figure-bound"]
