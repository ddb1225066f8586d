"""Papers of our own for the tests of quoting."""

from domain.papers import Paper


def paper(*sentences: str, title: str = "Sorting letters by hand") -> Paper:
    return Paper(id="arxiv:2401.00001", title=title, abstract=" ".join(sentences))
