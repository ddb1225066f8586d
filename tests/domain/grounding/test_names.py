"""Names in a sentence stand in the paper that it cites."""

import pytest

from domain.grounding.names import names
from domain.grounding.rules import check_line
from domain.grounding.spelled import spelled_names
from domain.grounding.statement import Cited, Statement

from .statements import faults, several, spans

TRAINING = "We fine-tune Llama-3-8B and Mistral 7B on eight H100 GPUs and report BLEU on FLORES-200."
VISION = (
    "Building on Vision Transformers (ViT), Poincaré-Net uses multi-head self-attention, chain-of-thought prompts "
    r"and an $\alpha$-divergence; code-named $\text{SE}^2$D, it beats CycleGAN on Wi-Fi sensing of 3-D poses."
)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Llama-3-8B는 H100 GPU 여덟 장으로 미세 조정했다.", TRAINING),
        ("Llama 3과 Mistral을 비교했다.", TRAINING),
        ("LLaMA-3 8B를 FLORES200에서 평가한다.", TRAINING),
        ("BLEU로 평가하며 H100을 쓴다.", TRAINING),
        ("ViT를 바탕으로 MHSA와 CoT를 쓴다.", VISION),
        ("Vision Transformer와 Poincare-Net을 결합했다.", VISION),
        ("α-divergence를 최소화한다.", VISION),
        ("SE2D라 부르는 방법은 GAN 계열인 CycleGAN보다 낫다.", VISION),
        ("WiFi로 3D 자세를 알아낸다.", VISION),
        ("AI와 ML 연구자를 위한 도구다.", VISION),
        ("사슬형 사고(chain-of-thought)와 프롬프트(prompting)를 쓴다.", VISION),
        ("0.35kbps에서도 음악을 되살린다.", "It reconstructs music at 0.35kbps."),
        ("CNN으로 정확도는 90%, 크기는 7B, 공정은 65nm이다.", "A convolutional 7B model at 65 nm is 90% accurate."),
        ("Diffusion Transformer를 쓴다.", "We scale DiT to video."),
        ("챗GPT와 비교했다.", "We compare with ChatGPT."),
        ("오픈AI의 모델을 시험했다.", "We test models of OpenAI."),
        ("Finch 14B와 Qwen2.5 7B를 앞섰다.", "It beats Finch 7B/14B, Qwen2.5-7B and Qwen2.5-7B-Instruct."),
        ("sub-2B 모델이다.", "It has fewer than 2B parameters."),
        ("GPT-4o-mini와 GPT-4o는 GPT-5와 다르다.", "GPT-4o-mini and GPT-4o differ from GPT-5."),
        ("LLM-as-a-judge 방식으로 평가한다.", "An LLM serves as a judge."),
    ],
)  # fmt: skip
def test_a_name_may_be_inflected_abbreviated_or_spelled_in_another_way(text: str, evidence: str) -> None:
    assert spans(names, text, evidence) == []


@pytest.mark.parametrize(
    ("text", "evidence", "span"),
    [
        ("Llama-3-8B와 Gemma를 비교했다.", TRAINING, "Gemma"),
        ("Mixtral을 미세 조정했다.", TRAINING, "Mixtral"),
        ("A100 여덟 장을 썼다.", TRAINING, "A100"),
        ("FLORES-101에서 평가한다.", TRAINING, "FLORES-101"),
        ("Llama 2를 미세 조정했다.", TRAINING, "Llama 2"),
        ("GPT-4o를 썼다.", "We use GPT-4.", "GPT-4o"),
        ("Gemma 5B와 맞먹는다.", "It is on par with Gemma 7B and beats Finch 7B/14B.", "Gemma 5B"),
        ("Llama3.1 11B를 앞섰다.", "It beats Llama3.1 8B, and Falcon2 11B.", "Llama3.1 11B"),
        ("GPT-4를 썼다.", "We use GPT-4o.", "GPT-4"),
        ("Recall@5를 쟀다.", "We report Recall@1.", "Recall@5"),
        ("U-Net을 쓴다.", "We use DiT as the net.", "U-Net"),
        ("Mixtral 8x22B를 쓴다.", "We use Mixtral 8x7B.", "8x22B"),
        ("뇌파(EEG)를 기록했다.", "We record eye movements of readers.", "EEG"),
        ("인식적(epistemic) 불확실성을 다룬다.", "We model aleatoric uncertainty.", "epistemic"),
        ("비지도(unsupervised) 학습이다.", "The model is supervised.", "unsupervised"),
        ("ImageNet에서 평가한다.", "Each image is evaluated twice.", "ImageNet"),
        ("GPU에서 돌린다.", "We run on a TPU pod.", "GPU"),
    ],
)
def test_a_name_that_the_paper_does_not_give_is_a_fault(text: str, evidence: str, span: str) -> None:
    assert spans(names, text, evidence) == [span]


