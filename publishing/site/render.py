"""A page's HTML from its template and what it is told."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from markupsafe import escape as html

from publishing.tally import percent
from publishing.words import counted

from .marking import figures, strong, web, without_controls
from .paths import FEED_TYPES, feeds
from .site import Site, Way

HERE = Path(__file__).parent
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
"""What a page may load: nothing but the site's own style, scripts and pictures."""


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=without_controls,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"figures": figures, "strong": strong, "web": web}
    env.filters.update(filters)
    helpers: dict[str, Any] = {"counted": counted, "feed_links": feed_links, "filled": filled, "percent": percent}
    env.globals.update(helpers)
    return env


def filled(template: str, **values: str | Markup) -> Markup:
    """A sentence of ours with values in it, of which what is no HTML yet is escaped."""
    return html(template).format(**values)


def feed_links(category: str) -> tuple[tuple[str, str], ...]:
    """(path, media type) of the feeds of all papers, or of one category."""
    return tuple(zip(feeds(category), FEED_TYPES, strict=True))


def render(template: str, site: Site, here: str, **values: Any) -> str:
    """A whole page, or a part of one, at the path ``here``."""
    return environment().get_template(template).render(frame(site, here) | values)


def frame(site: Site, here: str) -> dict[str, Any]:
    """What every template is told."""
    return {"site": site, "way": Way(site, here), "s": site.own_words, "w": site.words, "csp": CSP}
