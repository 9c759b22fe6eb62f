"""The audit: in words, filtered, a page a line, exported, and checked."""

import csv
import io

from playwright.sync_api import expect

from support.browser import sign_in
from support.pages import none, see_all
from support.portal import wait_until
from support.visitor import ask

OWNER = "owner@acme.example"


def test_lines_are_found_read_and_exported(portal, browser_context):
    """A refused page shows as refused; the line has a page; the file holds what the filter shows."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    assert ask(portal, page, f"{portal.eu}/plugins").status == 404
    page.goto(f"{portal.eu}/audit")
    page.get_by_label("What").select_option(label="Asked for a page that is not theirs")
    page.get_by_label("Who", exact=True).fill(OWNER)
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("main table")).to_contain_text("page:/plugins")
    rows = page.locator("main tbody tr").count()
    exported = ask(portal, page, page.url.replace("/audit?", "/audit/export?"))
    lines = list(csv.reader(io.StringIO(exported.text)))
    assert exported.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == rows + 1 and all(line[2] == "access.refuse" for line in lines[1:])
    page.locator("main tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asked for a page that is not theirs")
    expect(page.locator("main")).to_contain_text("127.0.0.1")
    none(see_all(page, portal.eu, {"audit-line": page.url.removeprefix(portal.eu)}, {}, "owner"))
    none(see_all(page, portal.eu, {"audit": "/audit", "audit-none": "/audit?q=nothing-like-it"}, {}, "owner"))


def test_the_chain_is_checked_from_the_page(portal, browser_context):
    """Without JavaScript too."""
    page = browser_context(javascript=False).new_page()
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/audit")
    page.get_by_role("button", name="Check now").click()

    def checked():
        page.goto(f"{portal.eu}/audit")
        return "is whole. Last checked" in page.locator("main").inner_text()

    wait_until(checked, 15, "the chain was checked")
