"""What comes with a paper, told apart by what its words say of each address: code, weights, data, a demo, a page."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from .kinds import ResourceKind
from .languages import every
from .sieve import Sieve
from .tongues import any_of, by_languages, form
from .value import Value


class Resource(Value):
    """Something that comes with a paper, named for what the abstract or the source says that it is."""

    url: str
    """Empty for what is announced, or released by the abstract's word, without an address."""
    kind: ResourceKind
    announced: bool = False
    """It will come, by the paper's own word."""
    also: tuple[ResourceKind, ...] = ()
    """What else the abstract says lies at the address."""


_IN = r"[^\s\"'<>“”‘’{}|\\^`\[\]\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
ADDRESS = re.compile(
    rf"https?://{_IN}+|(?<![\w/@.])(?:www\.|(?:github|gitlab|huggingface|kaggle)\.(?:com|co)/|[\w-]+\.github\.io)"
    rf"{_IN}*",
    re.IGNORECASE,
)
_KINDS: tuple[ResourceKind, ...] = ("demo", "project", "weights", "data", "code")
_coming = form("<prose.resources.coming>", re.IGNORECASE)
_releases = form("<prose.resources.releases>", re.IGNORECASE)
_lies = form("<prose.resources.lies>", re.IGNORECASE)
_at_once = form("<prose.resources.at_once>")
_of_others = form("<prose.resources.of_others>", re.IGNORECASE)
_hosts = form("<prose.resources.hosts>", re.IGNORECASE)
_placeholder = form("<prose.resources.placeholder>", re.IGNORECASE)
_clause = form(r"<prose.resources.clauses>|;\s+|\.\s+")
_THINGS: tuple[ResourceKind, ...] = ("code", "weights", "data")


@by_languages
def _signs() -> Sieve[str]:
    """What of a resource a sentence speaks of at all."""
    forms = {"address": ADDRESS, "coming": _coming(), "releases": _releases(), "lies": _lies()}
    return Sieve({sign: [form.pattern] for sign, form in forms.items()}, re.IGNORECASE)


def resources(texts: Iterable[str]) -> tuple[Resource, ...]:
    """What sentences say lies where, each address once, in their order; what is announced without an address last.

    Nothing is announced that has an address already.
    """
    signs = _signs()
    texts = tuple(text for text in texts if signs.left(text))
    placed = tuple(dict.fromkeys(resource for text in texts for resource in _placed(text)))
    first = {resource.url: resource for resource in reversed(placed)}
    found = tuple(resource for resource in placed if first[resource.url] is resource)
    there = {kind for resource in found for kind in (resource.kind, *resource.also)}
    coming: dict[ResourceKind, None] = {kind: None for text in texts for kind in _announced(text) if kind not in there}
    out: dict[ResourceKind, None] = {
        kind: None for text in texts for kind in _released(text) if kind not in there and kind not in coming
    }
    return (
        *found,
        *(Resource(url="", kind=kind) for kind in out),
        *(Resource(url="", kind=kind, announced=True) for kind in coming),
    )


def merged_resources(groups: Iterable[Iterable[Resource]]) -> tuple[Resource, ...]:
    """The resources of several records of one paper, each address once; an announcement yields to the thing itself."""
    all_of_them = [resource for group in groups for resource in group]
    there = {kind for resource in all_of_them if resource.url for kind in (resource.kind, *resource.also)}
    out = {kind for resource in all_of_them if not resource.announced for kind in (resource.kind, *resource.also)}
    kept: dict[str, Resource] = {}
    for resource in all_of_them:
        if resource.url or (resource.kind not in there and not (resource.announced and resource.kind in out)):
            kept.setdefault(resource.url.rstrip("/").casefold() or resource.kind, resource)
    return tuple(kept.values())


