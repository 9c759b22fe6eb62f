"""The administrator switches the plugin off and on while its jobs are at work."""

import pytest
from playwright.sync_api import expect

from microsoft import (
    OWNER,
    PATH,
    PLUGIN,
    SERVICE,
    accept_without_returning,
    give_code,
    give_password,
    leave_for_microsoft,
    link_all,
    numbers,
    provider_calls,
    set_up,
    token_exchanges,
    wait_for_jobs,
)
from support.browser import axe, screenshot, sign_in
from support.portal import wait_until
from support.visitor import ask, form_token

ADMIN = "admin@gatehouse.example"
SLOW = {"service": "partnercenter", "call": "customers", "kind": "slow", "seconds": 1.5}


@pytest.fixture(scope="module")
def people(browser, portal):
    """Owner, support, customer and administrator, each in a browser of their own; the service is connected."""
    pages = {}
    for name, email in [
        ("owner", OWNER),
        ("support", "support@acme.example"),
        ("anna", "anna@northgate.example"),
        ("admin", ADMIN),
    ]:
        context = browser.new_context(locale="en-GB")
        context.set_default_timeout(15_000)
        pages[name] = context.new_page()
        if name == "owner":
            set_up(pages[name], portal)
        else:
            sign_in(pages[name], portal.eu, email)
    yield pages
    for page in pages.values():
        page.context.close()


def switch(page, portal, on):
    page.goto(f"{portal.eu}/plugins")
    card = page.get_by_role("article").filter(has_text=SERVICE)
    if on:
        card.get_by_role("button", name="Enable").click()
        expect(page.get_by_role("status").filter(has_text="The plugin is enabled. Its jobs go on.")).to_be_visible()
        expect(card.get_by_text("Enabled", exact=True)).to_be_visible()
    else:
        card.get_by_role("link", name="Disable…").click()
        expect(page.locator("main")).to_contain_text("No call to Microsoft starts after this is confirmed")
        screenshot(page, "plugin-disabling")
        page.get_by_role("button", name="Disable").click()
        expect(page.get_by_role("status").filter(has_text="The plugin is disabled.")).to_be_visible()
        expect(card.get_by_text("Disabled", exact=True)).to_be_visible()


def state(portal, job):
    [row] = portal.sqlite("SELECT state, done, reason FROM job WHERE id = ?", job)
    return row


