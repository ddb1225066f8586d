"""The clause of a result that stands beside a title."""

import pytest

from domain.claims import Claim
from domain.items import Item
from domain.quoting import clause

from .papers import paper


def line(result: str, *, abstract: str = "", name: str = "") -> str:
    held = paper(abstract or "We propose a tray.", result)
    claim = Claim(kind="reported", role="result", text=result)
    return clause(Item(paper_id=held.id, name=name, claims=(claim,), quoted=True), held)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (
            "Notably, TrayNet surpasses clerks in accuracy by 6.2% across 19 offices.",
            "TrayNet surpasses clerks in accuracy by 6.2% across 19 offices",
        ),
        (
            "Extensive experiments demonstrate that our tray sorts 30% more letters than clerks.",
            "our tray sorts 30% more letters than clerks",
        ),
        (
            "We find that clerks fail on wet letters, highlighting the importance of light.",
            "clerks fail on wet letters",
        ),
        ("Our tray outperforms tin by 4%; however, it rusts.", "Our tray outperforms tin by 4%"),
    ],
)
def test_the_frame_and_what_follows_from_it_are_left_out(result: str, told: str) -> None:
    assert line(result, name="TrayNet") == told


@pytest.mark.parametrize(
    "result",
    [
        "These trays outperform clerks by 12% in every office.",
        "The framework outperforms clerks by 12% in every office.",
        "Experiments demonstrate the effectiveness of our tray.",
        "Extensive tests on offices, including ours, demonstrate the superiority of tin.",
        " ".join(["Our tray outperforms clerks by 12% in offices"] * 5) + ".",
    ],
)
def test_what_does_not_stand_alone_says_nothing_or_is_long_gives_no_clause(result: str) -> None:
    assert line(result) == ""


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (
            "Tests in the PostBench rooms show that TrayNet outperforms clerks by 12%.",
            "Tests in the PostBench rooms show that TrayNet outperforms clerks by 12%",
        ),
        (
            "Comprehensive tests in dim and bright rooms indicate that TrayNet halves the errors of clerks.",
            "TrayNet halves the errors of clerks",
        ),
        (
            "For instance, TrayNet saved 48% of the time by dropping half of the stamps.",
            "TrayNet saved 48% of the time by dropping half of the stamps",
        ),
        ("TrayNet improves sorting, enabling 61% fewer errors.", "TrayNet improves sorting, enabling 61% fewer errors"),
        ("Experimental results reveal significant gaps between machines and experienced clerks.", ""),
        ("Models trained in this way surpass clerks in the dark by a wide margin.", ""),
        ("We show that TrayNet significantly improves baseline performances in every office.", ""),
        ("Our method can effectively sort letters of every kind.", ""),
    ],
)
def test_a_clause_says_of_what_and_on_what_or_is_not_told(result: str, told: str) -> None:
    assert line(result, name="TrayNet") == told


@pytest.mark.parametrize("subject", ["It", "Our method", "This framework", "The proposed system, TrayNet,"])
def test_a_subject_that_is_the_paper_itself_is_left_to_the_title(subject: str) -> None:
    result = f"{subject} greatly improves accuracy by 5% on wet letters."
    assert line(result, name="TrayNet") == "greatly improves accuracy by 5% on wet letters"


def test_what_it_is_has_to_be_the_paper_itself() -> None:
    result = "It improves accuracy by 5% on wet letters."
    assert line(result, abstract="Tin is an old material.") == ""
    assert line(result, abstract="TrayNet is made of tin.", name="TrayNet") == "improves accuracy by 5% on wet letters"


def test_a_measured_result_that_the_block_leaves_out_is_told_where_the_blocks_own_cannot_be() -> None:
    result, further = "These trays outperform clerks by 12%.", "Experiments show that tin rusts 30% faster than wood."
    held = paper("Offices lose 9% of letters.", "We propose a tray.", result, further)
    claim = Claim(kind="reported", role="result", text=result)
    assert (
        clause(Item(paper_id=held.id, name="", claims=(claim,), quoted=True), held) == "tin rusts 30% faster than wood"
    )


def test_a_name_that_only_the_abstract_introduces_gives_no_clause_unless_it_is_the_papers_own() -> None:
    result = "Our results show that PTS outperforms clerks by 12%."
    abstract = "We propose Parallel Tray Sorting (PTS)."
    assert line(result, abstract=abstract) == ""
    assert line(result, abstract=abstract, name="PTS") == "PTS outperforms clerks by 12%"


def test_a_list_is_not_cut_in_its_middle() -> None:
    result = (
        "Our tray sorts the letters of twelve towns into three classes by what became of them in the dark rooms of the "
        "northern offices: lost, delayed, and improved, which explains why clerks in the north outperform machines."
    )
    assert line(result) == ""


def test_a_condition_is_never_cut_off() -> None:
    assert "only when letters are dry" in line(
        "We show that trays outperform clerks by 12%, but only when letters are dry."
    )


def test_the_clause_with_figures_is_taken_before_the_one_without() -> None:
    held = paper("We propose a tray.")
    claims = tuple(
        Claim(kind="reported", role="result", text=text)
        for text in ("We find that clerks improve with light.", "We find that trays save 30% of the time of clerks.")
    )
    assert clause(Item(paper_id=held.id, name="", claims=claims), held) == "trays save 30% of the time of clerks"


def test_without_a_result_there_is_no_clause() -> None:
    held = paper("We propose a tray.")
    assert clause(Item(paper_id=held.id, name="", claims=()), held) == ""
