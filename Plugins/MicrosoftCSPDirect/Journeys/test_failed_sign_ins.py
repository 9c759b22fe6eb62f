"""What goes wrong on the way to Microsoft and back: the cause is readable, nothing is stored, what worked before still works."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from microsoft import (
    ACCOUNT,
    LIBERTYS_ID,
    MICROSOFT_ID,
    OWNER,
    PATH,
    accept,
    accept_without_returning,
    add_service,
    audited,
    connect,
    give_code,
    give_password,
    leave_for_microsoft,
    token_exchanges,
    try_to_connect,
    wait_for_jobs,
)
from support.browser import axe, screenshot, sign_in

in_both_states = pytest.mark.parametrize(
    "before", ["never connected", "connected before"], indirect=True, scope="module"
)

UNKNOWN_ID = "dddddddd-0000-4000-8000-00000000000d"


@pytest.fixture(scope="module", params=["connected before"])
def before(request, portal, browser):
    """A state of the connection, which those failures must leave as it was."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, portal.eu, OWNER)
    if not portal.sqlite("SELECT plugin_id FROM service"):
        add_service(page, portal.eu)
    if request.param == "connected before":
        connect(page, portal.eu)
        wait_for_jobs(portal)
    context.close()
    return request.param


@pytest.fixture
def page(browser_context, portal, before):
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    return page


@pytest.fixture
def nothing_changes(portal, before):
    """Compares what is stored of connections and grants before and after, and what the service's card says."""

    def stored():
        return (
            portal.sqlite("SELECT id, connection_id, credential, account_name, is_current FROM provider_grant"),
            portal.sqlite("SELECT state, state_since, cause, form, verdict FROM connection WHERE state <> 'none'"),
            portal.sqlite("SELECT id FROM tenant"),
            audited(portal, "connection.connect"),
        )

    was = stored()
    yield
    wait_for_jobs(portal)
    assert stored() == was
    assert bool(was[0]) == (before == "connected before")
    assert portal.sqlite("SELECT id FROM sign_in_attempt WHERE state IN ('answered', 'checking')") == []
    finished = "SELECT id FROM sign_in_attempt WHERE state IN ('succeeded', 'failed') AND (answer IS NOT NULL OR secrets IS NOT NULL)"
    assert portal.sqlite(finished) == [], "no code and no secret is kept for longer than it is of use"


def see_failure(page, portal, before, title, *words):
    """The page after the return names the cause; the authentication page too, and says that what was there still is."""
    problem = page.locator(".problem").first
    expect(problem).to_contain_text(title, timeout=10_000)
    for each in words:
        expect(page.locator("main")).to_contain_text(each)
    expect(page.get_by_text("Every check has passed")).to_have_count(0)
    expect(page.get_by_role("link", name="Link Tenant to Organization")).to_have_count(0)
    assert axe(page) == []
    screenshot(page, f"failed-sign-in-{title}")
    page.get_by_role("link", name="Try again").click()
    main = page.locator("main")
    expect(main).to_contain_text(title)
    expect(main).to_contain_text("Nothing of it was stored.")
    if before == "connected before":
        expect(main).to_contain_text("Connected since")
        page.goto(f"{portal.eu}/services")
        expect(page.get_by_text("Connected", exact=True)).to_be_visible()


@in_both_states
@pytest.mark.parametrize("at", ["password", "consent"])
def test_cancel_on_microsofts_page(portal, page, before, nothing_changes, at):
    """Whoever presses Cancel, on whichever of Microsoft's pages, comes back to "Consent was refused" and what to do."""
    exchanges = token_exchanges(portal)
    leave_for_microsoft(page, portal.eu)
    if at == "consent":
        give_password(page)
        give_code(page)
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    see_failure(page, portal, before, "Consent was refused", "Cancel was chosen", "Sign in again", "AADSTS65004")
    assert token_exchanges(portal) == exchanges


@in_both_states
def test_an_account_without_mfa(portal, page, before, nothing_changes):
    """Missing MFA is named, with who acts and what helps."""
    try_to_connect(page, portal.eu, "nomfa@acmecloud.example")
    see_failure(
        page,
        portal,
        before,
        "The sign-in had no multifactor authentication",
        "Switch MFA on for the account",
        "administrator at the provider",
    )


@in_both_states
def test_an_account_that_is_no_admin_agent(portal, page, before, nothing_changes):
    """The missing role is named as Partner Center calls it, with Microsoft's code and correlation id to copy."""
    try_to_connect(page, portal.eu, "clerk@acmecloud.example")
    expect(page.locator(".problem").first).to_be_visible(timeout=10_000)
    expect(page.locator(".verdict").filter(has_text="Multifactor authentication")).not_to_contain_text("Failed")
    expect(page.locator(".verdict").filter(has_text="Customers can be read")).to_contain_text("Failed")
    see_failure(
        page,
        portal,
        before,
        "The account may not do this in Partner Center",
        "Admin agent",
        "Correlation id",
        "Request id",
    )


