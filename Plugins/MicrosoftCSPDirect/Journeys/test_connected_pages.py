"""Every page that comes with a connection and its tenants, for the owner, the support and the customer."""

import pytest
from playwright.sync_api import expect

from microsoft import (
    OWNER,
    PATH,
    PLUGIN,
    accept,
    give_code,
    give_password,
    leave_for_microsoft,
    link_all,
    set_up,
    try_to_connect,
    wait_for_jobs,
)
from support.browser import axe, screenshot, sideways_scroll, sign_in
from support.pages import faults_of, layout_shifts, none, see_all, watch_layout


@pytest.fixture(scope="module")
def owner(browser, portal):
    """Acme's owner, connected, nothing linked."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.said = []
    context.on(
        "console", lambda message: page.said.append(message.text) if message.type in ("error", "warning") else None
    )
    set_up(page, portal)
    yield page
    context.close()
    assert [text for text in page.said if "Failed to load resource" not in text] == []


@pytest.fixture(scope="module")
def titles():
    return {}


def tenant(portal, name):
    [row] = portal.sqlite("SELECT id FROM tenant WHERE name = ? AND broker_id = 'broker-acme'", name)
    return f"/tenants/{row['id']}"


def attempt(portal, state):
    return (
        f"{PATH}/sign-ins/"
        + portal.sqlite("SELECT id FROM sign_in_attempt WHERE state = ? ORDER BY created_at DESC", state)[0]["id"]
    )


def job(portal, kind):
    return "/jobs/" + portal.sqlite("SELECT id FROM job WHERE kind = ? ORDER BY created_at DESC", kind)[0]["id"]


def test_pages_before_the_link(portal, owner, titles):
    """Everything that waits for the owner."""
    try_to_connect(owner, portal.eu, "nomfa@acmecloud.example")
    wait_for_jobs(portal)
    paths = {
        "home-needs": "/",
        "services-connected": "/services",
        "service-connected": PATH,
        "authentication-connected": f"{PATH}/authentication",
        "verdict-failed": attempt(portal, "failed"),
        "service-tenants": f"{PATH}/tenants",
        "service-tenants-none": f"{PATH}/tenants?state=linked",
        "bulk-preview": f"{PATH}/bulk-links/new",
        "tenant-unlinked": tenant(portal, "Harbor Dental"),
        "tenant-suggested": tenant(portal, "Northgate Bakery"),
        "removal": f"{PATH}/removal",
    }
    none(see_all(owner, portal.eu, paths, titles, "owner"))


def test_pages_after_the_link(portal, owner, titles):
    """Everything that there is to look at when all is done."""
    link_all(owner, portal.eu)
    wait_for_jobs(portal)
    owner.goto(portal.eu + tenant(portal, "Harbor Dental"))
    owner.get_by_role("button", name="Remove the link").click()
    owner.get_by_label("Why").fill("On another contract")
    owner.get_by_role("button", name="Exclude").click()
    owner.get_by_role("status").filter(has_text="excluded").wait_for()
    found = faults_of(owner, "owner-tenant-excluded")
    paths = {
        "store": "/store",
        "organizations": "/organizations",
        "organization": "/organizations/organization-northgate",
        "tenants": "/tenants",
        "tenant-linked": tenant(portal, "Northgate Bakery"),
        "jobs": "/jobs",
        "job-link": job(portal, "tenants.link"),
        "job-discovery": job(portal, "tenants.discovery"),
        "job-proof": job(portal, "connection.proof"),
        "audit": "/audit",
    }
    found += see_all(owner, portal.eu, paths, {}, "owner-full")
    owner.goto(f"{portal.eu}{PATH}/bulk-links/new")
    none(found + faults_of(owner, "owner-nothing-to-link"))


@pytest.mark.parametrize("email", ["support@acme.example", "anna@northgate.example", "admin@gatehouse.example"])
def test_the_same_for_others(portal, owner, browser_context, email):
    """Support sees them without a button that changes anything; the customer sees its own; the administrator the plugins."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, email)
    paths = {
        "support@acme.example": {
            "service": PATH,
            "authentication": f"{PATH}/authentication",
            "verdict": attempt(portal, "succeeded"),
            "service-tenants": f"{PATH}/tenants",
            "tenant": tenant(portal, "Northgate Bakery"),
            "tenant-excluded": tenant(portal, "Harbor Dental"),
            "job": job(portal, "tenants.link"),
        },
        "anna@northgate.example": {"organization": "/organization", "store": "/store"},
        "admin@gatehouse.example": {"plugins": "/plugins", "disabling": f"/plugins/{PLUGIN}/disabling"},
    }[email]
    role = email.partition("@")[0]
    found = see_all(page, portal.eu, paths, {}, f"{role}-full")
    for path in paths.values():
        page.goto(portal.eu + path)
        if role == "support" and page.locator("main form[method=post]").count():
            found.append(f"{path} has a form")
    none(found)


