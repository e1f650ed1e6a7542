"""A real browser on a page over the made-up assistant."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[3]
ARGUMENTS = (
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


@dataclass
class Site:
    """A page being served, where its process may write, and every address the browser asked for."""

    address: str
    folder: Path
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: install Debian's package 'chromium' to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page on a free port of this computer, served by a process of its own."""
    folder = tmp_path_factory.mktemp("web")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.assistant.web.fake_server"],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(folder)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), "the server did not start; its error is above"
    yield Site(address, folder)
    server.terminate()
    server.wait(timeout=20)
    server.stdout.close()
    assert list(folder.glob("charter-web-*")) == [], "the folder of the web library must be gone at exit"


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A fresh browser window of 1280 by 900 on the page; every request of it is noted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.on("request", lambda request: site.requests.append(request.url))
    opened.goto(site.address)
    opened.wait_for_selector("#panel .example")
    yield opened
    context.close()
