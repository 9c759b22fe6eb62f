"""What a person can do, from the first sign-in to every customer linked, in order on one portal."""

import re

import pytest
from playwright.sync_api import expect

from microsoft import (
    MICROSOFT_ID,
    OWNER,
    PATH,
    PLUGIN,
    SERVICE,
    accept,
    audited,
    calls,
    give_code,
    give_password,
    numbers,
    wait_for_jobs,
)
from support.browser import axe, screenshot, sideways_scroll, sign_in


@pytest.fixture(scope="module")
def owner(browser, portal):
    """Acme's owner, signed in once for the module."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, portal.eu, OWNER)
    yield page
    context.close()


def heading(page):
    return page.get_by_role("heading", level=1)


def test_1_the_owner_signs_in(portal, owner):
    """The owner of Acme Cloud signs in on the EU address, and sees whose portal it is, where, and that it is practice."""
    assert owner.url == f"{portal.eu}/"
    expect(owner.locator("header")).to_contain_text("Acme Cloud")
    expect(owner.locator("header .chip")).to_have_text("EU")
    expect(owner.locator("header")).to_contain_text("Olivia Owner")
    expect(owner.locator("header")).to_contain_text("Practice mode")
    expect(owner.locator("main")).to_contain_text("Start with a service")
    expect(owner.get_by_role("navigation", name="Main").get_by_role("link")).to_have_text(
        [
            re.compile(f"^{name}")
            for name in [
                "Home", "Marketplace", "My Services", "E-Store", "Organizations", "Tenants", "Customers", "Approvals",
                "Jobs", "Needs attention",
                "Security", "Users", "Groups", "Audit",
            ]  # fmt: skip
        ]
    )


def test_2_a_service_is_added_from_the_marketplace(portal, owner):
    """A card tells what the service does, needs, and is for; Add Service and its guided steps put it in My Services and the E-Store."""
    owner.goto(portal.eu)
    owner.get_by_role("link", name="Go to the marketplace").click()
    card = owner.get_by_role("article").filter(has_text=SERVICE)
    expect(card).to_contain_text("links every customer's tenant to an organization")
    expect(card).to_contain_text("Partners who sell Microsoft 365 directly")
    expect(card).to_contain_text("MFA for that account")
    expect(card).to_contain_text("Not added")
    screenshot(owner, "marketplace")

    card.get_by_role("link", name=SERVICE).click()
    expect(heading(owner)).to_have_text(SERVICE)
    expect(owner.locator("main")).to_contain_text("user_impersonation")
    owner.get_by_role("link", name="Add Service").click()
    expect(owner.locator("ol.tracker > li")).to_have_count(3)
    owner.get_by_role("button", name="Add Service").click()
    expect(owner.get_by_role("status").filter(has_text="The service was added.")).to_be_visible()
    expect(owner.locator("ol.tracker > li")).to_contain_text(["Done", "To do", "After the connection"])

    owner.get_by_role("link", name="My Services").first.click()
    expect(owner.get_by_role("article").filter(has_text=SERVICE)).to_contain_text("Not connected")
    owner.get_by_role("link", name="E-Store").click()
    expect(owner.get_by_role("article").filter(has_text=SERVICE)).to_contain_text("ask your partner: Acme Cloud")
    assert audited(portal, "service.add") == ["plugin:microsoft-csp-direct"]


def test_3_the_authentication_page_says_what_is_needed(portal, owner):
    """Before anybody leaves: every requirement, the exact redirect address, and where to find the Microsoft ID."""
    owner.goto(f"{portal.eu}{PATH}")
    owner.get_by_role("link", name="Connect").click()
    expect(heading(owner)).to_have_text("Microsoft CSP Authentication")
    expect(owner.locator("ul.verdicts > li")).to_contain_text(
        [
            f"You are on {portal.eu}",
            "Single sign-on",
            "Global Administrator or Privileged Role Administrator",
            "Multifactor authentication",
            "The tenant is the one typed",
            "Customers can be read",
        ]
    )
    expect(owner.locator("ul.verdicts")).to_contain_text("Admin Agent")
    expect(owner.locator("main code").filter(has_text="/connections/return")).to_have_text(
        f"{portal.eu}/connections/return"
    )
    owner.get_by_text("Where do I find it?").click()
    expect(owner.get_by_text("Organization profile")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ("", "Enter the Microsoft ID"),
        ("x", "32 digits and letters"),
        ("admin@acmecloud.example", "That is an e-mail address"),
        ("acmecloud.onmicrosoft.com", "That is a domain"),
        (f"{MICROSOFT_ID} cccccccc-0000-4000-8000-000000000001", "several ids"),
    ],
)
def test_4_a_wrong_microsoft_id_is_explained(portal, owner, typed, cause):
    """What was typed stays; a summary with the focus names the cause, leads to the field, and the field says the same words."""
    owner.goto(f"{portal.eu}{PATH}/authentication")
    owner.get_by_label("Microsoft ID", exact=True).fill(typed)
    owner.get_by_role("button", name="Update").click()
    summary = owner.locator(".error-summary")
    expect(summary).to_contain_text("There is a problem")
    expect(summary).to_be_focused()
    words = summary.get_by_role("link").inner_text()
    assert cause in words
    assert owner.title().startswith("Error: ")
    field = owner.get_by_role("textbox", name="Microsoft ID")
    expect(field).to_have_value(typed)
    assert words in owner.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}").inner_text()
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    assert axe(owner) == []
    assert portal.sqlite("SELECT id FROM sign_in_attempt") == []


@pytest.mark.parametrize(
    "typed",
    [
        f"  {{{MICROSOFT_ID.upper()}}} ",
        f"https://portal.azure.com/#view/Directory/tenantId/{MICROSOFT_ID}/overview",
        MICROSOFT_ID.replace("-", " - "),
    ],
)
def test_5_a_microsoft_id_is_understood_as_people_type_it(portal, owner, typed):
    """Spaces, braces, upper case and a pasted address lead to the right tenant's sign-in page, which names it."""
    owner.goto(f"{portal.eu}{PATH}/authentication")
    owner.get_by_label("Microsoft ID", exact=True).fill(typed)
    owner.get_by_role("button", name="Update").click()
    owner.wait_for_url(f"{portal.sandbox}/entra/{MICROSOFT_ID}/**")
    expect(owner.locator("main, body").first).to_contain_text("to Acme Cloud, for the application Gatehouse")


