import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from domain.papers import Paper, paper_id
from sources.files import BadFile, Files

from .test_huggingface import entry_2024

DAY = date(2030, 1, 1)
ROW = {
    "id": "2701.00001",
    "title": "Rows\n of Things",
    "summary": "We line things up.\nIt works.",
    "authors": ["Mina Park"],
    "categories": ["cs.CV", "math.AP", "68T45 (Machine vision)", "I.2.10; I.4.8", "quant-ph"],
    "comment": None,
    "abs": "https://arxiv.org/abs/2701.00001",
    "pdf": "https://arxiv.org/pdf/2701.00001",
}
OWN = Paper(
    id="arxiv:2701.00003",
    title="Our Own Shape",
    abstract="It is ours.",
    links=("https://arxiv.org/abs/2701.00003", "https://deeplearn.org/arxiv/1/ours"),
    published=date(2027, 1, 12),
    sources=("sample",),
    votes=3,
)


def lines(*records: object) -> str:
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records) + "\n"


def write(folder: Path, content: str | bytes, name: str = "papers.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


async def test_rows_of_an_arxiv_day_are_read(tmp_path: Path) -> None:
    listing = await Files((write(tmp_path, lines(ROW)),)).listing(DAY)
    (paper,) = listing.papers
    assert paper.id == "arxiv:2701.00001"
    assert (paper.title, paper.abstract) == ("Rows of Things", "We line things up. It works.")
    assert paper.categories == ("cs.CV", "math.AP", "quant-ph")
    assert paper.links == ("https://arxiv.org/abs/2701.00001",)
    assert paper.sources == ("files",)
    assert (listing.health.state, listing.health.listed, listing.health.held) == ("answered", 1, 1)


async def test_rows_that_say_abstract_instead_of_summary_are_read(tmp_path: Path) -> None:
    row = {"day": "2027-01-13", "id": "2701.00001", "title": "T", "abstract": "A.", "categories": ["cs.CV"]}
    (paper,) = (await Files((write(tmp_path, lines(row)),)).listing(DAY)).papers
    assert (paper.id, paper.abstract) == ("arxiv:2701.00001", "A.")


async def test_a_recorded_answer_of_hugging_face_is_read_with_its_votes(tmp_path: Path) -> None:
    (paper,) = (await Files((write(tmp_path, json.dumps([entry_2024("2701.00001")], indent=4)),)).listing(DAY)).papers
    assert (paper.id, paper.votes, paper.sources) == ("arxiv:2701.00001", 34, ("files",))


async def test_papers_in_our_own_shape_come_through_unchanged(tmp_path: Path) -> None:
    path = write(tmp_path, lines(OWN.model_dump(mode="json")))
    assert (await Files((path,)).listing(DAY)).papers == (OWN,)


async def test_an_id_by_title_yields_to_the_arxiv_id_of_a_link(tmp_path: Path) -> None:
    path = write(tmp_path, lines({**OWN.model_dump(mode="json"), "id": paper_id(OWN.title)}))
    (paper,) = (await Files((path,)).listing(DAY)).papers
    assert paper.id == OWN.id


@pytest.mark.parametrize("name", ["papers.jsonl", "papers.json", "papers.gz"])
async def test_content_tells_the_format_whatever_the_name(tmp_path: Path, name: str) -> None:
    for content in (lines(ROW), gzip.compress(lines(ROW).encode()), json.dumps([ROW]), "\ufeff" + lines(ROW)):
        listing = await Files((write(tmp_path, content, name),)).listing(DAY)
        assert [paper.id for paper in listing.papers] == ["arxiv:2701.00001"]


async def test_several_files_are_one_day(tmp_path: Path) -> None:
    paths = (write(tmp_path, lines(ROW), "one.jsonl"), write(tmp_path, lines(OWN.model_dump(mode="json")), "two.jsonl"))
    listing = await Files(paths).listing(DAY)
    assert [paper.id for paper in listing.papers] == ["arxiv:2701.00001", "arxiv:2701.00003"]
    assert listing.health.asked == "one.jsonl, two.jsonl"


async def test_every_record_that_gives_no_paper_is_named_with_its_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        lines(
            ROW,
            {**ROW, "title": "  "},
            {**ROW, "title": "No Words", "summary": None},
            '{"id": "2701.0',
            "7",
            {**OWN.model_dump(mode="json"), "colour": "red"},
            {**ROW, "id": "2701.00005", "title": "Names\u2028Astray", "authors": "Mina Park"},
            {**ROW, "id": "2701.00006", "title": None, "authors": 7},
        ),
    )
    listing = await Files((path,)).listing(DAY)
    assert [paper.title for paper in listing.papers] == ["Rows of Things", "Our Own Shape", "Names Astray"]
    assert [(drop.step, drop.what, drop.reason) for drop in listing.drops] == [
        ("retrieve", "files papers.txt: 2701.00001", "no title"),
        ("retrieve", "files papers.txt: No Words", "no abstract"),
        ("retrieve", "files papers.txt: line 4", "not JSON: a string without an end"),
        ("retrieve", "files papers.txt: record 5", "not a JSON object"),
        ("retrieve", "files papers.txt: 2701.00006", "authors: names were expected, not 7"),
    ]
    assert (listing.health.listed, listing.health.held) == (8, 3)