def test_the_branded_authentication_page(portal, owner, browser_context):
    """The page that does not start the sign-in, and the one that somebody came to from there."""
    page = browser_context().new_page()
    sign_in(page, portal.shop, OWNER)
    page.goto(f"{portal.shop}{PATH}/authentication")
    found = faults_of(page, "branded-authentication")
    page.get_by_role("link", name="Continue on").click()
    page.wait_for_url(f"{portal.eu}/**")
    none(found + faults_of(page, "came-from-branded"))


def test_the_way_to_microsoft(portal, owner):
    """The sandbox's pages are to be held to the same, and so is the page in between."""
    owner.route("**/entra/**", lambda route: route.abort())
    owner.goto(f"{portal.eu}{PATH}/authentication")
    owner.get_by_label("Microsoft ID", exact=True).fill("x")
    owner.get_by_role("button", name="Update").click()
    owner.locator(".error-summary").wait_for()
    found = faults_of(owner, "authentication-error")
    owner.unroute("**/entra/**")
    leave_for_microsoft(owner, portal.eu)
    found += axe(owner) + sideways_scroll(owner)
    screenshot(owner, "microsoft-sign-in")
    give_password(owner)
    found += axe(owner) + sideways_scroll(owner)
    screenshot(owner, "microsoft-code")
    give_code(owner)
    found += axe(owner) + sideways_scroll(owner)
    screenshot(owner, "microsoft-consent")
    portal.control("/control/faults", service="partnercenter", call="profile", kind="slow", seconds=4)
    accept(owner, portal.eu)
    expect(owner.get_by_text("Checking the sign-in")).to_be_visible()
    found += faults_of(owner, "verdict-open")
    expect(owner.get_by_text("Every check has passed")).to_be_visible(timeout=15_000)
    found += faults_of(owner, "verdict-succeeded")
    owner.goto(portal.sandbox)
    screenshot(owner, "sandbox-control")
    none(found + axe(owner))


def test_late_results_move_nothing(portal, owner, browser_context):
    """CLS is 0 on the page of a verdict and of a job while they bring themselves up to date."""
    page = owner.context.new_page()
    watch_layout(page)
    for call in ("profile", "customers"):
        portal.control("/control/faults", service="partnercenter", call=call, kind="slow", seconds=1.5)
    try_to_connect(page, portal.eu)
    expect(page.get_by_text("Every check has passed")).to_be_visible(timeout=15_000)
    wait_for_jobs(portal)
    assert layout_shifts(page) == []

    portal.control("/control/faults", service="partnercenter", call="customers", kind="slow", seconds=1.5, times=3)
    page.goto(f"{portal.eu}{PATH}/tenants")
    page.get_by_role("button", name="Read the list again").click()
    page.wait_for_url("**/jobs/**")
    expect(page.get_by_text("What it did")).to_be_visible(timeout=15_000)
    assert layout_shifts(page) == []


def test_the_lists_grow_while_one_looks(portal, owner):
    """The page of the tenants says that its numbers grow while the list is read: with JavaScript too, they do."""
    portal.control("/control/faults", service="partnercenter", call="customers", kind="slow", seconds=1, times=3)
    owner.goto(f"{portal.eu}{PATH}/tenants")
    owner.get_by_role("button", name="Read the list again").click()
    owner.goto(f"{portal.eu}{PATH}/tenants")
    expect(owner.get_by_text("The list is being read")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("50 done", timeout=10_000)
    expect(owner.get_by_text("The list is being read")).to_have_count(0, timeout=10_000)


def test_a_connection_is_made_by_keyboard_alone(portal, browser_context):
    """Tab, typing and Enter from the sign-in page to the verdict; the focus is never lost and always seen."""
    page = browser_context().new_page()

    def go_to(name):
        """Tab until the named thing has the focus."""
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                """() => {
                    const e = document.activeElement
                    if (e === document.body) return null
                    const box = e.getBoundingClientRect()
                    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
                    return {
                        name: (e.labels?.[0]?.innerText ?? e.innerText ?? '').trim(),
                        seen: e.matches(':focus-visible') && (e === hit || e.contains(hit) || hit?.contains(e)),
                    }
                }"""
            )
            if focused and focused["name"] == name:
                assert focused["seen"], f"the focus on {name} is hidden"
                return
        raise AssertionError(f"Tab never came to {name}")

    page.goto(f"{portal.eu}{PATH}/authentication")
    go_to("E-mail")
    page.keyboard.type(OWNER)
    go_to("Password")
    page.keyboard.type("gatehouse-practice")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.eu}{PATH}/authentication")
    go_to("Where do I find it?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Organization profile")).to_be_visible()
    page.reload()
    go_to("Microsoft ID")
    page.keyboard.press("Control+A")
    page.keyboard.type("aaaaaaaa-0000-4000-8000-000000000001")
    go_to("Update")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entra/**")
    expect(page.get_by_label("Account")).to_be_focused()
    page.keyboard.type("admin@acmecloud.example")
    page.keyboard.press("Tab")
    page.keyboard.type("gatehouse-practice")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Accept")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    expect(page.get_by_text("Every check has passed")).to_be_visible(timeout=15_000)
    go_to("Link Tenant to Organization")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.eu}{PATH}/tenants")
