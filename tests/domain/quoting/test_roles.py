"""What a sentence does in its abstract."""

import pytest

from domain.quoting import roles


@pytest.mark.parametrize(
    "sentence",
    [
        "Sorting letters by hand remains slow and costly.",
        "Existing trays for wet letters suffer from rust.",
        "Little is known about how clerks read stamps.",
        "However, clerks prefer paper.",
        "Trays offer limited room and pose serious risks to clerks.",
        "We identify that existing trays ignore wet letters.",
    ],
)
def test_a_lack_that_others_have_is_a_problem(sentence: str) -> None:
    assert roles.problem(sentence) > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "Clerks sort letters every morning.",
        "Sorting means reading stamps under limited light, with the risks of every office.",
        "Despite lacking light, clerks sort letters well.",
        "We show that trays are limited by their depth.",
        "Trays have the potential to transform offices, particularly where access to clerks is limited.",
        "Sorting is critical in towns, especially when light is limited.",
        "Current trays fall short in three key dimensions.",
        "However, despite these advantages, challenges with trays still remain.",
    ],
)
def test_background_praise_and_what_is_only_counted_are_no_problem(sentence: str) -> None:
    assert roles.problem(sentence) == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a tray that sorts letters.",
        "In this paper, we first introduce TrayNet, a tray for clerks.",
        "This work presents a study of trays.",
        "We argue that trays matter, and present a tray for wet letters.",
        "We close the gap by introducing a deeper tray.",
        "A tray for wet letters is proposed.",
    ],
)
def test_what_was_made_is_said_by_its_verb(sentence: str) -> None:
    assert roles.makes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We hope to propose a tray one day.",
        "Clerks propose trays.",
        "We apply trays to parcels.",
        "Trays are made of tin.",
    ],
)
def test_what_others_make_or_the_authors_hope_was_not_made(sentence: str) -> None:
    assert not roles.makes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "TrayNet outperforms TinTray by 12% on wet letters.",
        "We find that clerks do not read stamps.",
        "Our results show that light matters more than training.",
        "Experiments on three offices demonstrate that TrayNet halves the time.",
        "While bigger trays yield small improvements on their own, they improve the accuracy of clerks.",
        "By adding light, the accuracy of clerks is consistently improved.",
        "We test ten clerks, finding that the best achieves 41.8% accuracy.",
        "Both trays are shown to hold every letter of the town.",
        "Tested on wet letters, the tray reads stamps that clerks do not see.",
        "Comparisons on three offices put the tray ahead of the best clerks.",
        "A second result sets a limit, because some letters always fall beside the tray.",
        "We present TinTray, a tray of tin, and show that it is superior to trays of wood.",
        "We ask clerks in two offices (Bath and Cork), finding that trays help them.",
        "Our results reveal large gaps between clerks, underscoring the need for light.",
        "Our trays achieved first and second place in the contest.",
        "The tray is able to outperform clerks in every office.",
        "The tray of tin performed better, with an accuracy of 0.72 on wet letters.",
    ],
)
def test_what_came_out_is_a_result(sentence: str) -> None:
    assert roles.result(sentence) > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a tray that improves accuracy by 5%.",
        "We conduct experiments on letters from three offices.",
        "We evaluate ten clerks on 2,000 letters.",
        "We achieve this by an iterative search over trays.",
        "We validate TrayNet across two offices.",
        "TrayNet comprises 2,377 letters in three languages.",
        "TrayNet introduces a deeper tray that outperforms tin by 4%.",
        "Recent studies show that clerks misread 10% of the stamps.",
        "For wet letters, we employ a majority vote of clerks to boost performance.",
        "We observe that existing trays are not suitable for wet letters.",
        "TrayNet can improve the accuracy of clerks by reading stamps.",
        "Clerks sort letters every morning.",
        "TrayNet undergoes long training to embed its rules and enhance the capabilities of clerks.",
        "However, copying the trays of machines leads to a decline in accuracy.",
        "We contend that order is best achieved by trays of several floors.",
        "The stamps are bent to match the corners of the letters, resulting in smooth stacks.",
        "A tray should show the performance of its clerks.",
        "A long experiment is described that has clerks name the letters.",
    ],
)
def test_methods_sizes_setups_and_what_others_found_are_no_results(sentence: str) -> None:
    assert roles.result(sentence) == 0


def test_the_larger_finding_beats_the_smaller_and_praise_comes_last() -> None:
    figures = roles.result("Experiments show that TrayNet surpasses TinTray by 12% on wet letters.")
    main = roles.result(
        "We find that the most substantial improvements come from light, while bigger trays do not help."
    )
    small = roles.result("We find that paper has an effect.")
    praise = roles.result("Experiments demonstrate the effectiveness of our tray.")
    assert figures > small and main > small > praise


@pytest.mark.parametrize(
    "sentence",
    [
        "Code is available at https://example.org/tray.",
        "We will release our data and models.",
        "Can trays sort letters?",
        "We make two contributions: First, a tray.",
        "In this paper, we tackle sorting through three key contributions.",
        "Our contributions are as follows:",
        "We propose a tray.",
    ],
)
def test_releases_questions_and_half_lists_stand_under_no_label(sentence: str) -> None:
    assert not roles.quotable(sentence)


def test_the_address_of_the_code_does_not_hide_what_was_made() -> None:
    assert roles.quotable(
        "We present TrayNet (https://example.org/tray), an open tray that sorts wet letters by weight and by the "
        "colour of their stamps."
    )


def test_two_sentences_without_a_space_between_are_told_but_stand_under_no_label() -> None:
    glued = " ".join(["Letters that come from far away are often wet when they arrive"] * 4) + (
        " in the office.To sort letters of every kind, we propose a tray of tin."
    )
    assert roles.tellable(glued) and not roles.quotable(glued)


@pytest.mark.parametrize(
    "sentence",
    [
        "Extensive experiments demonstrate the care, speed, and superior grip of our tray.",
        "Extensive experiments demonstrate the even weight, sorting speed, and superior grip of our tray.",
        "We aim to show clerks a better way to work.",
    ],
)
def test_praise_of_oneself_and_an_aim_are_no_results(sentence: str) -> None:
    assert roles.result(sentence) == 0


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("We propose TrayNet, a novel recipe that elevates sorting beyond the usual.", False),
        ("We propose TrayNet, an efficient framework for integrating lamps.", False),
        ("We propose TrayNet, a novel framework, aimed at transforming offices by automating work.", False),
        ("Traditional trays combine weight and colour but fail on wet letters.", False),
        ("We propose TrayNet, a tray that combines weight and colour.", True),
        ("TrayNet enables clerks to rest by dimming the lamp.", True),
        ("We introduce WetMail, a set of 2,000 letters.", True),
    ],
)
def test_what_a_thing_does_is_told_from_what_it_is_good_for(sentence: str, does: bool) -> None:
    assert roles.explains(sentence) == does


def test_an_aim_with_what_is_done_about_it_is_more_than_an_aim() -> None:
    assert roles.aims("We tackle the problem of reading wet stamps.")
    assert not roles.aims("We tackle the problem of reading wet stamps by drying them.")
    assert not roles.aims("This study focuses on wet stamps and compares twelve clerks.")


def test_who_beats_whom_is_a_result_without_figures_too() -> None:
    assert roles.result("On RLbench, RACER beats the Robotic View Transformer (RVT) in unseen tasks.") > 0
