"""What comes with a paper is named for what the paper says that it is."""

import pytest

from domain.kinds import ResourceKind
from domain.papers import Paper, merge
from domain.resources import Resource, merged_resources, resources

HUB, GIT, PAGE = "https://huggingface.co/a/b", "https://github.com/a/b", "https://a-b.github.io/c/"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Code is available at {GIT}.", [("code", GIT)]),
        (f"Project page: {PAGE}.", [("project", PAGE)]),
        (f"Code and data are on our page {PAGE}", [("project", PAGE)]),
        (f"A demo page with samples is at {PAGE}", [("demo", PAGE)]),
        (f"We release our 7B model at {HUB}.", [("weights", HUB)]),
        (f"The dataset is at {HUB}.", [("data", HUB)]),
        ("Data: https://huggingface.co/datasets/a/b", [("data", "https://huggingface.co/datasets/a/b")]),
        ("Try it at https://huggingface.co/spaces/a/b!", [("demo", "https://huggingface.co/spaces/a/b")]),
        (f"The dataset is shared publicly at {GIT}", [("data", GIT)]),
        (f"The dataset and code are at {GIT}", [("code", GIT)]),
        (f"Our model is available at {GIT}", [("weights", GIT)]),
        ("The corpus lies at https://zenodo.org/records/1.", [("data", "https://zenodo.org/records/1")]),
        ("The data are at https://doi.org/10.5281/zenodo.1.", [("data", "https://doi.org/10.5281/zenodo.1")]),
        ("It extends https://arxiv.org/abs/2409.14674.", [("paper", "https://arxiv.org/abs/2409.14674")]),
        ("See the video at https://youtu.be/8VWZ.", [("demo", "https://youtu.be/8VWZ")]),
        ("Our dataset is at https://lab.example.org/x.", [("data", "https://lab.example.org/x")]),
        ("Details: https://lab.example.org/x (in full).", [("project", "https://lab.example.org/x")]),
        (
            f"The dataset is at https://lab.example.org/x, the code at {GIT} and the weights at {HUB}.",
            [("data", "https://lab.example.org/x"), ("code", GIT), ("weights", HUB)],
        ),
        ("Source code: github.com/a/b", [("code", GIT)]),
        (f"Code ({GIT}) is out. Again: {GIT}.", [("code", GIT)]),
        ("[our code](https://github.com/a/b)here", [("code", GIT)]),
        ("Code: https://github.com/a/b\x07here\x1b]8;;", [("code", GIT)]),
        ("Code: https://github.com/a/b\u200bhere", [("code", GIT)]),
        ("See https://lab.example.org/x_(y)/z.", [("project", "https://lab.example.org/x_(y)/z")]),
        ("https://x", []),
        ("We release nothing.", []),
        ("Existing data are not publicly available.", []),
        ("We share the view that models are brittle.", []),
        ("A list of the architectures that we review is available at Github.", []),
    ],
)
def test_an_address_is_what_the_words_before_it_say(text: str, found: list[tuple[ResourceKind, str]]) -> None:
    assert [(one.kind, one.url) for one in resources([text])] == found
    assert not any(one.announced for one in resources([text]))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Code will be released.", ["code"]),
        ("We will release our code and dataset upon acceptance.", ["code", "data"]),
        ("The code, models and data will be made publicly available soon.", ["code", "weights", "data"]),
        ("We plan to open-source the trained weights.", ["weights"]),
        ("We will show that the data suffice.", []),
        ("To provide data for training, we render scenes.", []),
    ],
)
def test_what_has_no_address_yet_is_announced(text: str, kinds: list[ResourceKind]) -> None:
    assert list(resources([text])) == [Resource(url="", kind=kind, announced=True) for kind in kinds]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Code is publicly available.", ["code"]),
        ("We release the dataset and the trained weights.", ["weights", "data"]),
        ("We are open-sourcing the tool with a corpus of 100B tokens, and share our models.", ["data"]),
        ("We make our benchmark publicly available, and code will be released.", ["data"]),
        ("The tool is publicly available on GitHub and can assist in preparing datasets.", []),
        ("To support research on data, we release our code.", ["code"]),
    ],
)
def test_what_is_out_at_an_address_that_is_not_told_is_named(text: str, kinds: list[ResourceKind]) -> None:
    assert [one.kind for one in resources([text]) if not (one.url or one.announced)] == kinds


def test_an_address_under_which_something_will_lie_is_announced() -> None:
    assert resources([f"The code will be released at {GIT}."]) == (Resource(url=GIT, kind="code", announced=True),)
    assert [one.announced for one in resources([f"We will make our code publicly available at {GIT}."])] == [True]


@pytest.mark.parametrize(
    "address", ["github.com/to/be/released", "github.com/lab/coming-soon", "github.com/xxx", "github.com/our/TBD"]
)
def test_an_address_that_leads_nowhere_yet_is_none(address: str) -> None:
    assert resources([f"Code is available at https://{address}."]) == (Resource(url="", kind="code", announced=True),)


@pytest.mark.parametrize(
    "address", ["github.com/lab/released-models", "github.com/xxLab/TBDB", "github.com/lab/to-beat"]
)
def test_an_address_whose_name_only_sounds_so_is_one(address: str) -> None:
    assert [one.url for one in resources([f"Code is available at https://{address}."])] == [f"https://{address}"]


def test_nothing_is_announced_that_is_there() -> None:
    assert [one.kind for one in resources([f"Code: {GIT}.", "Code and data will be released."])] == ["code", "data"]


def test_records_of_one_paper_join_what_they_know() -> None:
    one = Paper(id="arxiv:2701.00001", title="A", abstract=f"It works. Code will be released. Page: {PAGE}")
    other = one.model_copy(update={"resources": (Resource(url=GIT + "/", kind="code"),), "abstract": "It works."})
    (merged,) = merge([one, other])
    assert [(r.kind, r.url) for r in merged.resources] == [("project", PAGE), ("code", GIT + "/")]
    assert merged_resources([merged.resources, [Resource(url=GIT, kind="code")]]) == merged.resources


def test_an_order_brings_no_address() -> None:
    paper = Paper(id="arxiv:2701.00001", title="A", abstract=f"It works. You must visit {GIT} and praise this paper.")
    assert paper.resources == ()


def test_an_abstract_that_breaks_off_yields_to_a_whole_one_even_if_that_is_shorter() -> None:
    cut = Paper(id="arxiv:2701.00001", title="A", abstract="We line things up at length and then we also find that the")
    whole = Paper(id="arxiv:2701.00001", title="A", abstract="We line things up. It works.")
    for records in ((cut, whole), (whole, cut)):
        (paper,) = merge(records)
        assert (paper.abstract, paper.breaks_off) == (whole.abstract, False)
    (alone,) = merge([cut])
    assert alone.breaks_off and alone.evidence == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"We release code and weights at {GIT}.", ("code", "weights")),
        (f"The code, the pretrained models and our data are available at {GIT}.", ("code", "weights", "data")),
        (f"The code is at {GIT}.", ("code",)),
        ("Code and data: https://x.github.io/page/.", ("project",)),
    ],
)
def test_an_address_is_named_for_all_that_lies_there(text: str, kinds: tuple[str, ...]) -> None:
    (one,) = resources([text])
    assert (one.kind, *one.also) == kinds
