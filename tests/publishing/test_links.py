"""Links are named for what they lead to."""

from typing import get_args

import pytest

from domain.kinds import ResourceKind
from domain.papers import Paper
from domain.resources import Resource
from publishing.links import anchor, resource_label, resources, votes
from publishing.words import words

KO, EN = words("ko"), words("en")


def paper(*held: Resource, id: str = "arxiv:2611.00002") -> Paper:
    return Paper(id=id, title="T", abstract="A.", links=("https://papers.example/t",), resources=held)


@pytest.mark.parametrize(
    ("kind", "korean", "english"),
    [
        ("code", "코드", "code"),
        ("weights", "가중치", "weights"),
        ("data", "데이터", "data"),
        ("demo", "데모", "demo"),
        ("project", "프로젝트", "project"),
        ("paper", "논문", "paper"),
    ],
)
def test_every_kind_of_resource_has_a_name_and_one_for_what_is_only_announced(
    kind: ResourceKind, korean: str, english: str
) -> None:
    held = Resource(url="https://x.example/a", kind=kind)
    assert (resource_label(held, KO), resource_label(held, EN)) == (korean, english)
    coming = held.model_copy(update={"announced": True})
    assert (resource_label(coming, KO), resource_label(coming, EN)) == (f"{korean} 공개 예정", f"{english} announced")
    assert kind in get_args(ResourceKind)


def test_the_paper_itself_comes_first_by_the_name_of_its_place() -> None:
    assert resources(paper(), KO) == ["[arXiv](https://arxiv.org/abs/2611.00002)"]
    assert resources(paper(id="title:00"), KO) == ["[원문](https://papers.example/t)"]
    assert resources(Paper(id="title:00", title="T", abstract=""), KO) == []


def test_what_is_announced_has_a_word_and_what_is_there_is_not_announced_too() -> None:
    coming = Resource(url="", kind="code", announced=True)
    assert resources(paper(coming), KO)[1:] == ["코드 공개 예정"]
    there = Resource(url="https://x.example/code", kind="code")
    assert resources(paper(coming, there), KO)[1:] == ["[코드](https://x.example/code)"]
    page = Resource(url="https://x.example/soon", kind="weights", announced=True)
    assert resources(paper(page), EN)[1:] == ["[weights announced](https://x.example/soon)"]


def test_an_address_is_linked_once_and_two_of_a_kind_are_told_apart() -> None:
    one, other = (Resource(url=f"https://x.example/{n}", kind="data") for n in "ab")
    same = Resource(url="https://arxiv.org/abs/2611.00002", kind="paper")
    assert resources(paper(same, one, one, other), KO)[1:] == [
        "[데이터](https://x.example/a)",
        "[데이터 2](https://x.example/b)",
    ]


def test_one_place_is_linked_once_however_its_address_is_written() -> None:
    ways = (
        "https://racer.example/",
        "http://racer.example",
        "https://www.racer.example/",
        "https://racer.example/demo",
    )
    found = resources(paper(*(Resource(url=url, kind="project") for url in ways)), KO)
    assert found[1:] == ["[프로젝트](https://racer.example/)", "[프로젝트 2](https://racer.example/demo)"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "ftp://x.example/a"])
def test_only_web_addresses_are_linked(url: str) -> None:
    assert len(resources(paper(Resource(url=url, kind="code")), KO)) == 1


def test_what_lies_together_has_one_link() -> None:
    both = Resource(url="https://x.example/c", kind="code", also=("weights",))
    assert resources(paper(both), KO)[1:] == ["[코드/가중치](https://x.example/c)"]


def test_what_is_out_without_an_address_is_told_in_a_word() -> None:
    assert resources(paper(Resource(url="", kind="code")), KO)[1:] == ["코드 공개"]


@pytest.mark.parametrize(
    ("paper_id", "place"),
    [
        ("arxiv:2611.00002", "p-2611.00002"),
        ("arxiv:math/0309136", "p-math-0309136"),
        ("title:00112233aabbccdd", "p-00112233aabbccdd"),
        ('arxiv:"><script>', "p--script-"),
    ],
)
def test_the_place_of_a_paper_is_the_same_on_every_page_and_no_markup(paper_id: str, place: str) -> None:
    assert anchor(paper_id) == place


def test_one_vote_is_one_vote() -> None:
    assert [votes(paper().model_copy(update={"votes": n}), EN) for n in (0, 1, 2)] == [[], ["1 vote"], ["2 votes"]]
    hub = paper().model_copy(update={"votes": 1, "sources": ("huggingface",)})
    assert (votes(hub, EN), votes(hub, KO)) == (["🤗 1 vote"], ["🤗 추천 1"])
