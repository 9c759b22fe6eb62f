"""The administrator's list of plugins, whatever is compiled in."""

import pytest
from playwright.sync_api import expect

from support.browser import sign_in

ADMIN = "admin@gatehouse.example"


@pytest.fixture
def admin(page, portal):
    sign_in(page, portal.eu, ADMIN)
    page.goto(f"{portal.eu}/plugins")
    return page


def test_the_list_says_what_each_can_and_how_it_is(admin):
    """Enabled and healthy are two things; abilities and the reach of each are named."""
    for card in admin.get_by_role("article").all():
        expect(card).to_contain_text("Health")
        expect(card).to_contain_text("Can")
        expect(card).to_contain_text("Brokers that use it")
        expect(card.get_by_text("Enabled", exact=True)).to_be_visible()


def test_a_plugin_is_disabled_and_enabled_while_the_portal_runs(portal, admin, browser_context):
    """Off after a page that says what that means: gone from the marketplace, explained to the broker; on: all is there again."""
    card = admin.get_by_role("article").first
    name = card.get_by_role("heading").inner_text()
    owner = browser_context().new_page()
    sign_in(owner, portal.eu, "owner@acme.example")
    owner.goto(f"{portal.eu}/marketplace")
    path = owner.get_by_role("link", name=name).get_attribute("href")

    card.get_by_role("link", name="Disable…").click()
    expect(admin.locator("main")).to_contain_text("What this means")
    admin.get_by_role("link", name="Keep it enabled").click()
    card.get_by_role("link", name="Disable…").click()
    admin.get_by_role("button", name="Disable").click()
    expect(admin.get_by_role("status").filter(has_text="The plugin is disabled.")).to_be_visible()
    expect(card.get_by_text("Disabled", exact=True)).to_be_visible()
    owner.goto(f"{portal.eu}/marketplace")
    expect(owner.locator("main")).not_to_contain_text(name)
    assert owner.goto(portal.eu + path).status == 404
    expect(owner.get_by_role("heading", level=1)).to_have_text(f"{name} is switched off")

    card.get_by_role("button", name="Enable").click()
    expect(admin.get_by_role("status").filter(has_text="The plugin is enabled.")).to_be_visible()
    assert owner.goto(portal.eu + path).status == 200
    admin.goto(f"{portal.eu}/audit")
    expect(admin.get_by_role("row").filter(has_text="plugin.disable").first).to_contain_text(ADMIN)


def test_a_switched_off_plugin_stays_off_over_a_restart(portal, admin):
    """What decides is a row, not memory."""
    card = admin.get_by_role("article").first
    card.get_by_role("link", name="Disable…").click()
    admin.get_by_role("button", name="Disable").click()
    admin.get_by_role("status").filter(has_text="The plugin is disabled.").wait_for()
    portal.kill_portal()
    admin.goto(f"{portal.eu}/plugins")
    expect(card.get_by_text("Disabled", exact=True)).to_be_visible()
    card.get_by_role("button", name="Enable").click()
    expect(card.get_by_text("Enabled", exact=True)).to_be_visible()