def test_6_the_way_to_microsoft_and_back_ends_in_a_verdict(portal, owner):
    """Password, MFA code and consent; then within seconds a verdict line by line, and only then connected."""
    give_password(owner)
    give_code(owner)
    expect(owner.locator("ul.permissions")).to_contain_text("user_impersonation")
    screenshot(owner, "consent")
    accept(owner, portal.eu)
    assert "code=" not in owner.url and "state=" not in owner.url
    expect(owner.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)
    expect(owner.locator("ul.verdicts > li")).to_contain_text(
        [
            "The answer is genuine",
            "confirms the MFA claim",
            "admin@acmecloud.example belongs to that tenant",
            "62 customers can be read",
        ]
    )
    screenshot(owner, "verdict")
    assert audited(portal, "connection.connect") != []
    [grant] = portal.sqlite("SELECT account_name, realm, is_current, credential FROM provider_grant")
    assert (grant["account_name"], grant["realm"], grant["is_current"]) == ("admin@acmecloud.example", MICROSOFT_ID, 1)
    assert b"eyJ" not in grant["credential"], "the refresh token is sealed"

    owner.get_by_role("link", name="Microsoft CSP Authentication").last.click()
    expect(owner.locator("main")).to_contain_text("Connected since")
    owner.goto(f"{portal.eu}/services")
    expect(owner.get_by_role("article").filter(has_text=SERVICE).get_by_text("Connected", exact=True)).to_be_visible()