def test_a_name_may_come_from_the_title_or_from_any_cited_paper() -> None:
    assert spans(names, "RACER는 로봇을 다룬다.", "We control robots.", title="RACER: Rich Policies") == []
    assert faults(names, several("AlphaNet과 BetaNet을 견준다.", ["AlphaNet is small.", "BetaNet is large."])) == []


def test_a_name_may_come_from_a_trend_fact() -> None:
    fact = "「GammaNet for Maps」은(는) 2024-10-06에 처음 소개된 논문이다."
    shown = Statement(text="GammaNet은 앞서 소개되었다.", language="ko", kind="trend", facts=(fact,))
    assert faults(names, shown) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Fine-tuned on dialogues, Llama 3 answers well.", TRAINING + " Dialogues are answered well."),
        ("The Bayesian view helps.", "A Bayes rule is used."),
        ("Results improve on the two tasks.", TRAINING),
        ("It uses 12 GPUs and 3.5M images.", "It trains on 12 GPUs with 3.5M images."),
    ],
)
def test_english_prose_is_not_taken_for_names(text: str, evidence: str) -> None:
    assert spans(names, text, evidence, language="en") == []


@pytest.mark.parametrize(
    "text",
    [
        "I'd test it, and They’d too, so Don't and Couldn’t've are fine, But they are no names.",
        "It was tested; Let’s see whether That'll do, Whoever's is it, and He/She can say.",
        "Cost grows with O(N²). Squeezing it helps, see https://a.example/b. Training it does not.",
    ],
)
def test_a_function_word_is_no_name_wherever_it_stands_and_whatever_is_joined_to_it(text: str) -> None:
    assert spans(names, text, TRAINING, language="en") == []
    assert spans(names, f"「{text}」라고 합니다.", text.lower()) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The model is tested on MMLU.", "MMLU"),
        ("Then WHO counts the cases.", "WHO"),
        ("We've seen that Gemini'd win.", "Gemini"),
        ("Gemini is fine-tuned on eight GPUs.", "Gemini"),
        ("We fine-tune Llama 2 on eight H100 GPUs.", "Llama 2"),
        ("The BLEU score on Korean is given.", "Korean"),
    ],
)
def test_a_foreign_name_in_english_text_is_a_fault(text: str, span: str) -> None:
    assert spans(names, text, TRAINING, language="en") == [span]


@pytest.mark.parametrize(
    ("text", "evidence", "span"),
    [
        ("푸리에 급수를 기저로 쓴다.", "Chebyshev polynomials serve as the basis.", "푸리에"),
        ("라마를 미세 조정했다.", "We fine-tune Mistral 7B.", "라마"),
        ("구글의 모델보다 낫다.", "It beats a model of OpenAI.", "구글"),
        ("한국어로 평가한다.", "We evaluate in Japanese.", "한국어"),
        ("트랜스포머를 쓴다.", "We use Mamba.", "트랜스포머"),
    ],
)
def test_a_name_written_in_hangul_is_looked_up_under_its_latin_spelling(text: str, evidence: str, span: str) -> None:
    assert spans(spelled_names, text, evidence) == [span]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("체비쇼프 다항식을 쓴다.", "Chebyshev polynomials serve as the basis."),
        ("베이지안 방법이다.", "We apply Bayes' rule."),
        ("마르코프 결정 과정으로 본다.", "It is modelled as an MDP."),
        ("드라마를 요약한다.", "We summarise television series."),
        ("비전 트랜스포머를 쓴다.", "We use ViT."),
        ("디퓨전 트랜스포머를 쓴다.", "We train a diffusion transformer."),
        ("트랜스포머를 쓴다.", "Transformer-based models are used."),
    ],
)
def test_a_hangul_name_that_the_paper_has_and_a_word_that_only_contains_one_pass(text: str, evidence: str) -> None:
    assert spans(spelled_names, text, evidence) == []


@pytest.mark.parametrize("order", ["Õ((1/(Nε^2))(1+f^2/N))", "Õ((1/(Nε²))(1+f²/N))"])
def test_a_formula_is_neither_a_name_nor_a_figure(order: str) -> None:
    sentence = r"The sample complexity is of order $\tilde{O}(\frac{1}{N\epsilon^2}(1+\frac{f^2}{N}))$ for the method."
    shown = Statement(
        text=f"이 방법의 표본 복잡도는 {order} 차수이다.",
        language="ko",
        cited=(Cited(title="A method", abstract=sentence, sentences=(sentence,)),),
    )
    assert check_line(shown) == ()
