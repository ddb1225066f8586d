"""Prices: whose word counts for which model, and what a slip in their file is called."""

from pathlib import Path

import pytest

from domain.errors import FileError
from models.prices import FILE, Price, load_prices, price, price_of


@pytest.fixture(autouse=True)
def _openai_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def test_of_the_rows_that_fit_a_model_the_first_holds(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    rows = '"openai:gpt-9-mini*" = [1, 0.1, 8]\n"openai:gpt-9*" = [5, 0.5, 40]\n'
    file.write_text(f"checked = 2026-11-28\n[prices]\n{rows}", encoding="utf-8")
    table = load_prices(file)
    assert table.of("openai:gpt-9-mini-2026") == Price(input=1, cached=0.1, output=8)
    assert table.of("openai:gpt-9") == Price(input=5, cached=0.5, output=40)
    assert table.of("anthropic:gpt-9") is None


def test_the_table_that_comes_with_the_project_can_be_read_and_no_row_stands_behind_one_that_takes_its_models() -> None:
    table = load_prices(FILE)
    names = [pattern.replace("*", "") for pattern in table.prices]
    assert [table.of(name) for name in names] == list(table.prices.values())
    assert all(one.cached <= one.input <= one.output for one in table.prices.values())


def test_what_a_user_says_of_a_price_comes_before_the_table_and_what_is_cached_costs_as_much_unless_told() -> None:
    table = price_of("openai:gpt-5-mini", {})
    assert table and table.cached < table.input
    assert price_of("openai:gpt-5-mini", {"gpt-5-mini": (3.0, 9.0)}) == Price(input=3, cached=3, output=9)
    assert price_of("openai:mine", {"openai:mine": (3.0, 1.0, 9.0)}) == price((3.0, 1.0, 9.0))
    assert price_of("openai:mine", {}) is None


def test_a_server_of_ones_own_has_no_prices_of_openais(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")
    assert price_of("openai:gpt-5-mini", {}) is None and price_of("anthropic:claude-haiku-4-5", {}) is not None
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
    assert price_of("openai:gpt-5-mini", {}) is not None


def test_a_row_that_is_no_price_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(
        'checked = 2026-11-28\n[prices]\n"openai:a" = [1, 2, 3]\n"openai:b" = [1, 2]\n"openai:c" = [1, -2, 3]\n',
        encoding="utf-8",
    )
    with pytest.raises(FileError) as caught:
        load_prices(file)
    assert [(slip.line, '"openai:' in slip.text) for slip in caught.value.slips] == [(4, True), (5, True)]
    file.write_text("checked = 2026-11-28\n", encoding="utf-8")
    load_prices.cache_clear()
    with pytest.raises(FileError, match=r"expected 'checked"):
        load_prices(file)