def test_another_partners_id_typed_and_an_account_of_ones_own(portal, page, before, nothing_changes):
    """With Liberty's id, Microsoft itself turns Acme's account away; Cancel leads back to a page that says so."""
    leave_for_microsoft(page, portal.eu, LIBERTYS_ID)
    expect(page.locator("body")).to_contain_text("to Liberty IT")
    give_password(page, ACCOUNT)
    expect(page.get_by_role("alert")).to_contain_text("does not exist in Liberty IT")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    see_failure(page, portal, before, "Consent was refused")


@in_both_states
def test_an_account_of_another_tenant_than_the_one_typed(portal, page, before, nothing_changes):
    """A sign-in that was bent to another tenant on the way is refused."""
    leave_for_microsoft(page, portal.eu)
    page.goto(page.url.replace(f"/entra/{MICROSOFT_ID}/", "/entra/organizations/"))
    give_password(page, "admin@libertyit.example")
    give_code(page)
    accept(page, portal.eu)
    problem = page.locator(".problem").first
    expect(problem).to_be_visible(timeout=10_000)
    screenshot(page, "failed-sign-in-other-tenant")
    expect(problem).to_contain_text("The account belongs to another tenant")
    expect(page.locator("main")).to_contain_text(MICROSOFT_ID)


def test_an_id_that_microsoft_does_not_know(portal, page, before, nothing_changes):
    """Microsoft's page ends there; back at the portal one can start again at once."""
    leave_for_microsoft(page, portal.eu, UNKNOWN_ID)
    expect(page.get_by_role("alert")).to_contain_text("AADSTS90002")
    page.goto(f"{portal.eu}{PATH}/authentication")
    expect(page.get_by_role("button", name="Update")).to_be_visible()


@in_both_states
def test_a_forged_answer(portal, page, before, nothing_changes):
    """An answer to a sign-in that nobody began is refused in words, with a line in the audit, and without a call."""
    refusals, exchanges = len(audited(portal, "connection.answer")), token_exchanges(portal)
    answer = page.goto(f"{portal.eu}/connections/return?code=forged&state=forged")
    assert answer.status == 400
    expect(page.locator("main")).to_contain_text("this portal has not begun")
    expect(page.locator("main")).to_contain_text("an earlier connection stays as it was")
    assert page.title().startswith("Error: ")
    assert axe(page) == []
    screenshot(page, "forged-answer")
    for query in ["", "?state=", "?code=forged", "?error=access_denied&error_description=<script>alert(1)</script>"]:
        assert portal.get(f"/connections/return{query}").status == 400, query
    assert len(audited(portal, "connection.answer")) == refusals + 5
    assert token_exchanges(portal) == exchanges


def begun(page, portal):
    """Up to Microsoft's last page. Returns the address of the answer, which has not been visited."""
    leave_for_microsoft(page, portal.eu)
    give_password(page)
    give_code(page)
    return accept_without_returning(page)


def test_an_answer_in_another_browser(portal, page, before, nothing_changes, browser_context):
    """The answer is worth nothing elsewhere: not without a session, not in another one of the same person, not in another person's."""
    exchanges = token_exchanges(portal)
    answer = begun(page, portal)
    for person in [None, OWNER, "support@acme.example"]:
        other = browser_context().new_page()
        if person:
            sign_in(other, portal.eu, person)
        assert other.goto(answer).status == 400
        expect(other.locator("main")).to_contain_text("begun in another browser")
    wait_for_jobs(portal)
    assert token_exchanges(portal) == exchanges


def test_a_code_swapped_into_another_sign_in(portal, page, before, nothing_changes, browser_context):
    """One browser's code under another one's state fails at Microsoft, because the proof key is another."""
    mine = begun(page, portal)
    other = browser_context().new_page()
    sign_in(other, portal.eu, OWNER)
    theirs = begun(other, portal)
    code = parse_qs(urlsplit(theirs).query)["code"][0]
    page.goto(re.sub(r"code=[^&]+", f"code={code}", mine))
    expect(page.locator(".problem").first).to_be_visible(timeout=10_000)
    screenshot(page, "failed-sign-in-swapped-code")


def test_a_removed_session_cannot_take_the_answer(portal, page, before, nothing_changes):
    """Signed out while at Microsoft: the answer is refused, and says why."""
    answer = begun(page, portal)
    page.context.clear_cookies()
    assert page.goto(answer).status == 400
    expect(page.locator("main")).to_contain_text("your session here has ended since")


def test_no_address_and_no_log_keeps_the_answer(portal, page, before, nothing_changes):
    """The code is in no log, not in the address where the person ends, and leaves by no Referer."""
    seen = []
    page.on("request", lambda request: seen.append((request.url, request.headers.get("referer", ""))))
    answer = begun(page, portal)
    code = parse_qs(urlsplit(answer).query)["code"][0]
    # Microsoft is told to refuse, so that nothing changes.
    page.goto(re.sub(r"code=[^&]+", "error=access_denied", answer))
    page.wait_for_url(f"{portal.eu}{PATH}/sign-ins/**")
    expect(page.locator(".problem").first).to_contain_text("Consent was refused", timeout=10_000)
    assert "state=" not in page.url
    assert not [url for url, referer in seen if "state=" in referer]
    for log in (portal.state / "logs").iterdir():
        assert code not in log.read_text(), log