_PAPERS = ("arxiv.org", "openreview.net", "aclanthology.org", "doi.org")
_VIDEOS = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com")
_PAGES = (".github.io", ".gitlab.io", ".notion.site", ".netlify.app", ".pages.dev", "sites.google.com")
_ARCHIVES = ("zenodo.org", "kaggle.com", "figshare.com", "physionet.org")
_FORGES = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "anonymous.4open.science")


def resource_kind(url: str, words: str = "") -> ResourceKind:
    """What an address is: by its host where that tells, else by the words that lead to it."""
    parts = urlsplit(url.casefold())
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    said = _said(words)
    if host in ("huggingface.co", "hf.co"):
        folders: dict[str, ResourceKind] = {"datasets": "data", "spaces": "demo", "papers": "paper"}
        return folders.get(path.split("/")[1] if "/" in path else "", "data" if said == ["data"] else "weights")
    if host in _ARCHIVES or "zenodo" in path:
        return "code" if said == ["code"] else "data"
    if host.endswith(_PAPERS):
        return "paper"
    if host in _VIDEOS:
        return "demo"
    if host.endswith(_PAGES):
        return "demo" if said == ["demo"] else "project"
    if host in _FORGES:
        return said[0] if said in (["data"], ["weights"]) else "code"
    return said[0] if said else "project"


@by_languages
def _kinds() -> tuple[tuple[ResourceKind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(any_of(each.prose.resources.kinds.get(kind, "") for each in every()), re.I))
        for kind in _KINDS
    )


def _said(words: str) -> list[ResourceKind]:
    """The kinds that the words name, in their order, but a project page before what is on it."""
    places: dict[ResourceKind, int] = {
        kind: found.start() for kind, words_of in _kinds() if (found := words_of.search(words))
    }
    return sorted(places, key=lambda kind: -1 if kind == "project" else places[kind])


def _placed(text: str) -> Iterator[Resource]:
    start = 0
    for found in ADDRESS.finditer(text):
        url = tidy(found[0])
        words = text[start : found.start()]
        start = found.end()
        if url and _placeholder().search(urlsplit(url).path):
            yield from (Resource(url="", kind=kind, announced=True) for kind in _THINGS if kind in _said(words))
        elif url:
            coming = _coming().search(words) is not None and not _at_once().search(words)
            kind, said = resource_kind(url, words), _said(_hosts().sub("", words))
            also: list[ResourceKind] = [other for other in _THINGS if other in said and other != kind]
            yield Resource(url=url, kind=kind, announced=coming, also=tuple(also) if kind in _THINGS else ())


def _announced(text: str) -> Iterator[ResourceKind]:
    if _coming().search(text) and not ADDRESS.search(text):
        # 'Our data is available, and our code will be': each clause speaks of its own things.
        said = [kind for clause in _clause().split(text) if _coming().search(clause) for kind in _said(clause)]
        for kind in _THINGS:
            if kind in said:
                yield kind


def _released(text: str) -> Iterator[ResourceKind]:
    """What is out already by the abstract's word, at an address that it does not tell."""
    if not ADDRESS.search(text):
        said = [
            kind
            for clause in _clause().split(text)
            if not (_coming().search(clause) or _of_others().search(clause))
            for kind in _said(_hosts().sub("", _out(clause)))
        ]
        for kind in _THINGS:
            if kind in said:
                yield kind


def _out(clause: str) -> str:
    """What a clause says is out, if it says so of anything."""
    if given := _releases().search(clause):
        return clause[given.start() :]
    return clause[: found.start()] if (found := _lies().search(clause)) else ""


def tidy(address: str) -> str:
    """An address as it stands in prose, without what belongs to the sentence; empty where nothing is left."""
    url = _closed(address).rstrip(".,;:!?*'\"")
    if not url.casefold().startswith("http"):
        url = f"https://{url}"
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return url if "." in host else ""


def _closed(address: str) -> str:
    """Up to the bracket that closes what was opened before the address."""
    depth = 0
    for place, character in enumerate(address):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return address[:place]
    return address
