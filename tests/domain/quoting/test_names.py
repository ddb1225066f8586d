"""Names: a paper's own, and those that a sentence introduces."""

import pytest

from domain.quoting import own_name
from domain.quoting.names import introduced, mentioned, names_it

from .papers import paper


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("TrayNet: sorting letters", "We propose a tray.", "TrayNet"),
        ("Wet Mail: a set of letters", "We build Wet Mail for clerks.", "Wet Mail"),
        ("Sorting letters", "We propose TrayNet, a tray that weighs letters.", "TrayNet"),
        ("Sorting letters", "We introduce a tray called Tom.", ""),
        ("Wet-Trays", "We present wet-trays, a way to sort letters.", "Wet-Trays"),
        ("Sort! Reading stamps at night", "We introduce Sort!, a tray that weighs letters.", "Sort!"),
        ("The letter duality", "Our method, Tray, weighs letters twice.", "Tray"),
        ("Sorting letters", "Using weights, we propose a method called TrayNet, which sorts.", "TrayNet"),
        ("Sorting letters", "We propose careful tray sorting (CTS), which weighs letters.", "CTS"),
        ("Sorting letters", "We propose a tray by applying letter reading (LR) to stamps.", ""),
        ("A survey of trays: past and present", "We survey trays.", ""),
        ("How clerks read: a study", "We study clerks.", ""),
        ("Sorting letters", "Clerks like TinTray.", ""),
    ],
)
def test_a_paper_has_the_name_it_gives_itself_or_none(title: str, abstract: str, name: str) -> None:
    assert own_name(paper(abstract, title=title)) == name


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We propose Parallel Tray Sorting (PTS) for clerks.", {"PTS"}),
        ("We build a set of letters called WetMail.", {"WetMail"}),
        ("To train clerks, we propose Letter Funnel.", {"Letter Funnel"}),
        ("Clerks tire early, which we call tray fatigue.", {"tray fatigue"}),
        ("Rare letters (i.e., wet letters) matter.", {"wet letters"}),
    ],
)
def test_a_sentence_introduces_the_names_it_gives(sentence: str, names: set[str]) -> None:
    assert names <= introduced(sentence)


def test_names_known_to_everybody_and_names_only_used_are_not_introduced() -> None:
    assert introduced("Large language models (LLMs) read letters.") == frozenset()
    assert "TinTray" not in introduced("TinTray jams on wet letters.")


def test_names_are_told_from_words_and_sizes() -> None:
    assert mentioned("SortBench and R1 read 7B letters for LLMs in English.") == ("SortBench", "R1")
    assert names_it("PTS", "All PTSs jam.") and not names_it("PTS", "OPTS jam.")
