"""Which terms of the list are explained on a page."""

import pytest

from domain.terms import TermEntry, occurring, terms_of_the_day

RAG = TermEntry(names=("RAG", "검색 증강 생성"), means="찾은 문서를 보며 답하는 방식", familiar=True)
MOE = TermEntry(names=("MoE", "전문가 혼합"), means="몇 개의 전문가만 골라 계산하는 구조")
PRM = TermEntry(names=("PRM", "과정 보상 모델", "process reward model"), means="풀이 단계마다 점수를 매기는 보상 모델")
SURPRISAL = TermEntry(names=("surprisal", "서프라이절"), means="그 낱말이 얼마나 뜻밖인지를 재는 값")
DIFFUSION = TermEntry(names=("diffusion model", "확산 모델"), means="잡음을 걷어내며 만드는 모델")
LATENT = TermEntry(names=("latent diffusion", "잠재 확산 모델"), means="압축된 공간의 확산 모델")
QUANTIZED = TermEntry(names=("quantization", "양자화"), means="적은 비트로 나타내는 것")
PASS = TermEntry(names=("pass@k",), means="k번 가운데 하나라도 맞을 확률", also=("pass@*",))
SPEECH = TermEntry(names=("ASR", "음성 인식"), means="말소리를 받아쓰는 기술", near=("음성", "발화"))
ATTACK = TermEntry(names=("ASR", "공격 성공률"), means="뜻을 이룬 공격의 비율", near=("공격", "탈옥"))
ALL = (RAG, MOE, PRM, SURPRISAL, DIFFUSION, LATENT, QUANTIZED, PASS, SPEECH, ATTACK)


def names(*texts: str) -> list[str]:
    return [o.entry.names[0] for o in occurring(texts, ALL)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RAG를 썼습니다.", ["RAG"]),
        ("a rag on the floor", []),
        ("STORAGE와 RAGE", []),
        ("MoE의 전문가", ["MoE"]),
        ("MOE", []),
        ("서프라이절은 0에 가까웠습니다.", ["surprisal"]),
        ("서프라이절러는 없는 말", []),
        ("Surprisal fell to zero", ["surprisal"]),
        ("4비트로 양자화했습니다", ["quantization"]),
        ("가중치를 양자화한 모델과 비양자화 모델", ["quantization"]),
        ("과정보상 모델에서는", ["PRM"]),
        ("two process-reward models", ["PRM"]),
        ("pass@5가 올랐습니다", ["pass@k"]),
    ],
)
def test_a_term_is_found_as_a_whole_word_in_its_case_with_korean_particles(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_term_inside_a_longer_one_is_not_on_the_page() -> None:
    assert names("잠재 확산 모델을 학습했습니다.") == ["latent diffusion"]
    assert names("확산 모델과 잠재 확산 모델을 견줬습니다.") == ["diffusion model", "latent diffusion"]


def test_an_abbreviation_with_two_meanings_is_explained_by_what_stands_around_it() -> None:
    [speech] = terms_of_the_day(["음성을 ASR로 받아썼습니다."], ALL)
    [attack] = terms_of_the_day(["공격의 ASR이 71%였습니다."], ALL)
    assert (speech.meaning, attack.meaning) == (SPEECH.means, ATTACK.means)
    assert terms_of_the_day(["ASR이 올랐습니다."], ALL) == ()
    assert terms_of_the_day(["음성 비서를 노린 공격의 ASR이 올랐습니다."], ALL) == ()


def test_the_spelling_of_the_page_is_explained_with_the_one_of_the_other_script_beside_it() -> None:
    lines = ["서프라이절을 쟀습니다.", "PRM으로 골랐습니다.", "pass@10은 그대로였습니다."]
    assert [t.term for t in terms_of_the_day(lines, ALL)] == ["서프라이절(surprisal)", "PRM(과정 보상 모델)", "pass@k"]
    [named] = terms_of_the_day(["process reward model을 썼습니다."], ALL)
    assert named.term == "process reward model(과정 보상 모델)"
    [english] = terms_of_the_day(["A PRM picks."], [PRM.model_copy(update={"names": ("PRM", "process reward model")})])
    assert english.term == "PRM (process reward model)"


def test_what_is_no_longer_name_of_the_same_stands_beside_none() -> None:
    """A mean IoU is no other word for IoU, and a rating that is named after Elo says no more than Elo."""
    names = [("IoU", "mIoU", "intersection over union"), ("DINOv2", "DINO"), ("AUROC", "AUC"), ("Elo rating", "Elo")]
    listed = [TermEntry(names=each, means="a measure") for each in names]
    told = terms_of_the_day(["IoU and DINOv2 and AUROC and Elo"], listed)
    assert [term.term for term in told] == ["IoU (intersection over union)", "DINOv2", "AUROC", "Elo"]


def test_rare_terms_keep_familiar_and_explained_ones_out() -> None:
    lines = ["RAG와 MoE, PRM, 서프라이절", "양자화(가중치를 더 적은 비트로 나타내는 일)는 쉽습니다."]
    assert [t.term for t in terms_of_the_day(lines, ALL)] == [
        "MoE(전문가 혼합)",
        "PRM(과정 보상 모델)",
        "서프라이절(surprisal)",
    ]


def test_few_rare_terms_are_filled_up_to_three_with_familiar_ones_before_explained_ones() -> None:
    lines = ["양자화(가중치를 더 적은 비트로 나타내는 일)한 RAG", "MoE는 PRM(process reward model)을 씁니다."]
    assert [t.term for t in terms_of_the_day(lines, ALL)] == [
        "RAG(검색 증강 생성)",
        "MoE(전문가 혼합)",
        "PRM(과정 보상 모델)",
    ]
    assert len(terms_of_the_day(["양자화(적은 비트로 나타내는 일), MoE, RAG"], ALL)) == 3


def test_a_bracket_with_the_other_spelling_a_name_or_a_figure_explains_nothing() -> None:
    lines = ["서프라이절(surprisal)", "MoE(71.2점, 밀집 모델은 68점)", "PRM(Qwen)"]
    assert [o.explained for o in occurring(lines, ALL)] == [False, False, False]
    assert [o.explained for o in occurring(["MoE(토큰마다 몇몇 전문가만 쓰는 구조)"], ALL)] == [True]


def test_no_more_than_asked_are_explained_and_a_page_without_terms_has_none() -> None:
    many = [TermEntry(names=(f"Term{letter}",), means="뜻") for letter in "ABCDEFGHIJ"]
    text = " ".join(entry.names[0] for entry in many)
    assert len(terms_of_the_day([text], many)) == 8
    assert [t.term for t in terms_of_the_day([text], many, most=4)] == ["TermA", "TermB", "TermC", "TermD"]
    assert terms_of_the_day(["아무것도 없습니다."], many) == ()
