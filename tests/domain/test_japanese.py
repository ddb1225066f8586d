"""Japanese, a draft: its figures are read, its letters are its own, every word and category is there."""

import pytest

from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Statement
from domain.languages import find
from prompts.taxonomy import load_taxonomy

SENTENCE = "It trains on 250 billion tokens, is 1.5 times as fast and gains 3.2 percentage points in 30 seconds."


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("2,500億トークンで学習し、1.5倍速く、精度が3.2ポイント高い。", set[str]()),
        ("30秒で終わる。", set[str]()),
        ("250億トークンで学習する。", {"figure-scale"}),
        ("2.5倍速い。", {"figure-value", "figure-absent"}),
        ("이 방법은 빠르다", {"script", "language"}),
    ],
)
def test_a_line_in_japanese_is_held_against_its_paper(line: str, rules: set[str]) -> None:
    cited = (Cited(title="A Study", abstract=SENTENCE, sentences=(SENTENCE,)),)
    found = {fault.rule for fault in check_line(Statement(text=line, language="ja", cited=cited))}
    assert found <= rules and bool(found) == bool(rules)


def test_every_category_has_a_japanese_name_of_its_own() -> None:
    names = [category.names["ja"] for category in load_taxonomy().all]
    assert len(set(names)) == len(names) == 22
    assert all(find("ja").letters.search(name) for name in names)
