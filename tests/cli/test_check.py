"""``insights check``: every slip of every file that a person edits, by file and line, in a copy of the project."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "prompts", "sources", "vectorstore", "publishing", "models", "agents", "graph", "cli")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy to be edited, with a file of each kind in it."""
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "insights.toml").write_text("# mine\ncap = 5\n", encoding="utf-8")
    (tmp_path / ".env").write_text("OPENAI_API_KEY=hid-key\nINSIGHTS_LANGUAGE=en\n", encoding="utf-8")
    rows = [{"id": f"2611.0000{n}", "title": f"Study {n}", "abstract": "We study."} for n in range(1, 4)]
    (tmp_path / "day.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def insights(project: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, lines, and what went to standard error."""
    command = [sys.executable, "-c", "from cli.app import main; main()", *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


def edit(path: Path, old: str, new: str) -> int:
    """Changes a file in one place; the line of that place."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_files_without_a_slip_are_sound(project: Path) -> None:
    code, lines, errors = insights(project, "check", "day.jsonl")
    files = [*project.glob("prompts/**/*.md"), *project.glob("domain/languages/*/*.toml")]
    assert (code, errors) == (0, "")
    assert lines == [f"{len(files) + 7} files are sound"]


def test_every_slip_of_every_file_is_listed_with_file_and_line(project: Path) -> None:
    edit(project / "insights.toml", "cap = 5", "cap = 500")
    edit(project / ".env", "LANGUAGE=en", "LANGUAGE=zz")
    prompt = edit(project / "prompts/classify.md", "{{ item.id }}", "{{ itemm.id }}")
    topic = edit(project / "prompts/topics.yaml", "  - key: rlhf\n", "  - key: post-training\n")
    category = edit(project / "prompts/taxonomy.yaml", "names: {ko: 강화 학습,", "nams: {ko: 강화 학습,")
    term = edit(project / "domain/languages/ko/glossary.toml", '{ en = ["deep learning"],', "{")
    example = edit(project / "agents/examples.jsonl", '{"title": "Think Twice: A H', '"title": "Think Twice: A H')
    with (project / "day.jsonl").open("a", encoding="utf-8") as day:
        day.write('{"id": "x", "title": "Study 4"}\n{broken')
    code, lines, errors = insights(project, "check", "day.jsonl")
    expected = [
        "insights.toml:2: the setting cap should be a whole number from 1 to 50, not 500",
        ".env:2: the setting language should be ",
        f"prompts/classify.md:{prompt}: there is no value itemm; did you mean items?",
        f"prompts/topics.yaml:{topic}: the key 'post-training' is used by two topics",
        f"prompts/taxonomy.yaml:{category - 1}: category 'rl' has no 'names'",
        f"prompts/taxonomy.yaml:{category}: category 'rl' has a field 'nams' that is not known",
        f"domain/languages/ko/glossary.toml:{term}: it is no term: en: Field required",
        f"agents/examples.jsonl:{example}: expected is an example with title, category and weight",
        "day.jsonl:4: Study 4 gives no paper: no abstract",
        "day.jsonl:5: ",
    ]
    assert (code, errors) == (2, "")
    missing = [slip for slip in expected if not any(slip in line for line in lines)]
    assert missing == [], "\n".join(lines)
    files = [*project.glob("prompts/**/*.md"), *project.glob("domain/languages/*/*.toml")]
    assert lines[-1] == f"{len(lines) - 1} slips in 8 of {len(files) + 7} files"


def test_a_file_that_is_gone_or_that_nobody_asks_for_is_a_slip(project: Path) -> None:
    (project / "prompts/classify.md").rename(project / "prompts/classifi.md")
    (project / "prompts/topics.yaml").unlink()
    code, lines, errors = insights(project, "check", "none.jsonl")
    assert (code, errors) == (2, "")
    for slip in (
        "prompts/classifi.md:1: no agent asks for a prompt of this name; expected are audit, classify",
        "prompts/classify.md:1: there is no such prompt",
        "prompts/topics.yaml:1: it cannot be read: No such file",
        "none.jsonl:1: there is no file",
    ):
        assert any(slip in line for line in lines), lines


def test_a_packed_file_of_papers_is_looked_through_too(project: Path) -> None:
    rows = [{"id": "2611.00001", "title": "Study 1", "abstract": "We study."}, {"title": "Bare \u00e9"}]
    (project / "day.jsonl.gz").write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    code, lines, _ = insights(project, "check", "day.jsonl.gz")
    assert code == 2
    assert lines[0] == "day.jsonl.gz:2: Bare \u00e9 gives no paper: no abstract"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("prompts/classify.md", "{{ item.id }}", "{{ item.id }"),
        ("prompts/ko/critique.md", "{{ line.objection }}", "{{ line.objection }"),
        ("agents/examples.jsonl", '{"title": "Think Twice: A H', '"title": "Think Twice: A H'),
    ],
)
def test_a_run_tells_the_slip_in_a_sentence_and_begins_nothing(file: str, old: str, new: str, project: Path) -> None:
    edit(project / file, old, new)
    model = ("--model", "openai:gpt", *("--source", "sample"))  # nobody is asked: it would be a failure of the network
    code, _, errors = insights(project, "run", "2024-10-06", *model, "--language", "ko")
    assert code == 2 and "Traceback" not in errors
    assert errors.startswith("insights: ") and f"{file}:" in errors and errors.count("\n") == 1
    assert not (project / "data" / "reports").exists()