def test_7_the_tenants_are_found_and_the_totals_add_up(portal, owner):
    """62 customers on three pages of Partner Center; an alert with the unlinked ones; an equation whose numbers are links."""
    wait_for_jobs(portal)
    pages = calls(portal, "GET", "/customers?", "seekOperation=Next")
    assert len(pages) >= 2, "the list has three pages"
    owner.goto(f"{portal.eu}{PATH}/tenants")
    expect(heading(owner)).to_have_text("Link Tenant to Organization")
    expect(owner.get_by_text("62 tenants are not linked to an organization")).to_be_visible()
    assert totals(owner) == (62, {"linked": 0, "unlinked": 62, "excluded": 0, "unreachable": 0})
    for state, rows in [("linked", "No match"), ("unlinked", "1–50 of 62")]:
        owner.locator(".totals").get_by_role("link", name=state, exact=False).first.click()
        expect(owner.locator("main")).to_contain_text(rows)
        owner.go_back()
    expect(owner.get_by_role("row")).to_have_count(1 + 50)
    screenshot(owner, "tenants-unlinked")
    owner.goto(f"{portal.eu}/")
    expect(owner.locator("main")).to_contain_text(f"62 tenants are unlinked: {SERVICE}")


def totals(page):
    """The equation above the tenants: the whole, and its parts by name."""
    whole, *parts = [term.inner_text() for term in page.locator(".totals .term").all()]
    split = [re.search(r"(\d+)\s+([a-z]+)", part).groups() for part in parts]
    parts = {word: int(number) for number, word in split}
    assert int(re.match(r"\d+", whole)[0]) == sum(parts.values()), "the parts add up to the whole"
    return sum(parts.values()), parts


