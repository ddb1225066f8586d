"""Prompt files: what goes into them is fenced, and a file that does not fit its agent is told before a day is run."""

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError

import prompts
from graph.context import Context
from prompts import Prompt, PromptError
from prompts.variables import VARIABLES

ROOT = Path(__file__).parents[2]


def test_a_fence_is_the_same_for_the_same_texts_and_another_for_others() -> None:
    assert prompts.fence(["a", "b"]) == prompts.fence(["a", "b"])
    assert len({prompts.fence(texts) for texts in ((), ("a",), ("a", "b"), ("ab",), ("b", "a"))}) == 5


def test_no_text_contains_its_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    # Real hashes never meet the text in a test: here the first two do.
    digests = iter(["c0ffee0000ff", "c0ffee1111ff", "c0ffee2222ff"])

    class Weak:
        def hexdigest(self) -> str:
            return next(digests)

    monkeypatch.setattr(prompts.hashlib, "sha256", lambda _: Weak())
    assert prompts.fence(["said ==c0ffee0000== and ==c0ffee1111=="]) == "==c0ffee2222=="


def asked() -> list[tuple[str, str, frozenset[str]]]:
    """(file, prompt, values) of every question that an agent asks: ``llm.ask("flow", Flow, facts=...)``."""
    found: list[tuple[str, str, frozenset[str]]] = []
    for path in sorted((*(ROOT / "agents").glob("*.py"), *(ROOT / "bench").glob("*.py"))):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "ask":
                if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "llm"):
                    continue  # verdicts.ask, which asks in turn, and who hands a question on
                name = call.args[0]  # a text, or one that begins with the language: f"{language}/flow"
                name = name.values[-1] if isinstance(name, ast.JoinedStr) else name
                assert isinstance(name, ast.Constant), f"{path.name} does not name its prompt"
                values = frozenset(keyword.arg or "**" for keyword in call.keywords) - {
                    "about",
                    "answer_tokens",
                    "part",
                }
                found.append((path.name, prompts.bare(str(name.value)), values))
    return found


def test_every_agent_gives_its_prompt_the_values_that_are_declared() -> None:
    calls = asked()
    assert {prompt for _, prompt, _ in calls} == set(VARIABLES)
    assert [(file, prompt) for file, prompt, values in calls if values != VARIABLES[prompt]] == []


def test_every_prompt_of_the_project_is_sound_and_declared() -> None:
    assert {prompts.bare(name) for name in prompts.names()} == set(VARIABLES)
    assert [slip for name in prompts.names() for slip in prompts.slips(prompts.load(name))] == []


FRAME = "Tell it in order.\nBetween {{ fence }}. {{ terms }}\n---\n{% for item in items %}\n{{ item }}\n{% endfor %}\n"


