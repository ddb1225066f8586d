"""Builds the site of many made-up days, then with one day more, and says how long each took and how large pages are.

    python -m benchmarks.site [--days 400] [--papers 30] [--folder DIR]

Each build is a process of its own, as cron would start it; seconds and peak memory are the operating system's for it.
A day is as a model writes it: 10 papers in full, the others in two lines, every line with its evidence. Exits 1 where a
bound is broken: 60 s for all days, 5 s for one more, 100 kB for the home page.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.days import INSIGHTS, machine
from domain.claims import Claim, Evidence
from domain.items import Change, Group, Item, Pick, Story
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing, Health, Report
from prompts.taxonomy import load_taxonomy
from publishing import layout
from vectorstore.embedding import open_embedder

_LAST = date(2026, 11, 20)
_IN_FULL = 10
_FULL: tuple[Role, ...] = ("hook", "problem", "method", "result", "result")
_SHORT: tuple[Role, ...] = ("hook", "result")
_ENGLISH = """
model language vision diffusion agent reward policy token attention memory graph retrieval benchmark training inference
alignment robot speech video image reasoning planning sparse latent dataset evaluation transformer gradient kernel
federated quantization distillation prompt context scaling adaptation robustness safety causal temporal spatial
multimodal generative contrastive
""".split()
_KOREAN = """
모델 언어 시각 확산 에이전트 보상 정책 토큰 어텐션 기억 그래프 검색 벤치마크 학습 추론 정렬 로봇 음성 영상
이미지 계획 희소 잠재 데이터 평가 트랜스포머 기울기 커널 연합 양자화 증류 프롬프트 맥락 확장 적응 강건성 안전
인과 시간 공간 생성 대조
""".split()
_ENDINGS = "은 는 이 가 을 를 에서 으로 보다 까지".split()


def english(dice: random.Random, words: int) -> str:
    held = [dice.choice(_ENGLISH) + dice.choice(("", "", "", str(dice.randrange(400)))) for _ in range(words)]
    return " ".join(held).capitalize() + "."


def korean(dice: random.Random, words: int) -> str:
    held = [
        dice.choice(_KOREAN) + dice.choice(_KOREAN) * dice.randrange(2) + dice.choice(_ENDINGS) for _ in range(words)
    ]
    return " ".join(held) + f" {dice.randrange(10, 90)}% 나아졌습니다."


def paper(dice: random.Random, number: int, day: date) -> Paper:
    return Paper(
        id=f"arxiv:{day:%y%m}.{number:05d}",
        title=f"{english(dice, 1)[:-1]}-{number}: {english(dice, 8)[:-1]}",
        abstract=" ".join(english(dice, dice.randrange(14, 28)) for _ in range(8)),
        authors=tuple(f"{english(dice, 1)[:-1]} {english(dice, 1)[:-1]}" for _ in range(6)),
        sources=("huggingface",),
        votes=dice.randrange(60),
        published=day,
    )


def claim(dice: random.Random, one: Paper, role: Role, words: int) -> Claim:
    sentences = dice.sample(range(1, 9), 2)
    evidence = tuple(Evidence(paper_id=one.id, sentence=n, quote=one.sentences[n - 1].text) for n in sentences)
    return Claim(kind="reported", role=role, text=korean(dice, words), evidence=evidence)


def report(dice: random.Random, day: date, papers: int, first: int, keys: list[str]) -> Report:
    held = [paper(dice, first + n, day) for n in range(papers)]
    items: list[Item] = []
    for place, one in enumerate(held):
        roles = _FULL if place < _IN_FULL else _SHORT
        claims = tuple(claim(dice, one, role, 7 if role == "hook" else 22) for role in roles)
        items.append(Item(paper_id=one.id, name=one.title.partition(":")[0], claims=claims, made_by="made up"))
    opening = tuple(Story(headline=claim(dice, one, "opening", 9), papers=(one.id,)) for one in held[:3])
    return Report(
        day=day,
        language="ko",
        status="complete",
        model="made up",
        quoted=False,
        opening=opening,
        picks=tuple(Pick(paper_id=one.id) for one in held[:3]),
        groups=tuple(
            Group(title=korean(dice, 2), papers=tuple(one.id for one in held[n : n + 5])) for n in range(0, papers, 5)
        ),
        items=tuple(items),
        changes=tuple(
            Change(paper_id=one.id, role="result", before=korean(dice, 9), after=korean(dice, 9), why=korean(dice, 5))
            for one in held[:8]
        ),
        papers=tuple(held),
        filings=tuple(
            Filing(paper_id=one.id, category=dice.choice(keys), certainty=0.9, decided_by="made up") for one in held
        ),
        health=(
            Health(source="huggingface", asked="made up", state="answered", listed=papers, held=papers, batch=day),
        ),
    )


def write(data: Path, days: int, papers: int) -> Iterator[Report]:
    dice, keys = random.Random(7), [category.key for category in load_taxonomy().categories]
    for n in range(days):
        one = report(dice, _LAST - timedelta(days=days - 1 - n), papers, n * papers, keys)
        place = data / "reports" / layout.place(one.day, "ko")
        place.mkdir(parents=True)
        (place / layout.REPORT).write_text(one.model_dump_json(indent=2), encoding="utf-8")
        yield one


def remember(data: Path, reports: list[Report]) -> None:
    """A ledger with nothing in it but vectors, in forty heaps."""
    embedder, dice = open_embedder("minilm"), np.random.default_rng(7)
    heaps = dice.normal(size=(40, embedder.dimension))
    (data / "memory").mkdir()
    with sqlite3.connect(data / "memory" / "ledger.sqlite") as db:
        db.execute("CREATE TABLE vectors (paper_id TEXT, embedder TEXT, text_hash TEXT, vector BLOB)")
        for one in (one for held in reports for one in held.papers):
            vector = heaps[dice.integers(40)] + 0.8 * dice.normal(size=embedder.dimension)
            stored = (vector / np.linalg.norm(vector)).astype("<f4").tobytes()
            db.execute("INSERT INTO vectors VALUES (?, ?, '', ?)", (one.id, embedder.name, stored))


def build(data: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak MB of one build."""
    started = perf_counter()
    process = subprocess.Popen([*INSIGHTS, "site", "build", "--data", str(data)])
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--papers", type=int, default=30)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = options.folder or Path(scratch)
        print(machine(), flush=True)
        reports = list(write(data, options.days + 1, options.papers))
        remember(data, reports)
        newest = data / "reports" / str(reports[-1].day)
        kept = newest.rename(data / "newest")
        whole = build(data)
        kept.rename(newest)
        more = build(data)
        again = build(data)
        site = data / "site"
        home = (site / "index.html").stat().st_size
        files = [path for path in site.rglob("*") if path.is_file()]
        index = [path.stat().st_size for path in (site / "search").glob("????-??.*.js")]
        month = site / "search"
        asked = sum(path.stat().st_size for path in month.glob("????-??.js")) + sum(
            path.stat().st_size for path in month.glob("????-??.7.js")
        )
        for name, (seconds, cpu, peak) in (("all days", whole), ("one day more", more), ("nothing new", again)):
            print(f"{name:14} {seconds:6.1f} s  {cpu:6.1f} s of processor  {peak:6.0f} MB")
        print(f"home {home / 1000:.0f} kB; {len(files)} files, {sum(p.stat().st_size for p in files) / 1e6:.0f} MB")
        print(f"index {sum(index) / 1e6:.1f} MB; a word asked of all days reads {asked / 1000:.0f} kB")
    return 1 if whole[0] > 60 or more[0] > 5 or home > 100_000 else 0


if __name__ == "__main__":
    sys.exit(main())
