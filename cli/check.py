"""``insights check``: every file that a person edits, looked through before a run needs it."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import prompts
from agents.classifier import EXAMPLES, ExamplesError, load_examples, unfit
from domain.errors import FileError, Slip
from models import prices
from prompts import glossary, interests, taxonomy, terms, topics
from prompts.variables import VARIABLES
from sources.files import BadFile, read_file

from .console import open_console, print_lines
from .exit_codes import COMPLETE, USAGE
from .settings import ENV_FILE, TOML, SettingsError, load_settings

Look = tuple[Path, Callable[[], object]]
"""A file, and what reads it: raises FileError, or SettingsError, for what is wrong."""


def check_files(papers: Sequence[Path]) -> int:
    """Prints every slip with its file and line, or that all is sound. ``papers`` are looked through too."""
    edited = (*_settings(), *_prompts(), *_lists(), *_interests())
    looks = [*edited, *((path, lambda path=path: _papers(path)) for path in papers)]
    slips = list(dict.fromkeys(slip for _, look in looks for slip in _found(look)))
    console = open_console()
    print_lines(console, *slips)
    if slips:
        faulty = {slip.partition(":")[0] for slip in slips}
        print_lines(console, f"{_count(len(slips), 'slip')} in {len(faulty)} of {_count(len(looks), 'file')}")
        return USAGE
    print_lines(console, f"{len(looks)} files are sound")
    return COMPLETE


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _found(look: Callable[[], object]) -> list[str]:
    try:
        look()
    except FileError as error:
        return [str(slip) for slip in error.slips]
    except SettingsError as error:
        return list(error.faults)
    return []


def _settings() -> Iterator[Look]:
    for path in (Path(TOML), Path(ENV_FILE)):
        if path.exists():
            yield path, load_settings


def _prompts() -> Iterator[Look]:
    for name in prompts.names():
        yield prompts.HERE / f"{name}.md", lambda name=name: _prompt(name)
    have = {prompts.bare(name) for name in prompts.names()}
    for name in sorted(VARIABLES.keys() - have):
        yield prompts.HERE / f"{name}.md", lambda name=name: prompts.load(name)


def _prompt(name: str) -> None:
    loaded = prompts.load(name)
    if prompts.bare(name) not in VARIABLES:
        known = ", ".join(sorted(VARIABLES))
        raise FileError(Slip(loaded.path, 1, f"no agent asks for a prompt of this name; expected are {known}"))


def _lists() -> Iterator[Look]:
    for path in glossary.files():
        yield path, lambda path=path: glossary.read_terms(path)
    for path, language in terms.files():
        yield path, lambda language=language: terms.load_terms(language)
    yield taxonomy.FILE, taxonomy.load_taxonomy
    yield topics.FILE, topics.load_topics
    yield prices.FILE, prices.load_prices
    yield EXAMPLES, _examples


def _interests() -> Iterator[Look]:
    try:
        path = load_settings().settings.interests
    except (SettingsError, FileError):
        return  # told already
    if path.exists():
        yield path, lambda: interests.load_interests(path, taxonomy.load_taxonomy())


def _examples() -> None:
    examples = load_examples()
    try:
        categories = taxonomy.load_taxonomy()
    except FileError:
        return  # told already, and without categories there is nothing more to say
    if slips := unfit(categories, examples):
        raise ExamplesError(*slips)


def _papers(path: Path) -> None:
    try:
        _, drops = read_file(path, "files")
    except BadFile as error:
        raise FileError(Slip(path, 1, str(error).removeprefix(f"{path} "))) from None
    if drops:
        lines = _text(path).split("\n")
        named = [(drop.what.partition(": ")[2], drop.reason) for drop in drops]
        raise FileError(*(Slip(path, _line(name, lines), f"{name} gives no paper: {why}") for name, why in named))


def _text(path: Path) -> str:
    content = path.read_bytes()
    content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    return content.decode("utf-8", errors="replace")


def _line(name: str, lines: Sequence[str]) -> int:
    """Where a record stands: by its number in a file of lines, else where its title or id is first written."""
    if numbered := re.fullmatch(r"(?:record|line) (\d+)", name):
        return min(int(numbered[1]), len(lines))
    written = (name, json.dumps(name)[1:-1])
    return next((n for n, line in enumerate(lines, 1) if any(text in line for text in written)), 1)