@pytest.mark.parametrize(
    ("old", "new", "problem", "line"),
    [
        ("{{ fence }}", "", "it has to use fence, which it is given", 1),
        ("{{ fence }}", "{{ fense }}", "there is no value fense; did you mean fence?", 2),
        ("{{ item }}", "{{ colour }}", "there is no value colour; it is given fence, items, terms", 5),
        ("{{ item }}", "{{ item }", "it is no Jinja template: unexpected '}'", 5),
        ("{% endfor %}", "", "it is no Jinja template: Unexpected end of template", 5),
        ("{{ item }}", "{{ item | shout }}", "it is no Jinja template: No filter named 'shout'", 5),
        ("order.", "{% if fence %}", "it is no Jinja template: Unexpected end of template", 2),
        ("---\n", "", "expected is a line '---' between its system and its user part", 1),
        ("order", "\udcff", "it is no UTF-8 text", 1),
    ],
)
def test_a_slip_is_named_with_its_line_when_the_file_is_read(
    old: str, new: str, problem: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / "frame.md"
    path.write_text(FRAME, encoding="utf-8")
    assert prompts.load("frame", tmp_path).variables == {"fence", "items", "terms"}
    assert FRAME.count(old) == 1
    path.write_text(FRAME.replace(old, new), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(PromptError) as raised:
        prompts.load("frame", tmp_path)
    assert (path, line, problem) in [(slip.path, slip.line, slip.text[: len(problem)]) for slip in raised.value.slips]


def test_a_prompt_that_is_missing_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "frame.md").write_text(FRAME, encoding="utf-8")
    with pytest.raises(PromptError, match=r"float\.md:1: there is no such prompt; known: frame"):
        prompts.load("float", tmp_path)


@pytest.mark.parametrize(
    ("body", "problem"),
    [("{{ item.titel }}", "titel"), ("{{ item.title + 1 }}", "can only concatenate"), ("{{ item.a.b }}", "'a'")],
)
def test_a_part_that_a_value_does_not_have_is_told_with_its_line(body: str, problem: str) -> None:
    prompt = Prompt("own", f"System.\n---\n\n{body}\n")
    with pytest.raises(PromptError, match=r"own\.md:4: it cannot be filled: .*" + problem):
        prompt.render(item={"title": "x"})


def test_a_value_that_is_missing_or_never_used_is_named() -> None:
    prompt = Prompt("own", "System {{ a }}.\n---\nUser.\n")
    with pytest.raises(PromptError, match=r"own\.md:1: it needs a value for a"):
        prompt.render()
    with pytest.raises(PromptError, match=r"own\.md:1: it does not use b"):
        prompt.render(a=1, b=2)


def test_what_a_prompt_includes_is_part_of_its_version_and_missed_when_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "HERE", tmp_path)
    shared = tmp_path / "shared.txt"
    shared.write_text("- one rule\n", encoding="utf-8")
    (tmp_path / "own.md").write_text('System.\n{% include "shared.txt" +%}\n---\nUser.\n', encoding="utf-8")
    before = prompts.load("own", tmp_path).version
    shared.write_text("- another rule\n", encoding="utf-8")
    assert prompts.load("own", tmp_path).version != before
    shared.unlink()
    with pytest.raises(PromptError, match=r"own\.md:1: it includes shared\.txt, which is not there"):
        prompts.load("own", tmp_path)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_and_a_foreign_report_are_judged_by_the_same_list_of_faults(language: str) -> None:
    shown = {"sentences": [], "lines": [], "fence": "==x=="}
    [(_, page), _] = prompts.load(f"{language}/critique").render(again=False, **shown)
    [(_, audit), _] = prompts.load(f"{language}/audit").render(**shown)
    faults = (prompts.HERE / language / "faults.txt").read_text(encoding="utf-8").strip()
    assert faults in page and faults in audit


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("{{ fence }}", ""), "it has to use fence"),
        (("{{ fence }}", "{{ fense }}"), "did you mean fence"),
        (("{{ fence }}", "{{ fence }}{{ mood }}"), "there is no value mood"),
        (("\n---\n", "\n"), "'---'"),
    ],
    ids=["missing", "misspelt", "unused", "one part"],
)
def test_a_prompt_that_does_not_fit_is_refused_by_form_file_check_and_run_alike(
    change: tuple[str, str], words: str, tmp_path: Path
) -> None:
    text = prompts.load("ko/frame").source.replace(*change)
    with pytest.raises(ValidationError, match="prompt_frame") as by_form:
        Context(prompt_frame=text)
    with pytest.raises(prompts.PromptError) as by_run:
        prompts.edited("ko/frame", text)
    (tmp_path / "frame.md").write_text(text, encoding="utf-8")
    with pytest.raises(prompts.PromptError) as by_check:
        prompts.load("frame", tmp_path)
    assert [one for one in (by_form, by_run, by_check) if words not in str(one.value)] == []
    assert Context(prompt_frame=prompts.load("ko/frame").source).edited.keys() == {"ko/frame"}


def test_a_day_tells_the_versions_of_the_prompts_that_it_asks_with_and_of_no_others() -> None:
    context = Context(model="openai:any", language="en", prompt_frame=prompts.load("en/frame").source)
    told = dict(context.prompt_versions)
    assert told.keys() == {"classify", "en/synthesize", "en/critique", "en/frame"}
    assert [name for name, version in told.items() if version.endswith("edited in this run")] == ["en/frame"]
    assert Context(model="offline", language="en").prompt_versions == ()
