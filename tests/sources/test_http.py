from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from sources import BadSource, Unavailable
from sources.reading.http import Fetched, Lane, Web

from .conftest import Reply, Site, Time

LANE = Lane("loopback", 3.0)
FINE = Reply("[]")


async def ask(web: Web, site: Site, path: str = "/list", lane: Lane = LANE) -> Fetched:
    return await web.get(f"{site.base}{path}", lane=lane, media="json")


async def test_a_request_names_the_project_and_whom_to_write_to(site: Site, web: Web) -> None:
    site.answers("/list", FINE)
    assert (await ask(web, site)).text == "[]"
    assert site.agents == {"daily-ai-insights (reader@example.org)"}


@pytest.mark.parametrize("contact", ["독자@example.org", "reader@example.org\r\nX-Other: yes"])
def test_a_contact_that_no_header_can_carry_is_refused_in_a_sentence(contact: str) -> None:
    with pytest.raises(BadSource, match="plain ASCII"):
        Web(contact=contact)


async def test_all_hosts_of_one_lane_share_its_interval(open_site: Callable[[], Site], web: Web, time: Time) -> None:
    one, other = open_site(), open_site()
    for site in (one, other):
        site.answers("/list", FINE)
    for site in (one, other, one):
        await ask(web, site)
    assert time.slept == [3.0, 3.0]


async def test_another_lane_does_not_wait(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", FINE)
    await ask(web, site)
    await ask(web, site, lane=Lane("other", 3.0))
    assert time.slept == []


async def test_no_one_waits_when_the_interval_has_passed(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", FINE)
    await ask(web, site)
    time.now += 2.0
    await ask(web, site)
    time.now += 3.0
    await ask(web, site)
    assert time.slept == [1.0]


async def test_a_clock_that_is_set_back_costs_one_interval_at_most(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", FINE)
    await ask(web, site)
    time.now -= 7200
    await ask(web, site)
    assert time.slept == [3.0]


async def test_a_passing_fault_is_asked_again_after_seconds(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=503), FINE)
    assert (await ask(web, site)).text == "[]"
    assert (len(site.asked), time.slept) == (2, [3.0])


async def test_a_fault_that_stays_is_unavailable_after_three_attempts(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=503))
    with pytest.raises(Unavailable, match="503 Service Unavailable, 3 times in a row"):
        await ask(web, site)
    assert (len(site.asked), time.slept) == (3, [3.0, 9.0])


async def test_a_site_that_failed_is_left_alone_for_five_minutes(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=503), Reply(status=503), Reply(status=503), FINE)
    with pytest.raises(Unavailable):
        await ask(web, site)
    time.now += 299
    with pytest.raises(Unavailable, match="503"):
        await ask(web, site)
    assert len(site.asked) == 3
    time.now += 1
    assert (await ask(web, site)).text == "[]"


async def test_too_many_requests_is_waited_out_in_minutes(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=429), Reply(status=429), FINE)
    await ask(web, site)
    assert (len(site.asked), time.slept) == (3, [60.0, 180.0])


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_in_seconds_is_obeyed(site: Site, web: Web, time: Time, status: int) -> None:
    site.answers("/list", Reply(status=status, headers={"Retry-After": "42"}), FINE)
    await ask(web, site)
    assert (len(site.asked), time.slept) == (2, [42.0])


async def test_retry_after_as_a_date_is_obeyed(site: Site, web: Web, time: Time) -> None:
    date = formatdate(time.now + 90, usegmt=True)
    site.answers("/list", Reply(status=429, headers={"Retry-After": date}), FINE)
    await ask(web, site)
    assert (len(site.asked), time.slept) == (2, [90.0])


async def test_retry_after_that_means_nothing_is_ignored(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=429, headers={"Retry-After": "soon"}), FINE)
    await ask(web, site)
    assert time.slept == [60.0]


