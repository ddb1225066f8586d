"""A short fixed part of the soak (``make soak``): a dozen kills, stops and full disks, and some spoiled answers."""

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from math import inf
from pathlib import Path

import pytest

from soak import disks, listings, models, page, sources, state, trial
from soak.children import Place
from soak.verbs import Verb
from soak.world import World

ROOT = Path(__file__).parents[2]


def test_kills_stops_and_full_disks_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "soak.short", str(tmp_path / "soak")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    trials = [json.loads(line) for line in (tmp_path / "soak" / "trials.jsonl").read_text("utf-8").splitlines()]
    assert [one["bad"] for one in trials if one["bad"]] == []
    counted = Counter(one["kind"] for one in trials)
    assert counted["kill -9"] >= 8 and counted["Ctrl-C"] == counted["SIGTERM"] == 1
    if "full disks are passed over" not in done.stdout:  # none can be mounted
        assert counted["full disk"] == 2
    if "Postgres is passed over" not in done.stdout:
        [away] = [one["seen"] for one in trials if one["kind"] == "the Postgres server goes away and comes back"]
        assert "cannot be kept in Postgres" in away


LOADED_SLOWLY = """
import signal, sys
from pathlib import Path
from soak import children

children.REAL = (sys.executable, "-c", '''
import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
open(os.environ["SOAK_BEGUN"], "w").close()
sys.exit(128 + signal.sigwait({signal.SIGTERM}))
''')
place = children.Place(Path(sys.argv[1]), {})
print(children.start((), place).wait(hit=signal.SIGTERM, after=0.0).code)
"""


def test_a_command_is_stopped_no_sooner_than_it_has_begun(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADED_SLOWLY, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "143\n"


def test_a_soak_in_which_nothing_went_wrong_leaves_its_log_alone(tmp_path: Path) -> None:
    (rooms := tmp_path / "rooms").mkdir()
    command = [sys.executable, "-m", "soak", "--only", "listings", "--rounds", "0.0001", "--rooms", str(rooms)]
    done = subprocess.run(
        [*command, "--log", str(tmp_path / "log")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "trials, 0 bad" in done.stdout and (tmp_path / "log").read_text("utf-8")
    assert list(rooms.iterdir()) == []


@pytest.mark.parametrize("kind", sources.KINDS, ids=lambda kind: kind.name)
async def test_spoiled_answers_of_a_source_crash_nothing_and_lose_nothing_without_a_word(
    kind: sources.Kind, tmp_path: Path
) -> None:
    soak = trial.Soak(tmp_path / "log", seed=1, until=0)
    for number in range(20):
        given = listings.spoiled(kind, soak.chance("listing", kind.name, number))
        bad, _ = await listings.one(kind, given, tmp_path)
        assert bad == "", number


async def test_a_source_that_loses_a_record_without_a_word_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soak, kind = trial.Soak(tmp_path / "log", seed=1, until=0), sources.Hub()
    read = sources.HuggingFace.listing

    async def loses(self: sources.HuggingFace, day: object) -> object:
        listing = await read(self, day)  # type: ignore[arg-type]
        return listing.model_copy(update={"papers": listing.papers[:-1]})

    monkeypatch.setattr(sources.HuggingFace, "listing", loses)
    given = [listings.spoiled(kind, soak.chance("listing", kind.name, n)) for n in range(20)]
    found = [(await listings.one(kind, each, tmp_path))[0] for each in given]
    assert any(one.startswith("lost without being touched") for one in found)


@pytest.mark.parametrize("number", [3, 5])
async def test_a_day_of_spoiled_answers_of_a_model_is_published_whole_and_true(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    monkeypatch.setenv("OPENAI_API_KEY", "")
    chance = trial.Soak(tmp_path / "log", seed=1, until=0).chance("model", number)
    spoiler = models.Spoiler(chance, share=0.9)
    bad, _ = await models.day(spoiler, tmp_path / "data", chance)
    assert bad == "" and spoiler.spoiled.total() > 1


def test_what_a_folder_holds_is_compared_file_by_file_and_row_by_row() -> None:
    whole = {"reports/2026-11-20/report.md": "a", "ledger: days": (7, "b")}
    assert state.differences(whole, dict(whole)) == []
    assert state.differences({"ledger: days": (6, "c"), ".old": "d"}, whole) == [
        ".old is there and should not be",
        "ledger: days differs: (6, 'c') instead of (7, 'b')",
        "reports/2026-11-20/report.md is missing",
    ]
    assert Place(Path("room"), {}).told == Path("room.told")


def test_a_disk_is_full_at_every_page_in_turn_until_three_sizes_in_a_row_suffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def one(soak: trial.Soak, world: World, verb: Verb, pages: int) -> bool:
        tried.append(pages)
        short = pages < 5 or pages == 7
        soak.record(trial.Trial("full disk", verb.name, number=int(short), seed=f"disk/{verb.name}/{pages} pages"))
        return short

    monkeypatch.setattr(disks, "one", one)
    monkeypatch.setattr(disks, "small_disk", nullcontext)
    soak, world = trial.Soak(tmp_path / "log", seed=1, until=inf), World(tmp_path, "", 0, tmp_path / "mails")
    disks.disks(soak, world, (Verb("week", ("week",), "full"),))
    assert tried == list(range(11))
    page.write_page(soak.log, tmp_path / "faults.md")
    assert "- week: 6 sizes from 0 to 7 pages" in (tmp_path / "faults.md").read_text(encoding="utf-8")
    soak.record(trial.Trial("full disk", "week", seed="disk/week/5 pages"))
    soak.record(trial.Trial("full disk", "week", seed="disk/week/6 pages"))
    page.write_page(soak.log, tmp_path / "faults.md")
    assert "- week: 0, 1, 2, … 7 pages, each in its turn" in (tmp_path / "faults.md").read_text(encoding="utf-8")


def test_a_bad_outcome_is_done_again_by_its_seed_and_the_page_says_when_it_is_well_since(tmp_path: Path) -> None:
    soak, world = trial.Soak(tmp_path / "log", seed=1, until=inf), World(tmp_path, "", 0, tmp_path / "mails")
    kind, what = "mutated answers: feed", "feed"
    for seed in ("feed/3", "feed/range(4, 6)", "feed/7"):
        soak.record(trial.Trial(kind, what, "a record is lost", seed=seed))
    assert listings.again(soak, world, what, "feed/3") and listings.again(soak, world, what, "feed/range(4, 6)")
    assert not listings.again(soak, world, "week", "disk/week/3 pages")
    lines = [json.loads(line) for line in soak.log.read_text("utf-8").splitlines()]
    assert [one["number"] for one in lines] == [1, 1, 1, 1, 2]
    assert [one["seed"] for one in page.unmended(lines)] == ["1/feed/7"]
    page.write_page(soak.log, tmp_path / "faults.md")
    told = [line for line in (tmp_path / "faults.md").read_text("utf-8").splitlines() if "a record is lost" in line]
    assert [line.endswith("(well when it was done again)") for line in told] == [True, True, False]
