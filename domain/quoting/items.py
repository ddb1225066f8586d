"""Chooses the sentences that tell a paper: the best set that needs nothing outside of itself."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, product
from typing import NamedTuple

from domain.claims import Claim, Evidence
from domain.items import Item
from domain.kinds import Role
from domain.papers import Paper

from . import roles
from .names import own_name
from .standing import Needs, hangs, leans

_WORDS = 60
"""What a reader takes in at a glance; a longer choice has to be worth it."""
_MOST = 120
"""Beyond this every word counts twice."""
_MADE = 9.0
"""What the sentence is worth that says what a paper made; all other worths are a few points."""
_CANDIDATES = 6
"""How many sentences are weighed for each part."""
_READ = 40
"""How many sentences of an abstract are read: more than any abstract has that is one."""
_NEAR = 4
"""How far from its idea a paper explains how it works."""


class _Read(NamedTuple):
    """An abstract as the picker sees it; lists run over its sentences, 0-based."""

    texts: tuple[str, ...]
    needs: tuple[Needs | None, ...]
    words: tuple[int, ...]
    fine: tuple[bool, ...]
    tellable: tuple[bool, ...]
    listed: tuple[bool, ...]
    """Whether the next sentence goes on with its list."""
    main: int
    """Where it says what it made, did or found; -1 for nowhere."""
    first: int
    """Where the paper begins to speak of itself."""
    problem: tuple[float, ...]
    idea: tuple[float, ...]
    mechanism: tuple[float, ...]
    result: tuple[float, ...]
    points: tuple[bool, ...]
    """Whether its words point at what was said right before."""
    opens: tuple[bool, ...]
    """Whether it tells a first without a second."""
    explains: tuple[bool, ...]
    bridge: tuple[bool, ...]
    """Whether it may stand beside the method, where a result needs it."""


class _Choice(NamedTuple):
    excerpt: tuple[int, ...]
    problem: tuple[int, ...]
    method: tuple[int, ...]
    result: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """In the order in which they are printed."""
        return (*self.excerpt, *self.problem, *self.method, *self.result)


def quote(paper: Paper) -> Item:
    """The paper in two or three of its own sentences, in the abstract's order, each under a label that is true of it.

    Pure and quick. A paper without a sentence that can be quoted gives an item without claims.
    """
    read = _read(paper)
    choices = list(_choices(read)) or list(_beginnings(read))
    choice = max(choices, key=lambda c: _worth(c, read))
    parts: list[tuple[Role, tuple[int, ...]]] = [
        ("abstract", choice.excerpt),
        ("problem", choice.problem),
        ("method", choice.method),
        *(("result", (place,)) for place in choice.result),
    ]
    claims = tuple(_claim(paper, role, places) for role, places in parts if places)
    return Item(paper_id=paper.id, name=own_name(paper), claims=claims, quoted=True)


def _read(paper: Paper) -> _Read:
    texts = tuple(sentence.text for sentence in paper.sentences[:_READ])
    evidence = [sentence.use == "evidence" for sentence in paper.sentences[:_READ]]
    name = own_name(paper)
    fine = [held and roles.quotable(text) for held, text in zip(evidence, texts, strict=True)]
    listed = [any(roles.lists(text, after) for after in texts[n + 1 : n + 1 + _NEAR]) for n, text in enumerate(texts)]
    main = _main(texts, name)
    tellable = [held and roles.tellable(text) for held, text in zip(evidence, texts, strict=True)]
    idea = [_idea(text, place, main, name) if tellable[place] else 0.0 for place, text in enumerate(texts)]
    diagnosed = [roles.problem(text) for text in texts]
    first = next((n for n, t in enumerate(texts) if idea[n] or (roles.finds(t) and not diagnosed[n])), 0)
    return _Read(
        texts=texts,
        needs=leans(texts, paper.title),
        words=tuple(len(text.split()) for text in texts),
        fine=tuple(fine),
        listed=tuple(listed),
        tellable=tuple(tellable),
        main=main,
        first=first,
        problem=tuple(value if fine[n] and not idea[n] else 0.0 for n, value in enumerate(diagnosed)),
        idea=tuple(idea),
        mechanism=tuple(roles.mechanism(t, name) if fine[n] and n > first else 0.0 for n, t in enumerate(texts)),
        result=tuple(roles.result(t) if fine[n] and n >= first else 0.0 for n, t in enumerate(texts)),
        points=tuple(hangs(text) for text in texts),
        opens=tuple(roles.opens(text) for text in texts),
        explains=tuple(roles.explains(text) for text in texts),
        bridge=tuple(fine[n] and n > first and roles.bridges(t) and not roles.result(t) for n, t in enumerate(texts)),
    )


def _main(texts: Sequence[str], name: str) -> int:
    """Where the paper says first what it made, by its name if it has one, else what it did or found; -1 for nowhere."""
    made = [n for n, text in enumerate(texts) if roles.makes(text)]
    done = [n for n, text in enumerate(texts) if roles.studies(text) or roles.defines(text, name)]
    named = [n for n in (*made, *done[:1]) if name and name in texts[n]]
    defined = [n for n in done if roles.defines(texts[n], name)]
    if defined and named and defined[0] < named[0]:
        named = defined
    found = [n for n, text in enumerate(texts) if roles.finds(text)]
    if done and found and made and done[0] < found[0] < made[0] and not named:
        made = []  # what was made comes after what was found: the study is the paper
    return next(iter((*named, *made, *done, *found)), -1)


def _idea(text: str, place: int, main: int, name: str) -> float:
    """How clearly a sentence says what the paper made or did; 0 where it does not."""
    works = min(3.0, roles.mechanism(text, name))
    if roles.makes(text):
        # What is said first is the thing itself; later ones are its parts, data or models.
        return (_MADE if place == main else 2.4) + 0.4 * works
    if roles.aims(text):
        return 1.0
    if roles.studies(text):
        return (4.0 if place == main else 1.4 if roles.evaluates(text) else 2.4) + 0.3 * works
    if roles.defines(text, name):
        return (4.0 if place == main else 2.4) + 0.3 * works
    if name and text.startswith(name) and works:
        return 1.8 + 0.4 * works
    return 0.0


def _choices(read: _Read) -> Iterator[_Choice]:
    """Every way to tell the paper in which nothing that is needed is missing."""
    places = range(len(read.texts))
    found = _best([n for n in places if read.result[n]], read.result)
    heads: list[_Choice] = []
    chained: list[tuple[_Choice, int]] = []  # with the result that the chain is for
    for idea in _best([n for n in places if read.idea[n]], read.idea):
        near = [n for n in places[idea + 1 : idea + 1 + _NEAR] if _tells_more(read, n, idea)]
        methods = [(idea,), *((idea, n) for n in near), *((idea, a, b) for a, b in pairwise(near))]
        heads += [_Choice((), problem, method, ()) for problem in _problems(read, idea) for method in methods]
        excerpts = [excerpt for excerpt in _excerpts(read, idea) if len(excerpt) > 1]
        heads += [_Choice(excerpt, (), (), ()) for excerpt in _excerpts(read, idea)]
        chains = [(n, (idea, *between)) for n in found if (between := _between(read, n, idea))]
        chained += [(_Choice((), p, method, ()), n) for p in _problems(read, idea) for n, method in chains]
        chained += [(_Choice(e, (), method[1:], ()), n) for e in excerpts for n, method in chains]
    # Where the finding is the idea, it needs no method before it.
    for finding in (n for n in found if roles.finds(read.texts[n]) or not any(read.idea)):
        heads += [_Choice((), problem, (), ()) for problem in _problems(read, finding)]
        if finding == read.main:
            heads += [_Choice(excerpt, (), (), ()) for excerpt in _excerpts(read, finding)]
    results = _results(found)
    whole = ((head, result) for head, n in chained for result in results if n in result)
    for head, result in chain(product(dict.fromkeys(heads), results), whole):
        choice = head._replace(result=result)
        if (choice.excerpt or choice.method or choice.result) and _stands(choice, read):
            yield choice


def _beginnings(read: _Read) -> Iterator[_Choice]:
    """The first sentences, where what was made or done cannot be told, with what came out if that stands by itself."""
    start = _Choice(_beginning(read), (), (), ())
    yield start
    for result in _results(_best([n for n, worth in enumerate(read.result) if worth], read.result)):
        choice = start._replace(result=result)
        alone = (
            result and start.excerpt and start.excerpt[-1] < result[0] and _stands(_Choice((), (), (), result), read)
        )
        if alone or _stands(choice, read):
            yield choice


def _results(found: Sequence[int]) -> list[tuple[int, ...]]:
    """None, one, or two."""
    return [(), *((n,) for n in found), *((a, b) for a in found for b in found if a < b)]


def _best(places: Sequence[int], values: Sequence[float]) -> list[int]:
    """The few that are worth most, in the abstract's order: an abstract may be as long as it likes."""
    return sorted(sorted(places, key=lambda n: (-values[n], n))[:_CANDIDATES])


