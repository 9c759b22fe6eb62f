"""What a job's page says when Microsoft is slow, asks for patience, or no longer lets the portal in."""

import re

import pytest
from playwright.sync_api import expect

from microsoft import PATH, SERVICE, provider_calls, set_up, try_to_connect, wait_for_jobs
from support.browser import axe, screenshot


@pytest.fixture(scope="module")
def owner(browser, portal):
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    set_up(page, portal)
    yield page
    context.close()


@pytest.fixture(autouse=True)
def no_faults_left(portal):
    yield
    portal.control("/control/faults", method="DELETE")


def read_the_list(owner, portal):
    owner.goto(f"{portal.eu}{PATH}/tenants")
    owner.get_by_role("button", name="Read the list again").click()
    owner.wait_for_url("**/jobs/**")


def test_the_page_of_a_running_job_tells_how_far_it_is(portal, owner):
    """Done so far, the rate, the item at hand; the title of the window too where the end is known; the page may be left."""
    portal.control("/control/faults", service="partnercenter", call="customers", kind="slow", seconds=1, times=3)
    read_the_list(owner, portal)
    job = owner.url
    expect(owner.locator("main")).to_contain_text("25 done")
    expect(owner.locator("main")).to_contain_text(re.compile(r"\d+ a (second|minute)"))
    expect(owner.locator("main")).to_contain_text("Page 1 of the list")
    owner.goto(f"{portal.eu}/organizations")
    owner.goto(f"{portal.eu}/jobs")
    expect(owner.get_by_role("row").filter(has_text="Read the list of tenants").first).to_contain_text(
        re.compile("Running|Queued")
    )
    owner.goto(job)
    expect(owner.get_by_text("Found 62 tenants, 62 of them unlinked.")).to_be_visible()


def test_a_job_is_cancelled(portal, owner):
    """Cancel says what stays done; the job ends before its next step, and Microsoft is asked no more."""
    portal.control("/control/faults", service="partnercenter", call="customers", kind="slow", seconds=1, times=3)
    read_the_list(owner, portal)
    expect(owner.locator("main")).to_contain_text("25 done")
    owner.get_by_role("button", name="Cancel").click()
    if owner.get_by_text("The job was cancelled").count():
        assert owner.get_by_text("Running", exact=True).count() == 0, (
            "a step that is under way has not been cancelled yet"
        )
    expect(owner.get_by_text("Cancelled", exact=True)).to_be_visible()
    expect(
        owner.get_by_role("status").or_(owner.locator("main")).filter(has_text="What was done before stays done.").first
    ).to_be_visible()
    expect(owner.get_by_role("button", name="Cancel")).to_have_count(0)
    calls = provider_calls(portal)
    owner.wait_for_timeout(1_200)
    assert provider_calls(portal) == calls
    assert portal.sqlite("SELECT COUNT(*) AS count FROM tenant") == [{"count": 62}]


def test_microsoft_asks_for_patience(portal, owner):
    """Retry-After is waited for, and the page says until when; then the job goes on by itself."""
    portal.control("/control/faults", service="partnercenter", call="customers", kind="throttle", retryAfter="3")
    read_the_list(owner, portal)
    expect(owner.get_by_text("The job is waiting")).to_be_visible()
    expect(owner.locator("main")).to_contain_text(re.compile(r"Microsoft asks us to wait until \d\d:\d\d UTC"))
    assert axe(owner) == []
    screenshot(owner, "job-waiting")
    expect(owner.get_by_text("Found 62 tenants, 62 of them unlinked.")).to_be_visible()


def test_a_revoked_sign_in_is_said_everywhere_and_mended(portal, owner):
    """The job fails with the cause; home, My Services and the authentication page say so; signing in again mends it."""
    portal.control("/control/faults", service="partnercenter", kind="tokenRevoked", times=50)
    portal.control("/control/faults", service="entra", call="token", kind="tokenRevoked", times=50)
    read_the_list(owner, portal)
    expect(owner.locator(".problem")).to_be_visible()
    expect(owner.locator(".problem")).to_contain_text("Sign in again")
    screenshot(owner, "job-failed")
    for path in ["/", "/services", f"{PATH}/authentication"]:
        owner.goto(portal.eu + path)
        expect(owner.locator("main")).to_contain_text(
            re.compile("not connected|Sign-in needed|no longer accept|revoked|does not accept")
        )
        screenshot(owner, f"broken-{path.rpartition('/')[2] or 'home'}")
    portal.control("/control/faults", method="DELETE")
    try_to_connect(owner, portal.eu)
    expect(owner.get_by_text("Every check has passed")).to_be_visible()
    wait_for_jobs(portal)
    owner.goto(f"{portal.eu}/services")
    expect(owner.get_by_role("article").filter(has_text=SERVICE).get_by_text("Connected", exact=True)).to_be_visible()
