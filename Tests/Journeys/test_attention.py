"""What needs somebody: one list, its count in the menu, snoozed with a reason and woken again."""

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.pages import none, see_all

OWNER = "owner@acme.example"


@pytest.mark.parametrize("javascript", [True, False])
def test_snooze_and_wake(another_portal, browser_context, javascript):
    """Cause, who acts, one button; a snooze without a reason is asked for it, with what was typed."""
    page = browser_context(javascript=javascript).new_page()
    base = another_portal.eu
    sign_in(page, base, OWNER)
    page.goto(f"{base}/attention")
    expect(page.locator("main")).to_contain_text("Nothing needs you")
    page.goto(f"{base}/marketplace")
    path = page.get_by_role("link", name="See and add").first.get_attribute("href")
    page.goto(f"{base}{path}/steps")
    page.get_by_role("button", name="Add Service").click()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_contain_text("Needs attention 1")
    page.goto(f"{base}/attention")
    expect(page.locator("main")).to_contain_text("is not connected")
    expect(page.locator("main")).to_contain_text("Who acts: You")
    page.locator("summary", has_text="Snooze").click()
    page.get_by_label("7 days").check()
    page.get_by_role("button", name="Snooze").click()
    expect(page.locator("main")).to_contain_text("Say why it can wait")
    expect(page.get_by_label("7 days")).to_be_checked()
    page.get_by_label("Why").fill("The key comes on Friday")
    page.get_by_role("button", name="Snooze").click()
    expect(page.locator("main")).to_contain_text("Nothing needs you")
    expect(page.locator("#snoozed")).to_contain_text("The key comes on Friday")
    expect(page.locator(".menu .count")).to_have_count(0)
    if javascript:  # axe is a script
        none(see_all(page, base, {"attention-snoozed": "/attention"}, {}, "owner"))
    page.goto(f"{base}/attention")
    page.get_by_role("button", name="Wake").click()
    expect(page.locator(".menu .count")).to_have_text("1")
    if javascript:
        none(see_all(page, base, {"attention": "/attention", "home": "/"}, {}, "owner"))
