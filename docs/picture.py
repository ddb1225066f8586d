"""Writes ``site.png``, the picture of the site in the README: the hand-made day of the tests with a citation open.

    python -m docs.picture

Needs Chromium, as the tests of the site do, and fonts with Korean letters and emoji (Debian: fonts-noto-cjk,
fonts-noto-color-emoji).
"""

import tempfile
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

from tests.publishing.site import days

HERE = Path(__file__).parent


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        days.made(Path(scratch), *days.reports(), interests=days.MINE)
        browser = playwright.chromium.launch(executable_path=which("chromium"))
        page = browser.new_page(viewport={"width": 1240, "height": 1620}, color_scheme="light")
        page.goto((Path(scratch) / "site" / days.TYPES["day"]).as_uri())
        page.locator("article h3 button.mark").first.click()
        page.screenshot(path=HERE / "site.png")
        browser.close()


if __name__ == "__main__":
    main()
