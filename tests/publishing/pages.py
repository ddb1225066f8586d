"""Reads a rendered page: its blocks, its outline, what a reader sees before anything is unfolded."""

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel

from domain.claims import Claim
from domain.reports import Report
from publishing.links import anchor

HOSTILE = (
    "1. *Star* [x](javascript:alert(1)) <script>alert(1)</script> | # _a_ `b` $c$ ~~d~~ ![i](https://evil.example/i.png)\n\n"
    "## Heading\n\n---\n- item\u202e\u200b </a></details><b id='e1'> [[7]](#e7) &lt;i&gt; {{ x }} \\"
)

TAME = re.sub(r"[^\w\s]+", "", HOSTILE)
"""The same words."""


def parse(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def headings(text: str) -> list[str]:
    """Level and words of every heading: ``## 오늘의 이야기``."""
    tokens = parse(text)
    return [
        f"{t.markup} {re.sub(r'<[^>]*>', '', tokens[place + 1].content)}"
        for place, t in enumerate(tokens)
        if t.type == "heading_open"
    ]


def structure(text: str) -> list[str]:
    """The document without its words: every block and inline token but text."""
    text = re.sub(r"<summary>[^<]*</summary>", "<summary></summary>", text)
    tokens = [inner for token in parse(text) for inner in (token, *(token.children or []))]
    return [
        t.type + (t.content if t.type.startswith("html") else "") for t in tokens if t.type not in ("text", "inline")
    ]


def links(text: str) -> list[tuple[str, str]]:
    """Kind and address of every link and picture."""
    children = [t for token in parse(text) for t in (token.children or [])]
    return [
        (t.type, str(t.attrs.get("href") or t.attrs.get("src"))) for t in children if t.type in ("link_open", "image")
    ]


def running(text: str) -> str:
    """What stands on the page before anything is unfolded."""
    return re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)


def section(text: str, heading: str) -> str:
    """From a heading of level two, given by a part of it, to the next one."""
    found = re.search(rf"^## [^\n]*{re.escape(heading)}.*?(?=^## |^<details>|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[0]


def block(text: str, name: str) -> str:
    """The block of one paper, given by a part of its heading."""
    found = re.search(rf"^### [^\n]*{re.escape(name)}.*?(?=^###? |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


def told(text: str, paper_id: str) -> str:
    """The block of one paper, by its id."""
    return block(text, f'"{anchor(paper_id)}"').strip()


def spoiled(report: Report, spoil: Callable[[str], str]) -> Report:
    """The report with every text that comes from papers, models and sources run through ``spoil``."""
    ours = {
        "id",
        "paper_id",
        "papers",
        "facts",
        "kind",
        "role",
        "language",
        "status",
        "category",
        "state",
        "decided_by",
    }
    ours |= {"day", "first_day", "days", "published", "links", "url", "batch", "sources", "source", "key"}

    def value(name: str, held: Any) -> Any:
        if isinstance(held, BaseModel):
            return held.model_copy(
                update={field: value(field, getattr(held, field)) for field in type(held).model_fields}
            )
        if isinstance(held, tuple):
            return tuple(value(name, one) if not isinstance(one, str) or name not in ours else one for one in held)
        return spoil(held) if isinstance(held, str) and held and name not in ours else held

    return value("report", report)


def change_item(report: Report, paper_id: str, *claims: Claim) -> Report:
    """The report with other claims in one of its items."""
    items = (i.model_copy(update={"claims": claims}) if i.paper_id == paper_id else i for i in report.items)
    return report.model_copy(update={"items": tuple(items)})


def change_paper(report: Report, paper_id: str, **changes: object) -> Report:
    papers = (p.model_copy(update=changes) if p.id == paper_id else p for p in report.papers)
    return report.model_copy(update={"papers": tuple(papers)})
