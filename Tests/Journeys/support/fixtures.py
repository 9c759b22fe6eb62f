"""The fixtures of every journey; pytest.ini names this file."""

import pytest
from playwright.sync_api import sync_playwright

from support.browser import listen_for_complaints, screenshot
from support.portal import Portal

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal that most journeys share, in its demo world."""
    portal = Portal(tmp_path_factory.mktemp("portal") / "state")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def another_portal(tmp_path):
    """A portal of the test's own, started. The test may stop it."""
    portal = Portal(tmp_path / "state")
    portal.start()
    yield portal
    if portal.processes():
        portal.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What the browser objected to in this test. It fails the test at its end; clear it where that is expected."""
    return []


@pytest.fixture
def browser_context(browser, complaints, request):
    """Makes browser contexts: separate visitors, each with cookies of its own."""
    contexts = []

    def make(javascript=True, scheme="light", width=1280, height=800, locale="en-GB", **options):
        context = browser.new_context(
            java_script_enabled=javascript,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            locale=locale,
            **options,
        )
        context.set_default_timeout(15_000)
        listen_for_complaints(context, complaints)
        contexts.append(context)
        return context

    yield make
    if getattr(request.node, "has_failed", False):
        for page in (page for context in contexts for page in context.pages):
            screenshot(page, f"failed-{request.node.name}")
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(browser_context):
    """A visitor with JavaScript on a wide screen."""
    return browser_context().new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Shows the portal's last words with a failure."""
    report = yield
    if report.failed:
        item.has_failed = True
        for name in ("portal", "another_portal"):
            if isinstance(found := getattr(item, "funcargs", {}).get(name), Portal):
                report.sections.append((f"{name}'s log", found.log("portal", lines=15)))
    return report
