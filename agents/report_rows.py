"""The pieces of a Markdown paragraph that stand on lines of their own, without marks of emphasis, pictures and HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token

from domain.value import Value

from .boilerplate import idle


class Link(Value):
    """A link of a report, or a title that stands where one would."""

    text: str
    url: str = ""


class Mention(Value):
    """A piece of text in which papers may be mentioned."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass
class ReportRow:
    """A piece of a paragraph that stands on a line of its own."""

    text: str = ""
    plain: str = ""
    """What is not in bold."""
    lead: str = ""
    """What it begins with in bold."""
    links: list[Link] = field(default_factory=list[Link])

    @property
    def bold(self) -> bool:
        return bool(self.text.strip()) and not self.plain.strip(" :：.*·|")

    def mention(self) -> Mention:
        return Mention(text=" ".join(self.text.split()), links=tuple(self.links))


def marks(link: Link) -> bool:
    """Whether a link only marks what a text rests on: [3], on the same page."""
    return link.url.startswith("#") and bool(re.fullmatch(r"\[?[\d,\s]+\]?", link.text))


def rows(token: Token) -> list[ReportRow]:
    """The lines of an inline text: what is broken hard, and what a label in bold, links alone or a colon sets off.
    Emphasis, pictures, HTML and links to marks of evidence are gone."""
    found = [ReportRow()]
    strong = 0
    href: str | None = None
    named = ""
    for child in token.children or ():
        row = found[-1]
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "link_open":
                href, named = str(child.attrGet("href") or ""), ""
            case "link_close":
                row.links.append(Link(text=" ".join(named.split()), url=href or ""))
                href = None
            case "hardbreak":
                found.append(ReportRow())
            case "softbreak":
                said = row.text.strip()
                if row.bold or said.endswith((":", "：")) or idle(said, texts(row.links)):
                    found.append(ReportRow())
                else:
                    row.text, row.plain, named = row.text + " ", row.plain + " ", named + " "
            case "text" | "code_inline":
                # CommonMark leaves the marks of '**3%**로' standing, before a Korean particle.
                said = child.content.replace("**", "")
                named += said
                if not (href and marks(Link(text=said, url=href))):
                    row.lead += said if strong and not row.plain.strip() else ""
                    row.text += said
                    row.plain += "" if strong else said
            case _:
                pass
    return found


def joined(pieces: Iterable[ReportRow]) -> Mention:
    """Several as one."""
    held = list(pieces)
    text = " ".join(" ".join(row.text for row in held).split())
    return Mention(text=text, links=tuple(link for row in held for link in row.links))


def texts(links: Iterable[Link]) -> str:
    """What links say, one a line."""
    return "\n".join(link.text for link in links)