def test_a_running_job_stands_still_and_goes_on(portal, people):
    """While the list is read, the plugin is switched off: no call follows; switched on, the job ends and all is there."""
    owner, admin = people["owner"], people["admin"]
    portal.control("/control/faults", **SLOW, times=3)
    owner.goto(f"{portal.eu}{PATH}/tenants")
    owner.get_by_role("button", name="Read the list again").click()
    owner.wait_for_url(f"{portal.eu}/jobs/**")
    job = owner.url.rpartition("/")[2]
    wait_until(lambda: state(portal, job)["done"] == 25, 15, "the first of three pages is read")
    expect(owner.get_by_role("progressbar")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("25 done")
    screenshot(owner, "job-running")

    switch(admin, portal, on=False)
    made = provider_calls(portal)
    wait_until(lambda: state(portal, job)["state"] == "parked", 5, "the job stands still")
    done = state(portal, job)["done"]
    owner.goto(f"{portal.eu}/jobs/{job}")
    expect(owner.locator("main")).to_contain_text("The job stands still")
    expect(owner.locator("main")).to_contain_text("The plugin is switched off")
    screenshot(owner, "job-parked")
    owner.wait_for_timeout(2000)
    assert provider_calls(portal) == made, "no call after the administrator was told that it is off"
    assert state(portal, job)["done"] == done

    switch(admin, portal, on=True)
    portal.control("/control/faults", method="DELETE")
    owner.goto(f"{portal.eu}/jobs/{job}")
    expect(owner.get_by_text("Found 62 tenants, 62 of them unlinked.")).to_be_visible(timeout=15_000)
    assert [row["credential"] for row in portal.sqlite("SELECT credential FROM provider_grant")]


def test_a_queued_job_waits_until_the_plugin_is_on_again(portal, people):
    """Applied, then off before it began or ended: what is committed stays, the rest comes when it is on again, nothing twice."""
    owner, admin = people["owner"], people["admin"]
    owner.goto(f"{portal.eu}{PATH}/bulk-links/new")
    switch(admin, portal, on=False)
    owner.get_by_role("button", name="Create 61 and link 62").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text(f"{SERVICE} is switched off")
    assert numbers(portal) == (1, 0)
    switch(admin, portal, on=True)
    link_all(owner, portal.eu)
    expect(owner.get_by_text("Linked 62 tenants.")).to_be_visible(timeout=10_000)
    assert numbers(portal) == (62, 62)


def test_what_people_see_of_a_plugin_that_is_off(portal, people):
    """Its pages are 404: explained to the broker's people, without a word to the customer; jobs, tenants and links stay readable."""
    owner, support, anna, admin = (people[name] for name in ("owner", "support", "anna", "admin"))
    wait_for_jobs(portal)
    attempt = portal.sqlite("SELECT id FROM sign_in_attempt")[0]["id"]
    anna.goto(f"{portal.eu}/store")
    expect(anna.locator("main")).to_contain_text(SERVICE)
    switch(admin, portal, on=False)

    pages = [
        f"/marketplace/{PLUGIN}",
        PATH,
        f"{PATH}/authentication",
        f"{PATH}/tenants",
        f"{PATH}/sign-ins/{attempt}",
        f"{PATH}/sign-ins/{attempt}/verdict",
    ]
    owners = [f"/marketplace/{PLUGIN}/steps", f"{PATH}/removal", f"{PATH}/bulk-links/new"]
    for page, paths in [(owner, pages + owners), (support, pages)]:
        for path in paths:
            assert page.goto(portal.eu + path).status == 404, path
            expect(page.get_by_role("heading", level=1)).to_have_text(f"{SERVICE} is switched off")
            expect(page.locator("main")).to_contain_text("Its data is kept")
    assert axe(owner) == []
    screenshot(owner, "switched-off")
    owner.goto(f"{portal.eu}/organizations")
    form = {"csrf": form_token(owner)}
    for path in [
        f"/marketplace/{PLUGIN}/additions",
        f"{PATH}/authentication",
        f"{PATH}/discoveries",
        f"{PATH}/bulk-links",
        f"{PATH}/removal",
    ]:
        assert ask(portal, owner, portal.eu + path, form).status == 404, path

    owner.goto(f"{portal.eu}/services")
    expect(owner.get_by_role("article").filter(has_text=SERVICE)).to_contain_text("Switched off")
    screenshot(owner, "services-switched-off")
    owner.goto(f"{portal.eu}/marketplace")
    expect(owner.locator("main")).not_to_contain_text(SERVICE)
    owner.goto(f"{portal.eu}/tenants")
    expect(owner.locator("main")).to_contain_text("1–50 of 62")
    owner.goto(f"{portal.eu}/")
    assert axe(owner) == []

    anna.goto(f"{portal.eu}/store")
    expect(anna.locator("main")).not_to_contain_text(SERVICE)
    expect(anna.locator("body")).not_to_contain_text("switched off")
    for path in pages + owners:
        assert anna.goto(portal.eu + path).status == 404
        expect(anna.get_by_role("heading", level=1)).to_have_text("There is no such page")
    anna.goto(f"{portal.eu}/organization")
    expect(anna.locator("main")).to_contain_text("cccccccc-0000-4000-8000-000000000001")

    switch(admin, portal, on=True)
    owner.goto(f"{portal.eu}{PATH}/tenants")
    expect(owner.locator(".totals")).to_contain_text("62")
    owner.goto(f"{portal.eu}{PATH}/authentication")
    expect(owner.locator("main")).to_contain_text("Connected since")
    actions = [
        row["action"] for row in portal.sqlite("SELECT action FROM audit WHERE action LIKE 'plugin.%' ORDER BY at")
    ]
    assert actions == ["plugin.disable", "plugin.enable"] * 3


def test_a_return_from_microsoft_to_a_plugin_that_is_off(portal, people, browser_context):
    """Switched off while a person is at Microsoft's page: no code is exchanged until it is on again."""
    owner, admin = people["owner"], people["admin"]
    leave_for_microsoft(owner, portal.eu)
    give_password(owner)
    give_code(owner)
    answer = accept_without_returning(owner)
    exchanges = token_exchanges(portal)
    switch(admin, portal, on=False)
    assert owner.goto(answer).status == 404
    expect(owner.get_by_role("heading", level=1)).to_have_text(f"{SERVICE} is switched off")
    owner.wait_for_timeout(600)
    assert token_exchanges(portal) == exchanges
    switch(admin, portal, on=True)
    wait_for_jobs(portal)
    owner.goto(f"{portal.eu}{PATH}/authentication")
    expect(owner.locator("main")).to_contain_text("Connected since")