async def test_a_site_that_asks_for_an_hour_is_left_alone_for_it(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=429, headers={"Retry-After": "3600"}), FINE)
    with pytest.raises(Unavailable, match="asks to wait 60 minutes"):
        await ask(web, site)
    time.now += 3599
    with pytest.raises(Unavailable, match="asks to wait"):
        await ask(web, site)
    assert (len(site.asked), time.slept) == (1, [])


async def test_silence_is_unavailable_after_three_attempts(
    site: Site, web: Web, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: list[float] = []

    async def silent(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        patience.append(request.extensions["timeout"]["read"])
        raise httpx.ReadTimeout("", request=request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", silent)
    with pytest.raises(Unavailable, match="did not answer in time, 3 times"):
        await ask(web, site)
    assert (patience, time.slept) == ([30.0] * 3, [3.0, 9.0])


async def test_an_attempt_as_a_whole_has_a_deadline(site: Site, time: Time) -> None:
    site.answers("/list", Reply(held=True))
    impatient = Web(contact="", deadline=0.0, sleep=time.sleep, clock=time.clock)
    with pytest.raises(Unavailable, match="did not finish its answer in time, 3 times"):
        await ask(impatient, site)


async def test_half_an_answer_is_asked_again_and_never_taken(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply("[1, 2", missing=100), FINE)
    assert (await ask(web, site)).text == "[]"
    site.answers("/list", Reply("[1]", missing=100))
    with pytest.raises(Unavailable, match="broke off its answer"):
        await ask(web, site)


async def test_a_host_that_is_not_there_is_unavailable(web: Web) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        await web.get("http://127.0.0.1:1/list", lane=LANE, media="json")


async def test_an_address_that_is_none_is_unavailable(web: Web) -> None:
    with pytest.raises(Unavailable, match="not a web address"):
        await web.get("http://host:port/", lane=LANE, media="json")


async def test_a_refusal_is_not_asked_again(site: Site, web: Web, time: Time) -> None:
    with pytest.raises(Unavailable, match="404 Not Found"):
        await ask(web, site)
    assert (len(site.asked), time.slept) == (1, [])


async def test_a_page_where_data_is_due_is_unavailable(site: Site, web: Web) -> None:
    site.answers("/list", Reply("<html>Are you a robot?</html>", kind="text/html"))
    with pytest.raises(Unavailable, match=r"text/html \(a log-in.*JSON was due"):
        await ask(web, site)
    assert len(site.asked) == 1


async def test_an_answer_beyond_the_size_limit_is_refused(site: Site, time: Time) -> None:
    site.answers("/list", Reply("x" * 1001))
    small = Web(contact="", max_bytes=1000, sleep=time.sleep, clock=time.clock)
    with pytest.raises(Unavailable, match="more than 1,000 bytes"):
        await ask(small, site)
    site.answers("/list", Reply("x" * 1000))
    assert len((await ask(small, site)).text) == 1000


async def test_a_redirect_on_the_same_host_is_followed_at_the_same_pace(site: Site, web: Web, time: Time) -> None:
    site.answers("/list", Reply(status=302, headers={"Location": "/new"}))
    site.answers("/new", FINE)
    assert (await ask(web, site)).text == "[]"
    assert (site.asked, time.slept) == (["/list", "/new"], [3.0])


async def test_a_redirect_to_another_host_is_not_followed(open_site: Callable[[], Site], web: Web) -> None:
    site, other = open_site(), open_site()
    other.answers("/list", FINE)
    site.answers("/list", Reply(status=302, headers={"Location": f"{other.base}/list"}))
    with pytest.raises(Unavailable, match="not followed"):
        await ask(web, site)
    assert (len(site.asked), len(other.asked)) == (1, 0)


async def test_a_ring_of_redirects_ends(site: Site, web: Web) -> None:
    site.answers("/list", Reply(status=302, headers={"Location": "/list"}))
    with pytest.raises(Unavailable, match="again and again"):
        await ask(web, site)
    assert len(site.asked) == 5


async def test_the_page_after_is_read_from_the_link_header(site: Site, web: Web) -> None:
    site.answers("/list", Reply("[]", headers={"Link": '</list?p=1>; rel="next"'}))
    assert (await ask(web, site)).next == f"{site.base}/list?p=1"


async def test_a_page_after_on_another_host_is_refused(site: Site, web: Web) -> None:
    site.answers("/list", Reply("[]", headers={"Link": '<http://elsewhere.example/list>; rel="next"'}))
    with pytest.raises(Unavailable, match=r"elsewhere\.example/list, which was not followed"):
        await ask(web, site)


@pytest.mark.parametrize("charset", ["hex", "base64", "rot13", "zip", "undefined", "idna", "no-such", ""])
async def test_a_charset_that_makes_no_text_is_read_as_utf_8(site: Site, web: Web, charset: str) -> None:
    site.answers("/list", Reply("[“뮐러”, 1]".encode(), kind=f"application/json; charset={charset}"))
    assert (await ask(web, site)).text == "[“뮐러”, 1]"


async def test_letters_are_read_as_the_site_encodes_them(site: Site, web: Web) -> None:
    site.answers("/list", Reply("Müller".encode("latin-1"), kind="application/json; charset=latin-1"))
    assert (await ask(web, site)).text == "Müller"
    site.answers("/list", Reply("뮐러".encode(), kind="application/json; charset=no-such"))
    assert (await ask(web, site)).text == "뮐러"


def cached(time: Time, folder: Path) -> Web:
    return Web(contact="", cache=folder, sleep=time.sleep, clock=time.clock)


async def test_what_is_kept_is_not_asked_again_while_it_is_fresh(site: Site, time: Time, tmp_path: Path) -> None:
    site.answers("/list", Reply("[1]", headers={"Link": '</list?p=1>; rel="next"'}), Reply("[2]"))
    page = await ask(cached(time, tmp_path), site)
    await cached(time, tmp_path).keep(page, 60)
    time.now += 59
    again = await ask(cached(time, tmp_path), site)
    assert (again.text, again.next, len(site.asked)) == ("[1]", f"{site.base}/list?p=1", 1)
    # Reading it does not make it any younger.
    await cached(time, tmp_path).keep(again, 60)
    time.now += 1
    assert (await ask(cached(time, tmp_path), site)).text == "[2]"


async def test_what_is_kept_for_ever_stays(site: Site, time: Time, tmp_path: Path) -> None:
    site.answers("/list", FINE)
    await cached(time, tmp_path).keep(await ask(cached(time, tmp_path), site), None)
    time.now += 1e9
    await ask(cached(time, tmp_path), site)
    assert len(site.asked) == 1


async def test_what_is_not_kept_is_asked_again(site: Site, time: Time, tmp_path: Path) -> None:
    site.answers("/list", FINE)
    await ask(cached(time, tmp_path), site)
    await ask(cached(time, tmp_path), site)
    assert len(site.asked) == 2


def damaged(folder: Path, damage: str) -> None:
    (kept,) = folder.iterdir()
    kept.write_text(damage)


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}"])
async def test_a_damaged_cache_costs_one_request(site: Site, time: Time, tmp_path: Path, damage: str) -> None:
    site.answers("/list", FINE)
    await cached(time, tmp_path).keep(await ask(cached(time, tmp_path), site), None)
    damaged(tmp_path, damage)
    assert (await ask(cached(time, tmp_path), site)).text == "[]"
    assert len(site.asked) == 2


async def test_a_cache_that_cannot_be_written_is_logged_and_harms_nothing(
    site: Site, time: Time, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    site.answers("/list", FINE)
    web = cached(time, tmp_path / "taken")
    await web.keep(await ask(web, site), None)
    assert "cannot be written" in caplog.text
