"""Customers whose names were made to hurt: markup, formulas, text direction, control characters, 10 kB, nothing at all."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from microsoft import LIBERTYS_ID, PATH, add_service, try_to_connect, wait_for_jobs
from support.browser import axe, sideways_scroll, sign_in
from support.pages import faults_of, none

CUSTOMERS = 160
LIBERTY = "broker-liberty"

# Control characters, and what turns or hides the text beside it.
UNREADABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

# Names that what stands after them overlaps: text that ran the wrong way.
OVERLAPPED = """() => [...document.querySelectorAll('td bdi, th bdi')].filter(name => {
    const [end, next] = [[...name.getClientRects()].at(-1), name.nextElementSibling?.getClientRects()[0]]
    return next && next.left < end.right - 1 && next.right > end.left + 1
        && next.top < end.bottom - 2 && next.bottom > end.top + 2
}).map(name => name.textContent)"""


@pytest.fixture(scope="module")
def page(portal, browser):
    """Liberty's owner, with a list of hostile names read. Nothing that a name says may ever run."""
    portal.control("/control/world", customers=CUSTOMERS, names="hostile")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    sign_in(page, portal.us, "owner@liberty.example")
    add_service(page, portal.us)
    try_to_connect(page, portal.us, "admin@libertyit.example", LIBERTYS_ID)
    expect(page.get_by_text("Every check has passed")).to_be_visible()
    wait_for_jobs(portal)
    yield page
    context.close()
    assert said == []


def tenants(portal):
    """Every tenant of Liberty with the id of its organization, if any."""
    return portal.sqlite(
        """
        SELECT tenant.id, tenant.name, tenant.external_id, organization_id FROM tenant
        LEFT JOIN tenant_link ON tenant_link.tenant_id = tenant.id WHERE tenant.broker_id = ?
        """,
        LIBERTY,
    )


def awkward(portal):
    """The tenants at the places where the world has its hostile names, one of each name."""
    found = {row["name"]: row for row in tenants(portal) if int(row["external_id"][-12:]) % 7 == 0}
    assert len(found) > 20
    return found.values()


def faults_of_each(page, base, paths):
    """What is wrong with the narrow pages at all `paths`."""
    found, window = [], page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    for path in paths:
        page.goto(base + path)
        found += [f"{path} ({page.title()[:40]}): {fault}" for fault in axe(page) + sideways_scroll(page)]
    page.set_viewport_size(window)
    return found


def faults_of_lists(page, base, paths):
    """What is wrong with the pages of many names, and which of them hold what nobody can read."""
    found = []
    for name, path in paths.items():
        page.goto(base + path)
        found += faults_of(page, f"hostile-{name}")
        found += [f"{name}: {hit!r}" for hit in UNREADABLE.findall(page.locator("main").inner_text() + page.title())]
        found += [f"{name}: something stands inside {text!r}" for text in page.evaluate(OVERLAPPED)]
    return found


def test_the_list_and_the_plan(portal, page):
    """All are there, in one readable line each, and the plan adds up: twins are questions."""
    rows = tenants(portal)
    assert len(rows) == CUSTOMERS
    assert max(len(row["name"]) for row in rows) <= 256
    assert all(row["name"].strip() for row in rows)
    lists = {"tenants": f"{PATH}/tenants", "more-tenants": f"{PATH}/tenants?from=100", "plan": f"{PATH}/bulk-links/new"}
    found = faults_of_lists(page, portal.us, lists)
    same = Counter(row["name"] for row in rows)
    twins = sum(count for count in same.values() if count > 1)
    asked = page.locator("#decide tbody tr").count()
    assert twins > 20 and asked >= twins
    expect(page.get_by_role("button", name=f"Create {CUSTOMERS - asked} and link {CUSTOMERS - asked}")).to_be_visible()
    none(found)


def test_a_tenant_alone_is_decided_like_in_the_plan(portal, page):
    """The page of a twin asks too."""
    same = Counter(row["name"] for row in tenants(portal))
    for row in [row for row in tenants(portal) if same[row["name"]] > 1][:12]:
        page.goto(f"{portal.us}/tenants/{row['id']}")
        expect(page.get_by_text("Your decision is needed")).to_be_visible()


def test_each_before_the_link(portal, page):
    none(faults_of_each(page, portal.us, [f"/tenants/{row['id']}" for row in awkward(portal)]))


def test_all_are_linked_but_twins(portal, page):
    """As many organizations and links as the plan said; nobody shares one."""
    page.goto(f"{portal.us}{PATH}/bulk-links/new")
    asked = page.locator("#decide tbody tr").count()
    page.get_by_role("button", name=re.compile("Create .* and link")).click()
    page.wait_for_url("**/jobs/**")
    expect(page.get_by_text(f"Linked {CUSTOMERS - asked} tenants.")).to_be_visible()
    rows = tenants(portal)
    links = [row["organization_id"] for row in rows if row["organization_id"]]
    assert len(links) == len(set(links)) == CUSTOMERS - asked
    same = Counter(row["name"] for row in rows)
    assert [row["name"] for row in rows if same[row["name"]] > 1 and row["organization_id"]] == []


def test_the_pages_after_the_link(portal, page):
    """Lists, audit and jobs, and the organizations of the worst names."""
    lists = {
        "organizations": "/organizations",
        "audit": "/audit",
        "jobs": "/jobs",
        "search": "/search?q=alert",
    }
    found = faults_of_lists(page, portal.us, lists)
    linked = [row["organization_id"] for row in awkward(portal) if row["organization_id"]]
    none(found + faults_of_each(page, portal.us, [f"/organizations/{id}" for id in linked]))
