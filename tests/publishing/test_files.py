"""A report is published whole or not at all, and can be read back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.reports import Receipt, Report
from domain.taxonomy import Taxonomy
from publishing import picture
from publishing.files import PublishError, is_whole, published, read_report, write

ReceiptOf = Callable[[Report], Receipt]
NAMES = {"report.md", "report.json", "receipt.json", "paper_2026-11-17.png"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def english(report: Report) -> Report:
    return report.model_copy(update={"language": "en"})


def test_a_published_day_holds_its_four_files_and_reads_back_as_the_same_report(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    place = write(report, receipt_of(report), taxonomy, tmp_path / "new" / "reports")
    assert place == tmp_path / "new" / "reports" / "2026-11-17"
    assert {path.name for path in place.iterdir()} == NAMES
    assert read_report(place / "report.json") == report
    assert Receipt.model_validate_json((place / "receipt.json").read_bytes()) == receipt_of(report)
    assert "강화학습" in (place / "report.json").read_text(encoding="utf-8")
    assert is_whole(tmp_path / "new" / "reports", report.day, "ko")


def test_a_day_with_enough_days_before_it_is_whole_only_with_their_picture(
    trending: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    place = write(trending, receipt_of(trending), taxonomy, tmp_path)
    assert {path.name for path in place.iterdir()} == NAMES | {"trend_2026-11-17.png"}
    assert is_whole(tmp_path, trending.day, "ko")
    picture = place / "trend_2026-11-17.png"
    picture.write_bytes(picture.read_bytes()[:-100])
    assert not is_whole(tmp_path, trending.day, "ko")
    picture.unlink()
    assert not is_whole(tmp_path, trending.day, "ko")


def test_a_day_with_fewer_days_before_it_has_no_picture_of_them_and_is_whole(
    trending: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    few = trending.model_copy(update={"history": trending.history[1:4]})
    place = write(few, receipt_of(few), taxonomy, tmp_path)
    assert {path.name for path in place.iterdir()} == NAMES
    assert is_whole(tmp_path, few.day, "ko")


def test_publishing_again_gives_the_same_bytes_and_leaves_nothing_beside(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    write(report, receipt_of(report), taxonomy, tmp_path)
    first = contents(tmp_path)
    write(report, receipt_of(report), taxonomy, tmp_path)
    assert contents(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-17"]


def test_a_newer_report_replaces_the_older_and_keeps_the_other_languages(
    report: Report, quoted: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    write(report, receipt_of(report), taxonomy, tmp_path)
    place = write(english(report), receipt_of(english(report)), taxonomy, tmp_path)
    assert place == tmp_path / "2026-11-17" / "en"
    in_english = contents(place)
    (tmp_path / "2026-11-17" / "stale.txt").write_text("of an older version")
    write(quoted, receipt_of(quoted), taxonomy, tmp_path)
    assert read_report(tmp_path / "2026-11-17" / "report.json") == quoted
    assert contents(place) == in_english
    assert {path.name for path in (tmp_path / "2026-11-17").iterdir()} == NAMES | {"en"}


def test_english_alone_is_not_taken_for_a_korean_report(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    write(english(report), receipt_of(english(report)), taxonomy, tmp_path)
    assert is_whole(tmp_path, report.day, "en")
    assert not is_whole(tmp_path, report.day, "ko")
    assert list(published(tmp_path, "ko")) == []
    assert list(published(tmp_path, "en")) == [tmp_path / "2026-11-17" / "en" / "report.json"]


def test_a_crash_while_writing_leaves_the_older_report_untouched(
    report: Report,
    quoted: Report,
    receipt_of: ReceiptOf,
    taxonomy: Taxonomy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(report, receipt_of(report), taxonomy, tmp_path)
    before = contents(tmp_path)

    def crash(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(picture, "distribution", crash)
        with pytest.raises(MemoryError):
            write(quoted, receipt_of(quoted), taxonomy, tmp_path)
    assert contents(tmp_path) == before


def test_a_first_report_that_crashes_leaves_no_day_at_all(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(picture, "distribution", crash)
    with pytest.raises(MemoryError):
        write(report, receipt_of(report), taxonomy, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("killed_after", [0, 1, 2, 3])
def test_being_killed_at_any_rename_loses_no_report_of_any_language(
    report: Report,
    quoted: Report,
    receipt_of: ReceiptOf,
    taxonomy: Taxonomy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    killed_after: int,
) -> None:
    write(report, receipt_of(report), taxonomy, tmp_path)
    write(english(report), receipt_of(english(report)), taxonomy, tmp_path)
    in_english = contents(tmp_path / "2026-11-17" / "en")
    renames = 0
    rename = Path.rename

    def counted(self: Path, target: Path) -> Path:
        nonlocal renames
        if renames == killed_after:
            raise KeyboardInterrupt
        renames += 1
        return rename(self, target)

    with monkeypatch.context() as patched:
        # A killed process runs no clean-up either.
        patched.setattr(Path, "rename", counted)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)  # pyright: ignore
        if killed_after < 3:
            with pytest.raises(KeyboardInterrupt):
                write(quoted, receipt_of(quoted), taxonomy, tmp_path)
        else:
            write(quoted, receipt_of(quoted), taxonomy, tmp_path)
    korean = tmp_path / "2026-11-17" / "report.json"
    assert not korean.exists() or is_whole(tmp_path, report.day, "ko")
    write(quoted, receipt_of(quoted), taxonomy, tmp_path)
    assert read_report(korean) == quoted
    assert contents(tmp_path / "2026-11-17" / "en") == in_english
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-17"]


def test_a_report_that_was_set_aside_when_the_process_was_killed_comes_back(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(report, receipt_of(report), taxonomy, tmp_path)
    before = contents(place)
    place.rename(tmp_path / ".2026-11-17.ko.old")

    def crash(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(picture, "distribution", crash)
    with pytest.raises(MemoryError):
        write(report, receipt_of(report), taxonomy, tmp_path)
    assert contents(place) == before


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_half_written_folder_is_noticed(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path, name: str
) -> None:
    path = write(report, receipt_of(report), taxonomy, tmp_path) / name
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2]):
        path.write_bytes(damaged)
        assert not is_whole(tmp_path, report.day, "ko") or (name == "report.md" and damaged)
    path.write_bytes(whole)
    assert is_whole(tmp_path, report.day, "ko")
    path.unlink()
    assert not is_whole(tmp_path, report.day, "ko")


def test_files_of_another_day_are_not_taken_for_this_ones(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    place = write(report, receipt_of(report), taxonomy, tmp_path)
    other = receipt_of(english(report))
    (place / "receipt.json").write_text(other.model_dump_json())
    assert not is_whole(tmp_path, report.day, "ko")


def test_a_folder_that_cannot_be_written_gives_a_sentence(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(
            PublishError, match=r"cannot publish the report of 2026-11-17 in .*file.*: .+; make the folder"
        ):
            write(report, receipt_of(report), taxonomy, folder)


def test_a_report_that_cannot_be_read_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"cannot read .*report\.json: No such file"):
        read_report(tmp_path / "report.json")
    (tmp_path / "report.json").write_text('{"day": "2026-11-17"}')
    with pytest.raises(PublishError, match=r"is not a report that this version understands: language: "):
        read_report(tmp_path / "report.json")
    (tmp_path / "report.json").write_text("{")
    with pytest.raises(PublishError, match="understands: the file: Invalid JSON"):
        read_report(tmp_path / "report.json")


def test_report_and_receipt_must_be_of_one_day_and_language(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="receipt"):
        write(report, receipt_of(english(report)), taxonomy, tmp_path)


def test_a_language_cannot_lead_out_of_the_folder(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    evil = report.model_copy(update={"language": "../../x"})
    with pytest.raises(ValueError, match="no language code"):
        write(evil, receipt_of(evil), taxonomy, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_published_days_come_oldest_first_and_other_folders_are_passed_over(
    report: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    assert list(published(tmp_path / "nowhere", "ko")) == []
    days = [report.day.replace(day=n) for n in (17, 3, 12)]
    for day in days:
        dated = report.model_copy(update={"day": day})
        write(dated, receipt_of(dated), taxonomy, tmp_path)
    for name in ("site", "2026-99-99", ".2026-11-18.ko.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.json").write_text("{}")
    assert [read_report(path).day for path in published(tmp_path, "ko")] == sorted(days)


def test_a_quiet_day_is_published_like_any_other(
    quiet: Report, receipt_of: ReceiptOf, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    write(quiet, receipt_of(quiet), taxonomy, tmp_path)
    assert is_whole(tmp_path, quiet.day, "ko")
