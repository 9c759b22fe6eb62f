"""An answer that comes twice, a button pressed twice, two tabs: one effect."""

import pytest
from playwright.sync_api import expect

from microsoft import (
    OWNER,
    PATH,
    accept_without_returning,
    add_service,
    audited,
    give_code,
    give_password,
    leave_for_microsoft,
    token_exchanges,
    wait_for_jobs,
)
from support.browser import sign_in


@pytest.fixture(scope="module", autouse=True)
def service(portal, browser):
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, portal.eu, OWNER)
    add_service(page, portal.eu)
    context.close()


def test_an_answer_visited_again_shows_the_finished_state(portal, browser_context):
    """Back, reload, a second tab and the bare address: Microsoft sees exactly one exchange, the page shows what came of it."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    leave_for_microsoft(page, portal.eu)
    give_password(page)
    give_code(page)
    answers = []
    page.on("request", lambda request: answers.append(request.url) if "/connections/return?" in request.url else None)
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    verdict = page.url
    expect(page.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)
    wait_for_jobs(portal)
    connections = len(audited(portal, "connection.connect"))

    for tab in [page, page.context.new_page()]:
        tab.goto(answers[0])
        assert tab.url == verdict
        expect(tab.get_by_text("Every check has passed")).to_be_visible()
        tab.reload()
        expect(tab.get_by_text("Every check has passed")).to_be_visible()
    page.go_back()
    wait_for_jobs(portal)
    assert token_exchanges(portal) == 1
    assert len(audited(portal, "connection.connect")) == connections == 1


def test_an_answer_that_comes_twice_at_once(portal, browser_context):
    """Two tabs that bring the same answer in the same moment: one exchange."""
    exchanges = token_exchanges(portal)
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    leave_for_microsoft(page, portal.eu)
    give_password(page)
    give_code(page)
    answer = accept_without_returning(page)
    [tab, other] = page.context.new_page(), page.context.new_page()
    other.evaluate("address => { setTimeout(() => location = address, 20) }", answer)
    tab.goto(answer)
    for each in (tab, other):
        expect(each.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)
    wait_for_jobs(portal)
    assert token_exchanges(portal) == exchanges + 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_on_update(portal, browser_context, javascript):
    """Leads to Microsoft once, and what comes back is taken once."""
    exchanges = token_exchanges(portal)
    connections = len(audited(portal, "connection.connect"))
    page = browser_context(javascript=javascript).new_page()
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill("aaaaaaaa-0000-4000-8000-000000000001")
    page.get_by_role("button", name="Update").dblclick(no_wait_after=True)
    page.wait_for_url("**/entra/**")
    give_password(page)
    give_code(page)
    page.get_by_role("button", name="Accept").dblclick(no_wait_after=True)
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    expect(page.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)
    wait_for_jobs(portal)
    assert token_exchanges(portal) == exchanges + 1
    assert len(audited(portal, "connection.connect")) == connections + 1
    assert len(portal.sqlite("SELECT id FROM provider_grant")) == 1


def test_the_page_of_the_departure_in_another_session(portal, browser_context):
    """The address of a sign-in that somebody else began leads nobody to Microsoft, and says why."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    page.route("**/entra/**", lambda route: route.abort())
    page.goto(f"{portal.eu}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill("aaaaaaaa-0000-4000-8000-000000000001")
    with page.expect_request("**/sign-ins/**") as departure:
        page.get_by_role("button", name="Update").click()
    other = browser_context().new_page()
    sign_in(other, portal.eu, OWNER)
    answer = other.goto(departure.value.url)
    assert answer.status == 409
    expect(other.locator("main")).to_contain_text("begun in another browser")
