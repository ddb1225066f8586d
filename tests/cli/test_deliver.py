"""``insights deliver``: reports to readers, broken days to operators, everything once."""

import json
from collections.abc import Callable, Generator
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

import cli.deliver
from cli.app import app
from domain.reports import Report
from domain.week_by_rule import arrange
from domain.weeks import WeekId
from publishing import files, layout, weeks
from publishing.site.week import markdown
from tests.delivery.servers import Hook, Hours, Mailbox, mailbox, webhook
from tests.publishing.day import DAY, QUIET, TAXONOMY, TRENDING, receipt_of
from tests.publishing.english import english
from tests.publishing.site import days

CHANNELS = """
smtp = "smtp+plain://127.0.0.1:{port}"
sender = "Insights <news@mail.example>"
[channels.readers]
to = ["ada@mail.example", "ben@mail.example"]
[channels.english]
to = ["cy@mail.example"]
language = "en"
[channels.team]
[channels.me]
to = ["op@mail.example"]
operator = true
"""


@pytest.fixture
def box() -> Generator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def hook() -> Generator[Hook]:
    with webhook() as hook:
        yield hook


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    hours = Hours()
    monkeypatch.setattr(cli.deliver, "CLOCK", hours.clock)
    return hours


@pytest.fixture
def insights(box: Mailbox, hook: Hook, hours: Hours, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command in a folder with channels and with the reports of some days."""
    Path("insights.toml").write_text(CHANNELS.format(port=box.port), encoding="utf-8")
    monkeypatch.setenv("INSIGHTS_APPRISE", json.dumps({"team": f"json://127.0.0.1:{hook.port}/hidden"}))
    publish(TRENDING, english(TRENDING), QUIET.model_copy(update={"day": days.QUIET_DAY}), days.broken())
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)])


def publish(*reports: Report) -> None:
    for report in reports:
        files.write(report, receipt_of(report), TAXONOMY, Path("data/reports"))


def parts(mail: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in mail.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            found[part.get_content_subtype()] = payload.decode()
    return found


def test_a_day_goes_to_every_reader_once_and_to_no_operator(
    insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    for _ in range(2):
        result = insights("deliver", DAY)
        assert result.exit_code == 0, result.output
    assert sorted(box.to) == ["ada@mail.example", "ben@mail.example", "cy@mail.example"] and len(hook.bodies) == 1
    mails = dict(zip(box.to, box.mails, strict=True))
    korean, foreign = parts(mails["ada@mail.example"]), parts(mails["cy@mail.example"])
    assert "RLBench에서 성공률이 18.5%" in korean["plain"] and 'lang="ko"' in korean["html"]
    assert 'lang="en"' in foreign["html"] and "Today’s stories" in foreign["html"]
    # Without a site, the sentences that carry the text stand in the mail itself.
    assert "It improves success rates by 18.5% on RLBench." in korean["html"]
    assert "<style" not in korean["html"] and "<script" not in korean["html"] and 'style="' in korean["html"]
    pictures = [
        part["Content-ID"] for part in mails["ada@mail.example"].walk() if part.get_content_maintype() == "image"
    ]
    assert pictures == [f"<{layout.picture_name(DAY)}>", f"<{layout.trend_name(DAY)}>"]
    assert f"cid:{layout.picture_name(DAY)}" in korean["html"]
    told = json.loads(hook.bodies[0])
    assert told["title"].startswith("2026년 11월 17일") and "https://arxiv.org/abs/2611.00002" in told["message"]


def test_with_a_site_a_mail_leads_there_and_carries_no_list_of_sentences(
    insights: Callable[..., Result], box: Mailbox
) -> None:
    with Path("insights.toml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write(f'site_url = "https://papers.example/ai"\n{text}')
    insights("deliver", DAY)
    mails = dict(zip(box.to, map(parts, box.mails), strict=True))
    assert f'href="https://papers.example/ai/day/{DAY}.html#p-2611.00002"' in mails["ada@mail.example"]["html"]
    assert f'href="https://papers.example/ai/en/day/{DAY}.html#p-2611.00002"' in mails["cy@mail.example"]["html"]
    assert "It improves success rates by 18.5% on RLBench." not in mails["ada@mail.example"]["html"]


def test_a_quiet_day_is_told_to_readers(insights: Callable[..., Result], box: Mailbox) -> None:
    publish(english(QUIET.model_copy(update={"day": days.QUIET_DAY})))
    assert insights("deliver", days.QUIET_DAY).exit_code == 0
    assert "오류가 아닙니다" in parts(box.mails[0])["plain"] and "op@mail.example" not in box.to


@pytest.mark.parametrize("day", [days.BROKEN_DAY, date(2026, 11, 30)])
def test_a_broken_day_and_one_without_a_report_go_to_the_operator_alone(
    day: date, insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    for _ in range(2):
        assert insights("deliver", day).exit_code == 4
    assert (box.to, hook.bodies) == (["op@mail.example"], [])
    said = parts(box.mails[0])["plain"]
    assert ("HTTP 503 from the listing" if day == days.BROKEN_DAY else "there is no report") in said
    assert f"insights run {day} --again" in said


def test_a_day_that_broke_and_was_made_later_reaches_its_readers(
    insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    insights("deliver", days.BROKEN_DAY)
    made = TRENDING.model_copy(update={"day": days.BROKEN_DAY})
    publish(made, english(made))
    assert insights("deliver", days.BROKEN_DAY).exit_code == 0
    assert sorted(box.to) == ["ada@mail.example", "ben@mail.example", "cy@mail.example", "op@mail.example"]


def test_a_letter_that_waits_is_sent_with_the_next_day_and_status_tells_all(
    insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    hook.answers.extend([503] * 6)
    failed = insights("deliver", DAY)
    assert failed.exit_code == 3 and "team: not sent yet: it was answered with HTTP 503" in failed.output
    shown: Any = json.loads(insights("deliver", "--status", "--json").stdout)
    assert [one["state"] for one in shown["letters"] if one["channel"] == "team"] == ["waiting"]
    publish(*(r.model_copy(update={"day": days.PLAIN_DAY}) for r in (TRENDING, english(TRENDING))))
    assert insights("deliver", days.PLAIN_DAY).exit_code == 0
    assert len(hook.bodies) == 2 and len(box.mails) == 6
    status = insights("deliver", "--status")
    assert status.exit_code == 0 and status.output.count("sent") == 8
    assert "hidden" not in status.output + failed.output


def test_a_dry_run_sends_nothing_writes_no_outbox_and_shows_the_letters(
    insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    result = insights("deliver", DAY, "--dry-run", "--into", "letters")
    assert result.exit_code == 0 and result.output.count("would be sent") == 4
    assert (box.mails, hook.bodies) == ([], []) and not Path("data/outbox.sqlite").exists()
    assert {path.suffix for path in Path("letters").iterdir()} == {".eml", ".html", ".txt"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "no channel is set"),
        ('[channels.me]\nto = ["a@b.example"]', "channel me needs smtp; channel me needs sender"),
        ("[channels.other]", "channel other has neither 'to' nor an address in INSIGHTS_APPRISE"),
        ("[channels.team]", "the address of channel team in INSIGHTS_APPRISE is none that Apprise knows"),
    ],
)
def test_a_channel_that_cannot_work_is_told_before_anything_is_sent(
    lines: str, told: str, insights: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("insights.toml").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("INSIGHTS_APPRISE", '{"team": "nonsense://hidden"}')
    result = insights("deliver", DAY)
    assert result.exit_code == 2 and told in result.output and "hidden" not in result.output


def test_hostile_text_in_a_mail_is_text(insights: Callable[..., Result], box: Mailbox) -> None:
    nasty = days.paper("2611.00077", "<script>window.hit=1</script>", '"><img src=x onerror=1> works. \u202eIt works.')
    Path("insights.toml").write_text(
        CHANNELS.format(port=box.port).partition("[channels.english]")[0], encoding="utf-8"
    )
    publish(days.day(days.PLAIN_DAY, [(nasty, "<a href=javascript:x>읽기</a>\r\nBcc: evil@evil.example")]))
    assert insights("deliver", days.PLAIN_DAY).exit_code == 0
    html = parts(box.mails[0])["html"]
    assert "<script" not in html and "onerror=1>" not in html.replace("onerror=1&gt;", "") and "\u202e" not in html
    assert "&lt;script&gt;" in html and 'href="javascript' not in html
    assert box.mails[0]["Bcc"] is None and sorted(box.to) == ["ada@mail.example", "ben@mail.example"]


def test_a_week_is_delivered_once_and_one_that_was_not_written_goes_to_the_operator(
    insights: Callable[..., Result], box: Mailbox, hook: Hook
) -> None:
    week = WeekId.of(DAY)
    assert insights("deliver", week).exit_code == 4 and box.to == ["op@mail.example"]
    for language, report in (("ko", TRENDING), ("en", english(TRENDING))):
        found = arrange(week, [report], language)
        weeks.write(found, markdown(found, TAXONOMY), Path("data/weeks"))
    for _ in range(2):
        assert insights("deliver", week).exit_code == 0
    mails = dict(zip(box.to, map(parts, box.mails), strict=True))
    assert len(box.mails) == 4 and len(hook.bodies) == 1
    assert "말로 짚어 주자 로봇이 실패에서 회복했다" in mails["ada@mail.example"]["html"]
    assert "It improves success rates by 18.5% on RLBench." in mails["cy@mail.example"]["html"]
    assert "2026-W47" in insights("deliver", "--status").output
