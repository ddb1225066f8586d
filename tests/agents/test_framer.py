"""What of a frame was accepted is printed; every item has one group, whatever became of the titles."""

from agents.framer import Frame, Lead, Outline, Overview, Thread, Together, frame, settle, standing
from domain.claims import Evidence
from domain.items import Item
from domain.kinds import Role
from domain.lines import Line, LineState
from prompts.taxonomy import load_taxonomy
from tests.scripted import ScriptedLLM

TAXONOMY = load_taxonomy()
ITEMS = tuple(Item(paper_id=id, name=id, claims=()) for id in "abcd")
FILED = {"a": "robotics", "b": "audio", "c": "robotics", "d": "audio"}


def line(role: Role, text: str, papers: str, state: LineState = "accepted") -> Line:
    evidence = tuple(Evidence(paper_id=id, sentence=1, quote="q") for id in papers)
    return Line(papers=tuple(papers), role=role, text=text, state=state, evidence=evidence)


def groups(*titled: Line, items: tuple[Item, ...] = ITEMS) -> list[tuple[str, str]]:
    frame = Frame(lines=titled, groups=tuple(one.papers for one in titled))
    return [(group.title, "".join(group.papers)) for group in settle(frame, items, FILED, TAXONOMY, "en").groups]


def by_category(robotics: str, audio: str) -> list[tuple[str, str]]:
    """Groups under the names of the categories, in the taxonomy's order."""
    held = {"robotics": robotics, "audio": audio}
    return [(TAXONOMY[key].name("en"), held[key]) for key in TAXONOMY.order(held)]


def test_without_a_frame_the_items_stand_under_their_categories_in_the_taxonomys_order() -> None:
    assert groups() == by_category("ac", "bd")


def test_accepted_titles_hold_their_papers_and_the_others_stand_under_their_categories() -> None:
    found = groups(line("group", "Two", "ba"), line("group", "Wrong", "c", "dropped"))
    assert found == [("Two", "ba"), *by_category("c", "d")]


def test_a_title_that_nobody_judged_is_not_printed() -> None:
    assert groups(line("group", "Open", "abcd", "pending")) == by_category("ac", "bd")


def test_a_group_holds_only_papers_that_are_told() -> None:
    assert groups(line("group", "All", "abcd"), items=ITEMS[:2]) == [("All", "ab")]


def test_of_the_opening_what_was_accepted_is_told() -> None:
    states: tuple[LineState, ...] = ("accepted", "pending", "dropped", "accepted")
    lines = tuple(line("opening", str(n), "a", state) for n, state in enumerate(states))
    assert [story.headline.text for story in settle(Frame(lines=lines), ITEMS, FILED, TAXONOMY, "en").opening] == [
        "0",
        "3",
    ]


def threads(headline: LineState, text: LineState) -> list[tuple[str, str | None]]:
    frame = Frame(lines=(line("thread", "headline", "ab", headline), line("thread", "text", "ab", text)))
    told = settle(frame, ITEMS, FILED, TAXONOMY, "en").threads
    return [(story.headline.text, story.text.text if story.text else None) for story in told]


def test_of_a_thread_a_headline_alone_says_nothing() -> None:
    assert threads("accepted", "accepted") == [("headline", "text")]
    assert threads("accepted", "dropped") == []
    assert threads("pending", "accepted") == [("text", None)]


def test_a_paper_is_one_to_read_first_where_what_is_told_of_it_or_its_reader_was_accepted() -> None:
    states: tuple[tuple[LineState, LineState], ...] = (
        ("accepted", "accepted"),
        ("accepted", "dropped"),
        ("dropped", "accepted"),
        ("dropped", "dropped"),
    )
    lines = [line("opening", "The day, by one paper", "d")]
    for id, (told, reader) in zip("abcd", states, strict=True):
        lines += [line("opening", f"of {id}", id, told), line("pick", f"for readers of {id}", id, reader)]
    picks = settle(Frame(lines=tuple(lines)), ITEMS, FILED, TAXONOMY, "en").picks
    assert [(pick.paper_id, pick.why.text if pick.why else None) for pick in picks] == [
        ("a", "for readers of a"),
        ("b", None),
        ("c", "for readers of c"),
    ]
    assert all(pick.why.kind == "analysis" for pick in picks if pick.why)


def test_what_was_drafted_of_a_paper_that_is_not_told_falls_and_its_group_goes_on_without_it() -> None:
    items = (*ITEMS[:2], ITEMS[2].model_copy(update={"quoted": True}))  # c is quoted, d is not there
    drafted = Frame(
        lines=(
            line("opening", "Of one that is told", "a", "pending"),
            line("opening", "Of both kinds", "ac", "pending"),
            line("group", "Three", "abc", "pending"),
            line("group", "One", "d", "pending"),
        ),
        groups=(("a", "b", "c"), ("d",)),
    )
    frame = standing(drafted, items)
    assert [(one.text, one.state, "".join(one.papers)) for one in frame.lines] == [
        ("Of one that is told", "pending", "a"),
        ("Of both kinds", "dropped", "ac"),
        ("Three", "pending", "ab"),
    ]
    assert frame.groups == (("a", "b"),)
    assert standing(frame, items) == frame


async def test_signs_of_bold_are_no_part_of_what_a_frame_says() -> None:
    """No rule would let them pass, and a judge would have to take them away."""
    outline = Outline(
        day=(Overview(text="It cuts **7%**\n of them.", papers=("P1",)),),
        stories=(Lead(paper="P1", text="**7%** is left", reader="**teams**"),),
        groups=(Together(title="**Safety**", papers=("P1",)),),
        threads=(Thread(headline="Two **ways**", text="2 ** 3 is one.", papers=("P1",)),),
    )
    drafted = await frame(ITEMS[:1], {}, {}, language="en", llm=ScriptedLLM({"frame": lambda **_: outline}))
    assert [one.text for one in drafted.lines] == [
        *("It cuts 7% of them.", "7% is left", "teams"),
        *("Two ways", "2 ** 3 is one.", "Safety"),
    ]
