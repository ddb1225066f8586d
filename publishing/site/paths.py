"""Where each page of the site lies, relative to its root. Names are files, so that links work from a folder too."""

from datetime import date

from publishing.links import anchor

HOME, ARCHIVE, TRENDS, SEARCH, ABOUT = "index.html", "archive.html", "trends.html", "search.html", "about.html"
STYLE, SCRIPT, SEARCHER, ICON = "style.css", "site.js", "search.js", "icon.svg"


FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/feed+json")
"""In the order of ``feeds``."""


def day(day: date) -> str:
    return f"day/{day}.html"


def slug(paper_id: str) -> str:
    """The name of a paper in an address: its arXiv number, or the hash of its title."""
    return anchor(paper_id).removeprefix("p-")


def paper(paper_id: str) -> str:
    return f"paper/{slug(paper_id)}.html"


def category(key: str, month: str = "") -> str:
    """The newest papers of a category, or those of one month (``2026-11``)."""
    return f"category/{key}-{month}.html" if month else f"category/{key}.html"


def month(month: str) -> str:
    return f"archive/{month}.html"


def week(week: str) -> str:
    """The page of a week such as ``2026-W47``."""
    return f"week/{week}.html"


def feeds(category: str = "") -> tuple[str, str, str]:
    """The Atom, RSS and JSON feed of all papers, or of one category."""
    place = f"feed/{category}." if category else ""
    return f"{place}atom.xml", f"{place}rss.xml", f"{place}feed.json"


def address(site: str, place: str) -> str:
    """Where a language's site can be reached whose folder lies at ``place`` of the whole one's address; empty for none.

    >>> address("https://me.example/papers", "en")
    'https://me.example/papers/en/'
    """
    return "/".join(filter(None, (site.rstrip("/"), place))) + "/" if site else ""


def root(path: str) -> str:
    """The way from a page back to the root of its site: empty, or ``../``."""
    return "../" * path.count("/")