async def test_a_line_separator_within_a_record_does_not_break_it(tmp_path: Path) -> None:
    record = json.dumps({**ROW, "title": "One\u2028Title"}, ensure_ascii=False)
    (paper,) = (await Files((write(tmp_path, lines(record, record)),)).listing(DAY)).papers[:1]
    assert paper.title == "One Title"


async def test_a_link_that_is_no_web_address_is_left_out(tmp_path: Path) -> None:
    row = {**ROW, "id": "x", "abs": "javascript:alert(1)", "pdf": None}
    (paper,) = (await Files((write(tmp_path, lines(row)),)).listing(DAY)).papers
    assert (paper.links, paper.url) == ((), "")


async def test_a_recorded_empty_answer_is_an_empty_day(tmp_path: Path) -> None:
    listing = await Files((write(tmp_path, "[]"),)).listing(DAY)
    assert (listing.papers, listing.health.state, listing.health.listed) == ((), "empty", 0)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ('{"error": "no such date"}', "holds no papers"),
        ('[{"name": "cat"}, 3]', "holds no papers"),
        ("a,b\n1,2\n", "holds no papers"),
        ("[" * 100_000, "holds no papers"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (gzip.compress(b"x" * 1000, mtime=0)[:20], "damaged gzip"),
        (b"\x1f\x8bnonsense", "damaged gzip"),
    ],
)
async def test_a_file_without_papers_is_refused_in_a_sentence_that_names_it(
    tmp_path: Path, content: str | bytes, complaint: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(BadFile, match=complaint) as refused:
        await Files((path,)).listing(DAY)
    assert str(path) in str(refused.value)
    assert "expected are JSON Lines of papers" in str(refused.value)


async def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no file"):
        await Files((tmp_path / "gone.jsonl",)).listing(DAY)
    with pytest.raises(BadFile, match=r"cannot be read \(Is a directory\)"):
        await Files((tmp_path,)).listing(DAY)


@pytest.mark.parametrize("number", ["9" * 5_000, f'"{"9" * 5_000}"'], ids=["a number", "a text"])
async def test_a_number_of_thousands_of_digits_costs_nothing_but_itself(number: str, tmp_path: Path) -> None:
    row = json.dumps({**ROW, "id": "2701.00009", "title": "Another"})
    path = write(
        tmp_path, lines(ROW, row[:-1] + f', "votes": {number}}}', {**ROW, "id": "2701.00004", "title": "Third"})
    )
    listing = await Files((path,)).listing(DAY)
    assert {paper.id for paper in listing.papers} >= {"arxiv:2701.00001", "arxiv:2701.00004"}
    assert len(listing.papers) + len(listing.drops) == 3
    assert not listing.drops or "thousands of digits" in listing.drops[0].reason