def _tells_more(read: _Read, place: int, idea: int) -> bool:
    """Whether a sentence may stand beside the idea, as more of what was made or done."""
    beside = read.bridge[place] and place == idea + 1
    return bool(read.mechanism[place] or read.idea[place] or beside)


def _between(read: _Read, result: int, idea: int) -> tuple[int, ...]:
    """What stands between the idea and a result that cannot do without it; none where that is more than a sentence or
    two, or tells nothing of the paper's own work."""
    taken: set[int] = set()
    waiting = {result}
    while waiting:
        needs = read.needs[waiting.pop()] or ()
        further = {max(group) for group in needs if idea not in group} - taken
        taken |= further
        waiting |= further
    if not 0 < len(taken) <= 2 or min(taken) <= idea:
        return ()
    own = all(read.fine[n] and (read.idea[n] or read.mechanism[n] or roles.bridges(read.texts[n])) for n in taken)
    return tuple(sorted(taken)) if own else ()


def _problems(read: _Read, before: int) -> list[tuple[int, ...]]:
    """No problem, or one with what it goes on from."""
    told = _best([n for n in range(before) if read.problem[n]], read.problem)
    plain = [bool(read.problem[n]) or not (read.idea[n] or roles.finds(text)) for n, text in enumerate(read.texts)]
    runs = (range(n - lead, n + 1) for n in told for lead in range(3) if n >= lead)
    return [(), *(tuple(run) for run in runs if all(plain[n] for n in run))]


