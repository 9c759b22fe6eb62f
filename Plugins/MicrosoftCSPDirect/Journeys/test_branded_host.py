"""Acme Cloud's own address: fine for daily work; Microsoft's sign-in starts and ends on the regional one."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from microsoft import (
    MICROSOFT_ID,
    OWNER,
    PATH,
    accept,
    add_service,
    calls,
    give_code,
    give_password,
    leave_for_microsoft,
    wait_for_jobs,
)
from support.browser import axe, screenshot, sign_in
from support.visitor import ask, form_token


@pytest.fixture(scope="module")
def owner(browser, portal):
    """Acme's owner on the branded address, with the service added there."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, portal.shop, OWNER)
    add_service(page, portal.shop)
    yield page
    context.close()


def test_daily_work_goes_at_the_branded_address(portal, owner):
    """Every page of the menu answers there, and all links and forms stay there."""
    owner.goto(portal.shop)
    for link in owner.get_by_role("navigation", name="Main").get_by_role("link").all():
        assert ask(portal, owner, portal.shop + link.get_attribute("href")).status == 200
    expect(owner.locator("header")).to_contain_text("Acme Cloud")
    for path in ["/", "/marketplace", "/services", PATH, "/store", "/organizations", "/jobs", "/audit"]:
        owner.goto(portal.shop + path)
        targets = owner.evaluate("[...document.querySelectorAll('a[href], form[action]')]"
            ".map(e => new URL(e.getAttribute('href') ?? e.getAttribute('action'), location).href)"
        )
        assert {urlsplit(target).netloc for target in targets} == {urlsplit(portal.shop).netloc}, path


def test_the_authentication_page_does_not_start_there(portal, owner):
    """It says why, has no form, and a form sent all the same is kept for the right address: Microsoft is not asked."""
    owner.goto(f"{portal.shop}{PATH}/authentication")
    main = owner.locator("main")
    expect(main).to_contain_text("The sign-in does not start at this address")
    expect(main).to_contain_text(portal.eu)
    expect(owner.get_by_role("button", name="Update")).to_have_count(0)
    expect(owner.get_by_role("textbox", name="Microsoft ID")).to_have_count(0)
    assert axe(owner) == []
    screenshot(owner, "branded-authentication")

    form = {"csrf": form_token(owner), "microsoft-id": MICROSOFT_ID}
    answer = ask(portal, owner, f"{portal.shop}{PATH}/authentication", form)
    assert answer.status == 422
    assert "This goes on at another address" in answer.text
    assert portal.sqlite("SELECT id FROM sign_in_attempt") == []
    assert calls(portal) == [], "Microsoft was not asked anything"
    assert portal.get("/connections/return?code=x&state=y", host="shop.acme.localhost").status == 404


def test_one_button_leads_to_the_same_page_on_the_regional_address_and_back(portal, owner):
    """Signed in there as the same person; connects; and a button leads back to where one came from."""
    handed = []
    owner.on("response", lambda response: handed.append(response) if "/handover?ticket=" in response.url else None)
    owner.goto(f"{portal.shop}{PATH}/authentication")
    owner.get_by_role("link", name="Continue on").click()
    owner.wait_for_url(f"{portal.eu}{PATH}/authentication")
    expect(owner.locator("header")).to_contain_text("Olivia Owner")
    expect(owner.get_by_role("link", name=f"Back to {portal.shop}")).to_be_visible()
    screenshot(owner, "came-from-branded")
    assert len(handed) == 1
    assert portal.sqlite("SELECT actor FROM audit WHERE action = 'session.hand-over'") == [{"actor": OWNER}]

    leave_for_microsoft(owner, portal.eu)
    give_password(owner)
    give_code(owner)
    accept(owner, portal.eu)
    expect(owner.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)
    wait_for_jobs(portal)
    owner.get_by_role("link", name=f"Back to {portal.shop}").click()
    owner.wait_for_url(f"{portal.shop}{PATH}")
    expect(owner.locator("header")).to_contain_text("Olivia Owner")
    expect(owner.locator("main")).to_contain_text("62 tenants at Microsoft Partner Center")
