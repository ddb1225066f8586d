"""What stands as tags beside a title."""

from domain.quoting import tags

from .papers import paper


def test_models_and_benchmarks_and_figures_with_what_they_count() -> None:
    held = paper(
        "We propose a benchmark, LetterBench, with 2,377 questions in 12 languages.",
        "We evaluate GPT-4o and Qwen2.5-7B on LetterBench and GSM8K.",
    )
    assert tags(held) == ("LetterBench", "GPT-4o", "Qwen2.5-7B", "2,377 questions", "12 languages")


def test_what_the_title_says_already_is_no_tag() -> None:
    assert tags(paper("We ask GPT-4o and Qwen2.5-7B.", title="What GPT-4o knows of letters")) == ("Qwen2.5-7B",)


def test_what_others_have_and_half_a_range_are_not_the_papers_own_figures() -> None:
    held = paper(
        "We propose a tray.", "It is surpassing machines with up to 78B parameters, from 1.5B to 14B parameters."
    )
    assert tags(held) == ()


def test_figures_before_the_paper_speaks_of_itself_are_background() -> None:
    assert tags(paper("Models have reached 80B parameters on MMLU.", "We propose a tray.")) == ()


def test_a_figure_keeps_the_word_that_hedges_it_and_no_bare_figure_is_a_tag() -> None:
    assert tags(paper("We collect over 500 letters and more than 40 hours of speech.")) == ("more than 40 hours",)
    assert tags(paper("We improve by 12% and 3.5.")) == ()


def test_a_number_of_things_that_could_be_anything_is_no_tag_unless_their_kind_is_told() -> None:
    held = paper("We propose a tray.", "We use 30 samples, 97 new scenes and 900 stamped objects of 20 participants.")
    assert tags(held) == ("900 stamped objects",)


def test_a_models_name_is_not_cut_short_and_no_measure_is_a_name() -> None:
    held = paper("We evaluate Llama-3.2-Vision and ControlNet++ on letters.", "We outperform clerks at 44.1kHz.")
    assert tags(held) == ("Llama-3.2-Vision", "ControlNet++")


def test_there_are_at_most_five() -> None:
    named = "We evaluate GPT-4o, Llama-3, Mistral-7B, Gemini-2.0, Claude 3.5, DeepSeek and Gemma on MMLU and GSM8K."
    assert len(tags(paper(named, "We use 100 images, 200 videos, 300 papers and 12 languages."))) == 5


def test_a_model_is_named_once_in_its_fullest_form() -> None:
    assert tags(paper("We train Qwen2.5 and compare with Qwen2.5-7B.")) == ("Qwen2.5-7B",)