def _excerpts(read: _Read, idea: int) -> Iterator[tuple[int, ...]]:
    """A sentence with all that it needs before it, and the whole beginning up to it, each as far as it can be told."""
    end = idea
    while read.listed[end] or (end > idea and end + 1 < len(read.texts) and roles.goes_on_listing(read.texts[end + 1])):
        end += 1
    taken: set[int] = set()
    waiting = set(range(idea, end + 1))
    while waiting:
        place = waiting.pop()
        taken.add(place)
        waiting |= {max(group) for group in read.needs[place] or ()} - taken
    for excerpt in (tuple(sorted(taken)), tuple(range(end + 1))):
        if all(read.tellable[n] for n in excerpt):
            yield excerpt


def _stands(choice: _Choice, read: _Read) -> bool:
    """Whether the sentences keep their order, can be told, and have all they need before them."""
    told = choice.places
    if any(_points_elsewhere(told, n, read) for n in range(1, len(told))):
        return False
    whole = choice.excerpt == tuple(range(len(choice.excerpt)))
    apart = [n for n, place in enumerate(told) if not (whole and place in choice.excerpt)]
    if any(read.opens[told[n]] and not _seconded(told, n, read) for n in apart):
        return False
    return all(a < b for a, b in pairwise(told)) and all(
        (whole and place in choice.excerpt)
        or (
            (read.fine[place] or place in choice.excerpt)
            and (needs := read.needs[place]) is not None
            and all(group & set(told[:n]) for group in needs)
        )
        for n, place in enumerate(told)
    )


def _points_elsewhere(told: Sequence[int], n: int, read: _Read) -> bool:
    """'To address this' after anything but the problem that it addresses."""
    groups = read.needs[told[n]]
    return read.points[told[n]] and bool(groups) and told[n - 1] not in groups[0]


def _seconded(told: Sequence[int], n: int, read: _Read) -> bool:
    """Whether what comes first is followed by what comes then."""
    then = told[n + 1] if n + 1 < len(told) else -1
    goes_on = then == told[n] + 1 and read.points[then]
    return told[n] < then <= told[n] + _NEAR and (goes_on or roles.follows(read.texts[then]))


def _worth(choice: _Choice, read: _Read) -> tuple[float, tuple[int, ...]]:
    worth = 0.0
    if choice.method:
        idea, *further = choice.method
        thin = read.mechanism[idea] <= 1.0
        worth += max(read.idea[n] for n in choice.method) + 0.5 * (idea == read.first)
        worth += sum((0.7 if thin else 0.4) * read.mechanism[n] + 0.3 - 0.3 * (n - idea) for n in further[:1])
        worth += sum(0.2 * read.mechanism[n] for n in further[1:])
    if choice.excerpt:
        worth += max(max(read.idea[n], 4.0 * (n == read.main)) for n in choice.excerpt) - 1.5
    if (choice.method or choice.excerpt) and not any(read.explains[n] for n in (*choice.method, *choice.excerpt)):
        named = choice.excerpt or any(roles.makes(read.texts[n]) for n in choice.method)
        worth -= 3.0 if named else 1.0  # a name and what it is good for are no idea
    if not (choice.method or choice.excerpt) and read.main >= 0 and read.idea[read.main] >= _MADE:
        worth -= 6.0  # a paper that made something is not told without it
    if choice.problem:
        worth += 1.2 + 0.3 * read.problem[choice.problem[-1]] - 0.4 * (len(choice.problem) - 1)
    best = sorted((read.result[n] for n in choice.result), reverse=True)
    worth += (1.5 + best[0] if best else 0.0) + (0.5 * best[1] - 0.8 if len(best) > 1 else 0.0)
    words = sum(read.words[n] for n in choice.places)
    worth -= 0.002 * words + 0.06 * max(0, words - _WORDS) + 0.1 * max(0, words - _MOST)
    return worth, tuple(-n for n in choice.places)


def _beginning(read: _Read) -> tuple[int, ...]:
    """As many of the first sentences as a reader takes in at a glance; empty where none can be told."""
    taken: list[int] = []
    for place in range(len(read.texts)):
        words = sum(read.words[n] for n in (*taken, place))
        if taken and (words > _WORDS or place != taken[-1] + 1 or not read.fine[place]):
            break
        if read.tellable[place]:
            taken.append(place)
    return tuple(taken)


def _claim(paper: Paper, role: Role, places: Sequence[int]) -> Claim:
    quotes = [paper.sentences[n].text for n in places]
    evidence = tuple(Evidence(paper_id=paper.id, sentence=n + 1, quote=q) for n, q in zip(places, quotes, strict=True))
    return Claim(kind="reported", role=role, text=" ".join(quotes), evidence=evidence)