def test_8_auto_create_and_link_shows_first_what_it_will_do_and_then_does_it(portal, owner):
    """The preview counts 61 to create and 1 to link with its reason; the job ends with 62 organizations and 62 links."""
    owner.goto(f"{portal.eu}{PATH}/tenants")
    owner.get_by_role("link", name="Auto-create and link…").click()
    main = owner.locator("main")
    expect(main).to_contain_text(re.compile(r"61\s*organizations will be created and linked"))
    expect(main).to_contain_text(re.compile(r"1\s*will be linked to an organization that exists"))
    expect(main).to_contain_text(re.compile(r"0\s*need your decision"))
    northgate = owner.locator("#link").get_by_role("row").filter(has_text="Northgate Bakery")
    expect(northgate).to_contain_text("The same verified domain, northgate.example")
    expect(owner.locator("#create").get_by_role("row")).to_have_count(1 + 61)
    screenshot(owner, "preview")
    assert numbers(portal) == (1, 0), "nothing is written by looking"

    owner.get_by_role("button", name="Create 61 and link 62").click()
    owner.wait_for_url(f"{portal.eu}/jobs/**")
    job = owner.url.rpartition("/")[2].partition("?")[0]
    expect(heading(owner)).to_have_text("Auto-create and link")
    expect(owner.get_by_role("progressbar", name="62 of 62")).to_be_visible()
    expect(owner.get_by_text("Linked 62 tenants.")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("a second")
    screenshot(owner, "job-done")

    assert numbers(portal) == (62, 62)
    assert len(set(audited(portal, "tenant.link"))) == len(audited(portal, "tenant.link")) == 62
    assert f"job:{job}" in audited(portal, "job.start") and f"job:{job}" in audited(portal, "job.end")


def test_9_after_it_everything_is_linked_and_on_record(portal, owner):
    """62 organizations, 62 links, no alert; Northgate kept its organization; the audit names who did what."""
    owner.goto(f"{portal.eu}{PATH}/tenants")
    assert totals(owner) == (62, {"linked": 62, "unlinked": 0, "excluded": 0, "unreachable": 0})
    expect(owner.get_by_text("not linked to an organization")).to_have_count(0)
    owner.goto(f"{portal.eu}/organizations")
    expect(owner.locator("main")).to_contain_text("1–50 of 62")
    owner.get_by_role("link", name="Next").click()
    expect(owner.locator("main")).to_contain_text("51–62 of 62")
    owner.goto(f"{portal.eu}/organizations?q=northgate")
    owner.get_by_role("link", name="Northgate Bakery").click()
    assert owner.url == f"{portal.eu}/organizations/organization-northgate"
    expect(owner.get_by_role("row").filter(has_text="cccccccc-0000-4000-8000-000000000001")).to_be_visible()
    owner.goto(f"{portal.eu}{PATH}/bulk-links/new")
    expect(owner.locator("main")).to_contain_text("Nothing to link")
    owner.goto(f"{portal.eu}/")
    expect(owner.locator("main")).to_contain_text("What was to be done is done")
    owner.goto(f"{portal.eu}/audit")
    for action in [
        "service.add",
        "connection.sign-in",
        "connection.connect",
        "job.start",
        "tenant.link",
        "job.end",
        "session.start",
    ]:
        assert audited(portal, action), action
    expect(owner.get_by_role("row").filter(has_text="tenant.link").first).to_contain_text(OWNER)
    expect(owner.get_by_role("row").filter(has_text="tenant.link").first).to_contain_text("Done")
    screenshot(owner, "audit")


def test_10_a_link_is_undone_and_made_again_by_hand(portal, owner):
    """Remove the link, exclude with a reason, count again, and link to the suggested organization: each with a notice."""
    owner.goto(f"{portal.eu}{PATH}/tenants?q=Northgate")
    owner.get_by_role("link", name="Northgate Bakery").first.click()
    for button, notice in [
        ("Remove the link", "The link was removed. The organization was kept."),
        ("Exclude", "it is no longer counted as unlinked"),
        ("Count it again", "The tenant counts again."),
        ("Link", "The tenant was linked."),
    ]:
        if button == "Exclude":
            owner.get_by_label("Why").fill("On another contract")
        if button == "Count it again":
            expect(owner.locator("main")).to_contain_text("On another contract")
        if button == "Link":
            expect(owner.locator("main")).to_contain_text("Suggested: Northgate Bakery")
        owner.get_by_role("button", name=button, exact=True).click()
        expect(owner.get_by_role("status").filter(has_text=notice)).to_be_visible()
    expect(owner.locator("main")).to_contain_text("Chosen by Olivia Owner")
    assert numbers(portal) == (62, 62)


def test_11_a_removed_service_comes_back_with_tenants_and_links(portal, owner):
    """Removing is explained with counts before it is done; the sign-in is forgotten; added again, tenants and links are back."""
    owner.goto(f"{portal.eu}{PATH}")
    owner.get_by_role("link", name="Remove service").click()
    main = owner.locator("main")
    expect(main).to_contain_text("The stored sign-in at Microsoft is deleted here")
    expect(main).to_contain_text("62 tenants and 62 links stay")
    screenshot(owner, "removal")
    owner.get_by_role("link", name="Keep it").click()
    owner.get_by_role("link", name="Remove service").click()
    owner.get_by_role("button", name="Remove service").click()
    expect(owner.get_by_role("status").filter(has_text="The service was removed")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("No services yet")
    owner.get_by_role("link", name="E-Store").click()
    expect(owner.locator("main")).to_contain_text("Nothing here yet")
    assert portal.sqlite("SELECT id FROM provider_grant") == []
    assert owner.goto(f"{portal.eu}{PATH}").status == 404
    assert audited(portal, "service.remove") == ["plugin:microsoft-csp-direct"]

    owner.goto(f"{portal.eu}/marketplace")
    owner.locator(f"a[href='/marketplace/{PLUGIN}']").filter(has_text="See and add").click()
    owner.get_by_role("link", name="Add Service").click()
    owner.get_by_role("button", name="Add Service").click()
    owner.goto(f"{portal.eu}{PATH}/tenants")
    assert totals(owner) == (62, {"linked": 62, "unlinked": 0, "excluded": 0, "unreachable": 0})
    owner.goto(f"{portal.eu}/services")
    expect(owner.get_by_role("article").filter(has_text=SERVICE)).to_contain_text("Not connected")


def test_12_no_page_of_the_nine_points_scrolls_sideways(portal, owner):
    """Also with everything linked, on a phone."""
    owner.set_viewport_size({"width": 320, "height": 640})
    for path in ["/", "/marketplace", "/services", PATH, f"{PATH}/tenants", "/organizations", "/jobs", "/audit"]:
        owner.goto(portal.eu + path)
        assert sideways_scroll(owner) == [], path
