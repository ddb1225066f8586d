"""The site in a real browser: read, opened by keyboard, searched, without a request that leaves it and without faults.

Runs on Debian's Chromium (``apt install chromium``) or the one that ``playwright install chromium`` brings; without any
it is skipped.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from publishing.site.server import open_server
from publishing.site.tokens import cut
from tests.publishing.day import DAY

from . import days
from .hostile import STRINGS
from .test_hostile import hostile_days

WIDTHS = (360, 1440)
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What is asked of a page: WCAG 2.2 up to AA, and what axe holds to be good practice."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    installed = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := which(name))), "")
    with sync_playwright() as playwright:
        # Looked for, not tried: what a start that fails has begun is left where temporary files are.
        if not installed and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here (apt install chromium)")
        opened = playwright.chromium.launch(executable_path=installed or None)
        yield opened
        opened.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, answered for by the site's own server."""
    with open_server(folder, port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with served(built) as url:
        yield url


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page that may ask for nothing beyond ``address`` and say nothing on the console."""
    faults: list[str] = []
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("request", lambda one: None if one.url.startswith(address) else faults.append(f"asked {one.url}"))
    page.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    page.on("console", lambda one: faults.append(f"console: {one.text}"))
    page.on("pageerror", lambda one: faults.append(f"error: {one}"))
    page.on("dialog", lambda one: faults.append(f"dialog: {one.message}"))
    yield page
    context.close()
    assert faults == []


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("no axe-core here (pip install axe-playwright-python)")
    return Path(spec.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_no_page_type_has_a_serious_fault_or_is_wider_than_the_screen(
    width: int, scheme: str, browser: Browser, address: str
) -> None:
    source, found = axe_source(), list[str]()
    with watched(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        for name, path in days.TYPES.items():
            page.goto(f"{address}/{path}")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} is wider than the screen")
            page.evaluate(source)
            result = page.evaluate(f"axe.run({{resultTypes: ['violations'], runOnly: {AXE}}})")
            found += [
                f"{name}: {one['id']} ({one['impact']}) {one['nodes'][0]['html']}"
                for one in result["violations"]
                if one["impact"] in ("serious", "critical")
            ]
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(21, 24, 27)" if scheme == "dark" else "rgb(252, 251, 248)"
        )
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citation_opens_and_closes_by_keyboard_where_its_line_stands(
    width: int, browser: Browser, address: str
) -> None:
    with watched(browser, address, viewport={"width": width, "height": 800}) as page:
        page.goto(f"{address}/{days.TYPES['day']}")
        mark = page.locator('[id="p-2611.00002"] .results button.mark').first
        shown = page.locator(f'[id="{mark.get_attribute("popovertarget")}"]')
        expect(shown).to_be_hidden()
        mark.focus()
        page.keyboard.press("Enter")
        expect(shown).to_be_visible()
        expect(shown).to_contain_text("It improves success rates by 18.5% on RLBench.")
        box = shown.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 800
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "../paper/2611.00002.html#s3"
        page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
        assert page.evaluate("document.activeElement.className") == "mark"


def test_evidence_and_changes_open_without_javascript(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as page:
        page.goto(f"{address}/{days.TYPES['day']}")
        mark = page.locator('[id="p-2611.00002"] .results button.mark').first
        mark.click()
        expect(page.locator(f'[id="{mark.get_attribute("popovertarget")}"] blockquote')).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_text("고친 문장 1개 · 걸러낸 문장 1개").click()
        expect(page.get_by_text("모든 산업에서 쓰일 것이다.")).to_be_visible()
        expect(page.locator("#theme")).to_be_hidden()
        page.goto(f"{address}/search.html")
        expect(page.get_by_text("자바스크립트가 필요합니다")).to_be_visible()


def ask(page: Page, text: str) -> list[str]:
    """The headlines that a search finds, best first."""
    page.locator("#q").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=text)
    expect(page.locator("#told")).not_to_have_text("찾는 중입니다…")
    return page.locator("#hits li > div > p:first-child a").all_inner_texts()


def test_a_noun_is_found_before_particles_and_within_compounds_and_english_words_too(
    browser: Browser, address: str
) -> None:
    with watched(browser, address) as page:
        page.goto(f"{address}/search.html")
        assert set(days.MODELS) <= set(ask(page, "모델"))
        assert set(days.MODELS) <= set(ask(page, "모델은"))
        assert "확산이 깊이를 잰다" in ask(page, "깊이 확산")
        assert ask(page, "diffusion depth")[0] == "확산이 깊이를 잰다"
        assert "확산이 깊이를 잰다" in ask(page, "diffus dept")
        assert set(days.MODELS) <= set(ask(page, "lecun table"))
        assert ask(page, "없는말이로다") == []
        expect(page.locator("#told")).to_contain_text("찾은 논문이 없습니다")


def test_hits_are_ordered_by_the_figure_that_is_shown_and_lead_to_paper_and_day(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto(f"{address}/search.html?q=모델")
        expect(page.locator("#hits li").nth(3)).to_be_visible()
        scores = [float(text) for text in page.locator("#hits .score").all_inner_texts()]
        assert scores == sorted(scores, reverse=True) and 0 < scores[-1] < scores[0] <= 100
        page.locator("#hits .small a").first.click()
        expect(page.locator(":target")).to_have_count(1)
        assert "/day/" in page.url


def test_hits_are_narrowed_by_category_source_day_and_votes(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto(f"{address}/search.html?q=확산")
        both = {"확산이 깊이를 잰다", "확산 모델이 적은 계산으로 인식에서도 통했다"}
        expect(page.locator("#hits li")).to_have_count(2)
        page.locator("#filters summary").click()
        page.locator("#votes").fill("40")
        page.locator("#votes").press("Tab")
        expect(page.locator("#hits li")).to_have_count(1)
        expect(page.locator("#hits")).to_contain_text("확산이 깊이를 잰다")
        page.locator("#votes").fill("")
        page.locator("#since").fill(str(DAY))
        page.locator("#since").press("Tab")
        expect(page.locator("#hits")).to_contain_text("인식에서도 통했다")
        page.goto(f"{address}/search.html?q=확산&category=audio")
        expect(page.locator("#told")).to_contain_text("찾은 논문이 없습니다")
        page.goto(f"{address}/search.html?q=확산&source=huggingface&until={DAY}")
        expect(page.locator("#hits li")).to_have_count(2)
        assert set(page.locator("#hits li > div > p:first-child a").all_inner_texts()) == both


def test_the_browser_cuts_texts_as_the_build_does(browser: Browser, address: str) -> None:
    texts = [one.title + " " + one.abstract for report in days.reports() for one in report.papers]
    texts += [*STRINGS, "모델은 GPT-4o와 RAG를 씁니다: 12.5% ↑", "Ünïcödé ŒUVRE ﬁnd ½ ²", "a s as gas"]
    texts += ["ㄱㄴ 漢字 かな ßtraße İstanbul"]
    with watched(browser, address) as page:
        page.goto(f"{address}/search.html")
        assert page.evaluate("texts => texts.map((text) => insights.cut(text))", texts) == [list(cut(t)) for t in texts]


def test_the_archive_leads_from_month_to_day_and_on_to_the_days_beside_it(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 360, "height": 800}) as page:
        page.goto(address)
        page.get_by_role("link", name="지난 보고서", exact=True).click()
        page.get_by_role("link", name="2026년 11월", exact=True).click()
        page.get_by_role("link", name="2026년 11월 17일 화요일").click()
        assert page.locator("h1").inner_text() == "2026년 11월 17일 화요일"
        page.locator(".beside [rel=prev]").first.click()
        assert page.locator("h1").inner_text() == "2026년 11월 16일 월요일"
        page.locator(".beside [rel=next]").first.click()
        assert page.url == f"{address}/{days.TYPES['day']}"


def test_brightness_is_chosen_once_and_kept(browser: Browser, address: str) -> None:
    with watched(browser, address, color_scheme="light") as page:
        page.goto(address)
        page.get_by_role("button", name="어둡게").click()
        page.goto(f"{address}/about.html")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
        expect(page.get_by_role("button", name="밝게")).to_be_visible()


@pytest.mark.parametrize(("later", "told"), [(1, False), (40, True)])
def test_the_home_page_says_when_no_new_report_came_for_days(
    later: int, told: bool, browser: Browser, address: str
) -> None:
    with watched(browser, address) as page:
        page.clock.set_fixed_time(datetime(*days.PLAIN_DAY.timetuple()[:3], 9, tzinfo=UTC) + timedelta(days=later))
        page.goto(address)
        assert page.locator(".old").is_visible() == told
        if told:
            expect(page.locator(".old")).to_have_text(
                "이 보고서가 나온 지 40일이 지났습니다. 그 뒤의 날은 아직 만들어지지 않았습니다."
            )


def test_it_works_from_a_folder_with_the_search(browser: Browser, built: Path) -> None:
    with watched(browser, built.as_uri()) as page:
        page.goto(f"{built.as_uri()}/index.html")
        page.get_by_role("link", name="찾기", exact=True).click()
        page.locator("#q").fill("모델")
        page.keyboard.press("Enter")
        expect(page.locator("#hits li").nth(2)).to_be_visible()
        page.goto(f"{built.as_uri()}/en/{days.TYPES['day']}")
        page.get_by_role("link", name="한국어").click()
        assert page.locator("h1").inner_text() == "2026년 11월 17일 화요일"


def test_hostile_texts_do_nothing_and_are_read_in_the_results_of_a_search(browser: Browser, tmp_path: Path) -> None:
    days.made(tmp_path, *hostile_days())
    with served(tmp_path / "site") as url, watched(browser, url, viewport={"width": 360, "height": 800}) as page:
        for path in ("index.html", "day/2026-11-20.html", "category/cv.html", "paper/2611.00001.html"):
            page.goto(f"{url}/{path}")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert page.evaluate("[window.hit, document.documentElement.scrollWidth]") == [None, 360], path
        page.goto(f"{url}/search.html?q=window hit")
        expect(page.locator("#hits li").nth(19)).to_be_visible()
        page.locator("#more").click()
        expect(page.locator("#hits li").nth(25)).to_be_visible()
        assert "<script>window.hit=1</script>" in page.locator("#hits").inner_text()
        assert page.evaluate("[window.hit, document.documentElement.scrollWidth]") == [None, 360]


def test_the_server_gives_pages_under_the_policy_and_hides_the_rest(built: Path) -> None:
    import httpx

    with served(built) as url:
        page = httpx.get(f"{url}/index.html")
        assert page.status_code == 200 and "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        hidden = ("/.insights-site.json", "/%2einsights-site.json", "/day/", "/../reports/2026-11-17/report.json")
        assert {path: httpx.get(f"{url}{path}").status_code for path in hidden} == dict.fromkeys(hidden, 404)
