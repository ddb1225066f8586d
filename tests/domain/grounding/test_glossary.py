"""Terms are rendered as the glossary says, and only where the paper has them."""

import pytest

from domain.grounding.glossary import Glossary, Term, concepts, terms

from .passages import faults, passage, spans

GLOSSARY = Glossary(
    language="ko",
    terms=(
        Term(en=("fine-tuning", "fine-tun*"), accepted=("미세 조정", "파인튜닝"), wrong=("세분화 튜닝",), strict=True),
        Term(en=("agent", "agents"), accepted=("에이전트",), wrong=("요원",)),
        Term(en=("positive ~ exponent", "positive ~ exponents"), accepted=("양의 지수",), wrong=("긍정적인 ~지수",)),
        Term(en=("diffusion model", "diffusion models"), near=("denois*",), accepted=("확산 모델",), specific=True),
        Term(en=("dialogue system",), near=("dialog*", "convers*"), accepted=("대화 시스템",), specific=True),
    ),
)
RULE, CONCEPTS = terms(GLOSSARY), concepts(GLOSSARY)


@pytest.mark.parametrize(
    ("text", "evidence", "span"),
    [
        ("모델을 세분화 튜닝했다.", "We fine-tuned the model.", "세분화 튜닝"),
        ("세분화튜닝을 거쳤다.", "After finetuning it works.", "세분화튜닝"),
        ("2단계 대화 요원을 제안한다.", "We propose a conversational agent.", "요원"),
        ("긍정적인 리아푸노프 지수를 얻었다.", "Positive Lyapunov exponents were found.", "긍정적인 리아푸노프 지수"),
    ],
)
def test_a_wording_that_the_glossary_calls_wrong_is_a_fault(text: str, evidence: str, span: str) -> None:
    [fault] = faults(RULE, passage(text, evidence))
    assert (fault.rule, fault.span) == ("term", span)


def test_the_reason_names_the_accepted_wording() -> None:
    [fault] = faults(RULE, passage("세분화 튜닝을 했다.", "We use fine-tuning."))
    assert "미세 조정" in fault.reason and "fine-tuning" in fault.reason


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("현장 요원의 보고서를 분류한다.", "We classify reports of field officers."),
        ("요원한 목표다.", "The goal of the agent is far away."),
        ("소요원인을 찾는다.", "The agent finds causes."),
        ("긍정적인 결과와 지수 함수를 보인다.", "An exponential function appears."),
        ("모델을 미세조정했다.", "We fine-tuned the model."),
    ],
)
def test_the_same_letters_pass_where_the_paper_means_something_else(text: str, evidence: str) -> None:
    assert spans(RULE, text, evidence) == []


def test_an_english_gloss_stands_behind_an_accepted_wording() -> None:
    evidence = "Fine-tuning helps."
    assert spans(RULE, "미세 조정(fine-tuning)이 도움이 된다.", evidence) == []
    assert spans(RULE, "정밀 손질(fine-tuning)이 도움이 된다.", evidence) == ["손질(fine-tuning)"]


def test_a_strict_term_does_not_stand_in_english_alone() -> None:
    assert spans(RULE, "fine-tuning이 도움이 된다.", "Fine-tuning helps.") == ["fine-tuning"]


def test_a_specific_term_needs_its_english_or_something_near_it_in_the_paper() -> None:
    assert spans(CONCEPTS, "확산 모델을 쓴다.", "We train a GAN.") == ["확산 모델"]
    assert spans(CONCEPTS, "확산 모델을 쓴다.", "A diffusion model is used.") == []
    assert spans(CONCEPTS, "확산 모델을 쓴다.", "A denoising network is used.") == []


def test_an_english_sentence_is_held_to_the_same_terms() -> None:
    assert spans(CONCEPTS, "A dialogue system is built.", "We study clinical notes.", language="en") == [
        "dialogue system"
    ]
    assert spans(CONCEPTS, "A dialogue system is built.", "The dialogue system works.", language="en") == []


def test_an_analysis_may_name_a_concept_of_its_own() -> None:
    assert faults(CONCEPTS, passage("대화 시스템에도 쓸 수 있다.", "We study notes.", kind="analysis")) == []


def test_only_terms_that_occur_are_shown_to_a_prompt() -> None:
    held = GLOSSARY.occurring(["Agents need fine-tuned models."])
    assert [t.name for t in held] == ["fine-tuning", "agent"]
