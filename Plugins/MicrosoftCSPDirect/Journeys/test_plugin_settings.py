"""An administrator changes a plugin's settings, tests it, and switches it while the portal runs."""

import pytest
from playwright.sync_api import expect

from support.browser import axe, screenshot, sign_in
from support.pages import looks_of, none

ADMIN = "admin@gatehouse.example"


@pytest.fixture
def plugin(page, portal):
    """The page of the first plugin that is built in."""
    sign_in(page, portal.eu, ADMIN)
    page.goto(f"{portal.eu}/plugins")
    page.get_by_role("article").first.get_by_role("link", name="Settings and test").click()
    return page


def settings(page):
    return page.locator("#settings")


def save(page, **values):
    for label, value in values.items():
        settings(page).get_by_label(label.replace("_", " "), exact=False).first.fill(value)
    settings(page).get_by_role("button", name="Save").click()


def test(page):
    """Presses Test and waits for what it finds."""
    page.locator("#test").get_by_role("button", name="Test").click()
    expect(page.locator("#test")).to_contain_text("Tested", timeout=15_000)


test.__test__ = False


def test_the_page_says_how_it_is_and_looks_right(plugin):
    """State, test, settings with their origin; light, dark, 320 px, no violation."""
    for part in ["Switch", "Health", "Last check", "Version", "Brokers that use it", "Open jobs"]:
        expect(plugin.locator("main")).to_contain_text(part)
    expect(settings(plugin)).to_contain_text("Set by practice mode.")
    expect(settings(plugin)).to_contain_text("the configuration of this machine sets wins")
    none(looks_of(plugin, "plugin"))


def test_a_wrong_setting_is_refused_and_a_right_one_counts_at_once(plugin, portal):
    """What can't be is told at its field, what was typed stays, secrets don't; a new secret counts without a restart."""
    before = portal.portal_pid()
    save(plugin, application_id="not an id", application_secret="a-canary-secret")
    expect(plugin.get_by_role("alert")).to_contain_text("Enter the application id")
    expect(settings(plugin).get_by_label("application id")).to_have_value("not an id")
    assert "a-canary-secret" not in plugin.content()
    assert axe(plugin) == []
    screenshot(plugin, "plugin-settings-refused")

    plugin.goto(plugin.url.removesuffix("/settings"))
    save(plugin, cloud="https://login.example.com")
    expect(plugin.get_by_role("alert")).to_contain_text("Practice mode calls services on this machine only")

    plugin.goto(plugin.url.removesuffix("/settings"))
    save(plugin, application_secret="a-canary-secret")
    expect(plugin.get_by_role("status").filter(has_text="stored and in force")).to_be_visible()
    test(plugin)
    expect(plugin.locator("#test")).to_contain_text("The application's secret is wrong")
    expect(plugin.locator("main")).to_contain_text("Degraded")
    expect(settings(plugin)).to_contain_text(f"by {ADMIN}")
    assert "a-canary-secret" not in plugin.content()
    none(looks_of(plugin, "plugin-test-failed"))

    settings(plugin).get_by_label("Forget the stored application secret").check()
    settings(plugin).get_by_role("button", name="Save").click()
    expect(plugin.locator("#test")).to_contain_text("The settings have changed since: test again.")
    test_again(plugin)
    assert portal.portal_pid() == before, "nothing was started anew"
    rows = portal.sqlite("SELECT value, secret FROM plugin_setting WHERE name = 'application-secret'")
    assert rows == []
    for name in ["portal", "nginx-access"]:
        assert "a-canary-secret" not in portal.log(name, lines=1_000)


def test_again(page):
    page.locator("#test").get_by_role("button", name="Test").click()
    expect(page.locator("#test")).to_contain_text("All 5 checks passed.", timeout=15_000)


test_again.__test__ = False


def test_the_test_is_a_job_that_needs_no_script(portal, browser_context):
    """Without JavaScript the page brings itself up to date."""
    page = browser_context(javascript=False).new_page()
    sign_in(page, portal.eu, ADMIN)
    page.goto(f"{portal.eu}/plugins")
    page.get_by_role("article").first.get_by_role("link", name="Settings and test").click()
    page.locator("#test").get_by_role("button", name="Test").click()
    expect(page.locator("#test")).to_contain_text("All 5 checks passed.", timeout=15_000)
    save(page, application_id="nothing")
    expect(page.get_by_role("alert")).to_contain_text("Enter the application id")


def test_the_preview_and_the_data_of_a_plugin_that_is_off(plugin, portal):
    """Disabling tells what stops; disabled there is no test; its data is kept until somebody erases it."""
    plugin.get_by_role("link", name="Disable…").click()
    for part in ["No job is open.", "Its pages are gone", "No call to"]:
        expect(plugin.locator("main")).to_contain_text(part)
    none(looks_of(plugin, "plugin-disabling-preview"))
    plugin.get_by_role("button", name="Disable").click()
    plugin.get_by_role("status").filter(has_text="The plugin is disabled.").wait_for()
    plugin.get_by_role("article").first.get_by_role("link", name="Settings and test").click()
    expect(plugin.locator("#test").get_by_role("button", name="Test")).to_have_count(0)
    none(looks_of(plugin, "plugin-off"))
    plugin.get_by_role("button", name="Enable").click()
    plugin.get_by_role("status").filter(has_text="The plugin is enabled.").wait_for()
