"""A grave change some minutes after the sign-in: the page says what waits, and there is a way out."""

import contextlib
import sqlite3

import pytest
from playwright.sync_api import expect

from support.browser import PASSWORD, sign_in
from support.pages import faults_of, none

OWNER = "owner@acme.example"


@pytest.fixture
def office(tmp_path):
    """A portal of this test's own: it is stopped in between."""
    from support.portal import Portal

    portal = Portal(tmp_path / "state")
    portal.start()
    yield portal
    portal.stop()


def later(portal):
    """As if everybody had signed in some minutes earlier."""
    portal.stop()
    with contextlib.closing(sqlite3.connect(portal.state / "gatehouse.sqlite")) as database, database:
        database.execute("UPDATE session SET proved_at = 0")
    portal.start()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_waits_is_named_dropped_or_done(office, browser_context, javascript):
    """Left, nothing has happened; confirmed with the password, it has."""
    page = browser_context(javascript=javascript).new_page()
    sign_in(page, office.eu, OWNER)
    later(office)

    def ask():
        page.goto(f"{office.eu}/groups/new")
        page.get_by_label("Name", exact=True).fill("Night shift")
        page.get_by_label("Broker billing (view only)", exact=True).check()
        page.get_by_role("button", name="Make the group").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
        expect(page.locator("main")).to_contain_text("What waits: Make the group")

    ask()
    if javascript:
        none(faults_of(page, "step-up"))
    page.get_by_role("button", name="Leave it").click()
    expect(page.get_by_role("status").filter(has_text="What waited was dropped")).to_be_visible()
    assert office.sqlite("SELECT path FROM held_form") == []
    assert office.sqlite("SELECT name FROM user_group") == []

    ask()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").filter(has_text="The group was made")).to_be_visible()
