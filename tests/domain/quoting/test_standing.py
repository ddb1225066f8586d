"""Which sentences stand alone, and what the others need before them."""

import pytest

from domain.quoting.standing import hangs, leans

HANGING = (
    "However, letters are rarely sorted twice.",
    "To address this, we propose a second tray.",
    "To bridge this gap, we build a wider tray.",
    "To this end, we hire a clerk.",
    "This makes sorting slow.",
    "These trays are made of tin.",
    "Such trays are heavy.",
    "It also sorts parcels.",
    "They fail on wet paper.",
    "Its weight is a drawback.",
    "Motivated by this insight, we cut the tray in two.",
    "Building on these findings, we add a lid.",
    "Based on our analysis, we move the lid.",
    "Moreover, the lid closes by itself.",
    "In particular, the lid has a spring.",
    "For example, the spring pushes letters down.",
    "Second, the clerk reads the address.",
    "Finally, the letters leave the room.",
    "The latter is cheaper.",
    "The two trays are joined by a hinge.",
    "Each tray is emptied at noon.",
    "Both trays are full by noon.",
    "We also weigh the letters.",
    "We then stack them.",
    "We compare it with a machine.",
    "For thick letters, it jams.",
    "To use it well, we train every clerk.",
    "Existing methods rely on luck.",
    "While current approaches read the stamp, they skip the address.",
    "One reason is the poor light.",
    "A common approach involves stamps.",
    "As a fundamental problem of offices, sorting needs light.",
    "Another problem is dust.",
    "With the proposed lid, clerks rest more.",
    "We explore an alternative: no tray at all.",
    "Despite they look alike, the trays differ in depth.",
    "The results suggest that clerks need light.",
    "TrayNet is a tray that addresses these shortcomings.",
    "Clerks prefer both of our trays.",
    "Building on the sorted letters, we train a clerk.",
    "To let clerks use both trays, we cut the table.",
    "Even with poor light, it sorts letters.",
    "For each letter, we read the stamp.",
    "Building on the 3D-printed tray, we train a clerk.",
    "By weighing, reading, and stacking, they turn letters into piles.",
    "Due to the complexity of the problem, clerks assume a single colour.",
    "The price of both is shown to be low.",
    "A longer lunch helps once more.",
)
STANDING = (
    "Sorting letters by hand is slow.",
    "In this paper, we propose TrayNet, a tray that sorts letters.",
    "This work introduces a tray for wet letters.",
    "In this technical report, we describe a tray.",
    "Despite recent advances in optics, reading addresses remains hard.",
    "While clerks are fast, they tire after lunch.",
    "It is well known that clerks tire after lunch.",
    "At its core, TrayNet learns where letters belong.",
    "Notably, TrayNet sorts 30% more letters than a clerk.",
    "Existing methods for reading addresses rely on luck.",
    "Recent work on trays such as TinTray relies on luck.",
    "Both clerks and machines misread stamps.",
    "Trays help both clerks and machines.",
    "The price of both trays and clerks is low.",
    "A clerk is called once more than ten letters wait.",
    "Letters that arrive late are rare, and those that arrive wet are rarer.",
    "Unlike earlier trays, TrayNet has no lid.",
    "Instead of reading stamps, TrayNet weighs letters.",
    "Next-day delivery depends on sorting.",
    "First-class letters are sorted by night.",
    "In contrast to parcels, letters are thin.",
    "Here, we propose a tray that sorts letters.",
    "There is no tray for wet letters.",
    "Letters carry stamps, and these stamps carry dates.",
    "To speed up sorting, we cut the tray in two.",
    "We show that letters fade in the sun.",
    "Our tray outperforms a machine by 12%.",
    "The success of sorting depends on light.",
    "Recent works have made significant progress in reading stamps by their colour.",
)


@pytest.mark.parametrize("sentence", HANGING)
def test_a_sentence_that_points_back_hangs_on_the_one_before_it(sentence: str) -> None:
    assert hangs(sentence)


@pytest.mark.parametrize("sentence", STANDING)
def test_a_sentence_that_names_what_it_speaks_of_stands_alone(sentence: str) -> None:
    assert not hangs(sentence)


def test_what_opens_an_abstract_and_points_back_can_never_be_told() -> None:
    assert leans(("These trays are heavy.", "Clerks are strong."), "Trays") == (None, ())


def test_to_address_this_may_mean_a_problem_told_a_little_before() -> None:
    texts = (
        "Sorting letters by hand remains slow.",
        "Most letters arrive in the morning.",
        "To address this, we propose a tray for clerks.",
    )
    assert leans(texts, "Trays")[2] == (frozenset({0, 1}),)


def test_to_achieve_this_means_the_sentence_before_alone() -> None:
    texts = (
        "Sorting letters by hand remains slow.",
        "Letters should be sorted by noon.",
        "To achieve this, we propose a tray for clerks.",
    )
    assert leans(texts, "Trays")[2] == (frozenset({1}),)


def test_a_name_needs_the_sentence_that_introduces_it_unless_the_title_does() -> None:
    texts = (
        "We propose Parallel Tray Sorting (PTS) for clerks.",
        "Clerks like tin.",
        "Experiments show that PTS saves 20% of the time.",
    )
    assert leans(texts, "Sorting letters")[2] == (frozenset({0}),)
    assert leans(texts, "PTS: sorting letters")[2] == ()


def test_the_model_means_the_sentence_that_says_what_was_made() -> None:
    texts = (
        "Letters are many.",
        "We propose a tray that learns to sort.",
        "Clerks like tin.",
        "The model learns from old letters.",
    )
    assert leans(texts, "Trays")[3] == (frozenset({1}),)


def test_what_was_mentioned_above_is_out_of_reach() -> None:
    texts = ("Letters are many.", "The aforementioned letters are late.")
    assert leans(texts, "Letters")[1] is None
