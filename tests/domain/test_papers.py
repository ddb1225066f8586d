"""When two records are one paper, and what is left of them when they become one."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from domain.papers import Paper, arxiv_id, cleanness, merge, one_line, paper_id, same_work, title_key
from domain.sentences import Sentence

ABSTRACT = (
    "Long documents are hard for language models. We propose a memory that keeps what was read and forgets the rest. "
    "It raises accuracy by 4.5 points on three benchmarks."
)
OTHER = (
    "Robots drop what they cannot see. We fit a tactile sensor to each finger and learn a grasp from a hundred trials. "
    "Slips fall by half."
)


def record(title: str, id: str = "", abstract: str = "", **more: Any) -> Paper:
    return Paper(id=paper_id(title, id), title=title, abstract=abstract, **more)


def titles(records: Sequence[Paper]) -> list[str]:
    return [p.title for p in merge(records)]


@pytest.mark.parametrize(
    "text",
    [
        "2409.14674",
        " 2409.14674v3\n",
        "arXiv:2409.14674v1",
        "oai:arXiv.org:2409.14674",
        "http://arxiv.org/abs/2409.14674v1",
        "https://arxiv.org/abs/2409.14674",
        "https://arxiv.org/abs/2409.14674/",
        "https://www.arxiv.org/abs/2409.14674v12",
        "https://export.arxiv.org/abs/2409.14674?context=cs.LG",
        "https://arxiv.org/pdf/2409.14674",
        "https://arxiv.org/pdf/2409.14674v2.pdf",
        "https://arxiv.org/html/2409.14674v1#S3.p2",
        "https://doi.org/10.48550/arXiv.2409.14674",
    ],
)
def test_every_spelling_of_an_arxiv_id_is_one_id_without_version(text: str) -> None:
    assert arxiv_id(text) == "2409.14674"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("https://arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001"),
        ("cs/0501001", "cs/0501001"),
        ("http://arxiv.org/pdf/math/0309136", "math/0309136"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("HEP-TH/9901001", "hep-th/9901001"),
        ("0704.0001", "0704.0001"),
    ],
)
def test_an_old_id_keeps_its_archive_and_not_its_subject_class(text: str, known: str) -> None:
    assert arxiv_id(text) == known


@pytest.mark.parametrize(
    "text",
    [
        *("", "https://deeplearn.org/arxiv/539801/some-title", "https://openreview.net/forum?id=2409.14674"),
        *("12409.14674", "2409.146745", "2409.146", "10.1145/2409.14674", "v2409.14674", "cs/05010012"),
    ],
)
def test_what_only_looks_like_an_arxiv_id_is_none(text: str) -> None:
    assert arxiv_id(text) is None


def test_the_first_address_that_holds_an_arxiv_id_gives_the_id() -> None:
    assert paper_id("A Title", "", "https://x.example/1", "arXiv:2409.00001v2", "2409.00002") == "arxiv:2409.00001"


def test_a_paper_without_an_arxiv_id_is_known_by_its_title_however_it_is_printed() -> None:
    ids = {paper_id(title, "https://x.example") for title in ("A Title: Of Things", "a title -- OF  things")}
    (only,) = ids
    assert only.startswith("title:") and len(only) == len("title:") + 16
    assert paper_id("Another Title") != only


@pytest.mark.parametrize(
    "printed",
    [
        *("RACER: Rich Language-Guided Failure Recovery", "RACER : Rich Language Guided Failure Recovery"),
        *("racer rich language‑guided failure recovery", "{RACER}: Rich \\emph{Language}-Guided Failure Recovery"),
        *("RACER: Rich\nLanguage-Guided Failure\tRecovery.", "ＲＡＣＥＲ: Rich Language-Guided Failure Recovery"),
        "Rácer: Rich Language-Guided Failure Recovery",
    ],
)
def test_a_title_has_one_key_for_every_way_of_printing_it(printed: str) -> None:
    assert title_key(printed) == "racerrichlanguageguidedfailurerecovery"


def test_titles_that_differ_in_a_letter_a_number_or_a_script_have_keys_of_their_own() -> None:
    several = ["GPT-4", "GPT-5", "GPT-4o", "한국어 모델", "한국어 모형", "!!!", "???", "O'Net"]
    assert len({title_key(t) for t in several}) == len(several)
    assert title_key("한국어 모델") == "한국어모델"
    assert title_key(" !!! ") == "!!!"


def test_titles_that_differ_in_the_point_of_a_decimal_are_two_papers() -> None:
    small, large = "Agents with a 1.5B Model", "Agents with a 15B Model"
    assert paper_id(small) != paper_id(large)
    assert title_key("Agents with a $1.5$B model.") == title_key(small)
    records = (Paper(id=paper_id(title), title=title, abstract="We train an agent.") for title in (small, large))
    assert len(merge(records)) == 2


def test_a_text_in_one_line_has_no_breaks_and_nothing_invisible() -> None:
    zero_width, right_to_left, separator = "\u200b", "\u202e", "\u2028"
    assert one_line(f"  Deep{zero_width}Net\r\n is\t fast{right_to_left}{separator}now\x07 ") == "DeepNet is fast now"
    assert one_line("https://a.example\x07link") == "https://a.example link"


def test_a_reader_is_sent_to_the_abstract_page_else_to_the_first_link() -> None:
    assert record("A", "2409.00001", links=("https://x.example",)).url == "https://arxiv.org/abs/2409.00001"
    assert record("A", links=("https://x.example", "https://y.example")).url == "https://x.example"
    assert record("A").url == ""


def test_records_of_one_id_are_one_paper_with_every_link_source_and_the_highest_vote() -> None:
    (paper,) = merge(
        [
            record(
                *("The Memory of Models", "2409.00001v1"),
                abstract=ABSTRACT,
                authors=("A. One", "B. Two"),
                sources=("arxiv",),
                links=("https://arxiv.org/abs/2409.00001",),
                categories=("cs.CL", "cs.LG"),
                published=date(2024, 9, 2),
            ),
            record(
                *("The Memory of Models", "https://arxiv.org/abs/2409.00001v2"),
                abstract=ABSTRACT[:60],
                authors=("A. One", "B. Two", "C. Three"),
                sources=("huggingface", "arxiv"),
                links=("https://huggingface.co/papers/2409.00001", "https://arxiv.org/abs/2409.00001"),
                published=date(2024, 9, 1),
                votes=17,
            ),
        ]
    )
    assert paper == Paper(
        id="arxiv:2409.00001",
        title="The Memory of Models",
        abstract=ABSTRACT,
        authors=("A. One", "B. Two", "C. Three"),
        links=("https://arxiv.org/abs/2409.00001", "https://huggingface.co/papers/2409.00001"),
        published=date(2024, 9, 1),
        categories=("cs.CL", "cs.LG"),
        sources=("arxiv", "huggingface"),
        votes=17,
    )


def test_a_title_without_id_meets_its_paper_whatever_its_case_and_punctuation() -> None:
    hot = record("the memory of models - A Study", sources=("deeplearn",), links=("https://deeplearn.org/arxiv/5/x",))
    listed = record("The Memory of Models: A study", "2409.00001", ABSTRACT, sources=("arxiv",))
    for order in ([hot, listed], [listed, hot]):
        (paper,) = merge(order)
        assert (paper.id, paper.title, paper.abstract) == ("arxiv:2409.00001", listed.title, ABSTRACT)
        assert set(paper.sources) == {"arxiv", "deeplearn"} and paper.links == hot.links


def test_the_cleanest_abstract_wins_even_from_the_record_without_an_arxiv_id() -> None:
    glued = ABSTRACT.replace("are hard for language", "whichareallhardforlanguage") + " And more."
    whole = record("The Memory of Models", abstract=ABSTRACT)
    listed = record("The Memory of Models", "2409.00001", glued)
    for order in ([whole, listed], [listed, whole]):
        (paper,) = merge(order)
        assert (paper.id, paper.abstract) == ("arxiv:2409.00001", ABSTRACT)


def test_abstracts_are_ordered_by_being_there_then_by_glued_words_then_by_length() -> None:
    glued = "thewordsofthisabstractarenotparted " * 3
    assert sorted([ABSTRACT, "", ABSTRACT[:50], glued], key=cleanness) == ["", glued, ABSTRACT[:50], ABSTRACT]
    # An address is long and no fault of the printing.
    assert cleanness("See https://example.org/a/very/long/address/indeed")[2] == 0


def test_a_title_that_its_source_cut_meets_the_whole_one() -> None:
    whole = record("The Memory of Models That Read Very Long Documents Twice", "2409.00001", ABSTRACT)
    for cut in (
        "The memory of models that read very long documents…",
        "The Memory of Models That Read Very Long Documents T...",
    ):
        for order in ([record(cut, votes=2), whole], [whole, record(cut, votes=2)]):
            (paper,) = merge(order)
            assert (paper.title, paper.id, paper.votes) == (whole.title, whole.id, 2)


def test_a_cut_title_is_never_printed_where_the_whole_one_is_known() -> None:
    cut = record("The Memory of Models That Read Very Long Documents…", "2409.00001", ABSTRACT)
    whole = record("The Memory of Models That Read Very Long Documents Twice", "2409.00001", ABSTRACT[:70])
    (paper,) = merge([cut, whole])
    assert (paper.title, paper.abstract) == (whole.title, ABSTRACT)


def test_a_cut_title_that_fits_two_papers_or_is_short_stays_by_itself() -> None:
    start = "The Memory of Models That Read Very Long Documents"
    two = [record(f"{start} Twice", "2409.00001", ABSTRACT), record(f"{start} Backwards", "2409.00002", OTHER)]
    assert len(merge([record(f"{start}…"), *two])) == 3
    assert len(merge([record("The Memory…"), record("The Memory Palace", "2409.00003", OTHER)])) == 2


def test_near_titles_with_near_abstracts_are_one_work() -> None:
    one = record("The Memory of Models That Read Long Documents", "2409.00001", ABSTRACT)
    other = record("The Memory of Model that Read Long Documents", "2409.00002", ABSTRACT.replace("hard", "difficult"))
    assert same_work(one, other)
    assert len(merge([one, other])) == 1


def test_near_titles_with_other_abstracts_are_two_works() -> None:
    one = record("The Memory of Models That Read Long Documents", "2409.00001", ABSTRACT)
    other = record("The Memory of Models That Rear Long Documents", "2409.00002", OTHER)
    assert not same_work(one, other)
    assert len(merge([one, other])) == 2


def test_near_titles_of_which_one_has_no_abstract_are_two_works() -> None:
    one = record("The Memory of Models That Read Long Documents", "2409.00001", ABSTRACT)
    assert len(merge([one, record("The Memory of Model That Read Long Documents")])) == 2


def test_without_any_abstract_only_very_near_titles_are_one_work() -> None:
    one = record("The Memory of Models That Read Long Documents at Once")
    assert same_work(one, record("The Memory of Model That Read Long Documents at Once"))
    assert not same_work(one, record("The Memory of Some Model That Reads Longer Document at Once"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EuroLLM-9B: Technical Report on a Model", "EuroLLM-22B: Technical Report on a Model"),
        ("Findings of the Shared Task on Translation 2024", "Findings of the Shared Task on Translation 2025"),
        ("A Survey of Long Context Models, Part 1", "A Survey of Long Context Models, Part 2"),
        ("Scaling the Sparse Model to 1.5 Trillion Tokens", "Scaling the Sparse Model to 1.8 Trillion Tokens"),
    ],
)
def test_near_titles_with_other_numbers_are_two_works_even_with_one_abstract(one: str, other: str) -> None:
    assert len(merge([record(one, "2409.00001", ABSTRACT), record(other, "2409.00002", ABSTRACT)])) == 2


def test_one_work_posted_under_two_ids_is_one_paper() -> None:
    first = record("The Memory of Models", "2409.00001", ABSTRACT, links=("https://a.example",))
    again = record("The memory of models", "2410.00009", ABSTRACT + " Code is out.", links=("https://b.example",))
    (paper,) = merge([first, again])
    assert set(paper.links) == {"https://a.example", "https://b.example"}


def test_a_record_with_the_id_of_one_and_the_title_of_another_makes_them_one() -> None:
    hot = record("The Memory of Models", sources=("deeplearn",), votes=4)
    renamed = record("Forgetting Is Learning: A New Name", "2409.00001", ABSTRACT, sources=("arxiv",))
    bridge = record("The Memory of Models", "2409.00001", ABSTRACT[:60], sources=("huggingface",))
    more = record("Unlike Anything Else", "2409.00007", OTHER)
    last = record("Forgetting is learning, a new name", sources=("files",))
    for order in permutations([hot, renamed, bridge, more, last]):
        works = merge(order)
        assert len(works) == 2
        (paper,) = (w for w in works if w.id == "arxiv:2409.00001")
        assert set(paper.sources) == {"deeplearn", "arxiv", "huggingface", "files"} and paper.votes == 4


def test_a_title_near_to_one_of_two_works_that_became_one_does_not_confuse_them() -> None:
    renamed = record("Forgetting Is Learning: A New Name", "2409.00001", ABSTRACT)
    first_name = "The Memory of Models That Read Long Documents at Once"
    bridge = record(first_name, "2409.00001", ABSTRACT)
    near = record("The Memory of Model That Read Long Documents at Once", "2409.00005", OTHER)
    assert [p.id for p in merge([renamed, record(first_name), bridge, near])] == ["arxiv:2409.00001", near.id]


def test_works_stand_in_the_order_in_which_they_first_came() -> None:
    several = [record(f"{word} Networks", f"2409.0000{n}", word) for n, word in enumerate(("Zebra", "Apple", "Mango"))]
    assert titles([*several, several[0], several[2]]) == ["Zebra Networks", "Apple Networks", "Mango Networks"]
    assert merge([]) == ()


def test_merging_what_is_merged_changes_nothing() -> None:
    records = [
        record("The memory of models", votes=2, sources=("deeplearn",)),
        record("The Memory of Models", "2409.00001", ABSTRACT, sources=("arxiv",)),
        record("Robots That Feel", "2409.00002", OTHER, sources=("arxiv",)),
    ]
    assert merge(merge(records)) == merge(records)


def test_a_paper_carries_the_sentences_of_its_abstract_from_the_moment_it_is_made() -> None:
    paper = Paper(id="arxiv:2701.00001", title="A", abstract="We line up. It gains 3.5%.")
    assert [sentence.text for sentence in paper.sentences] == ["We line up.", "It gains 3.5%."]
    assert paper.evidence == ((1, "We line up."), (2, "It gains 3.5%."))
    assert Paper.model_validate_json(paper.model_dump_json()) == paper
    assert [s.text for s in paper.model_copy(update={"abstract": "It fell."}).sentences] == ["It fell."]


def test_a_paper_that_was_stored_without_sentences_gets_them_when_it_is_read() -> None:
    stored = {"id": "arxiv:2701.00001", "title": "A", "abstract": "We line up. It works."}
    assert [sentence.text for sentence in Paper.model_validate(stored).sentences] == ["We line up.", "It works."]
    kept = Paper.model_validate({**stored, "sentences": [{"text": "We line up.", "use": "order"}]})
    assert kept.sentences == (Sentence(text="We line up.", use="order"),)


def test_titles_of_symbols_alone_are_not_alike() -> None:
    abstract = "We study robots. It improves accuracy by 8.5%."
    one, other = record("🦾🦾", "arxiv:2608.00001", abstract), record("∇ → ∞", "arxiv:2608.00002", abstract)
    assert [paper.id for paper in merge([one, other])] == [one.id, other.id]
