"""Every page of the sandbox, for who works with it alone: by keyboard, without scripts, in light and dark, at 320 px."""

from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect

from support.keyboard import press, reach, type_into
from support.lone_sandbox import PARTNER, LoneSandbox
from support.pages import looks_of, none
from support.sandbox_ways import ADMIN, INVITATIONS, THE_APPLICATION, WAYS


@pytest.fixture(scope="module")
def sandbox():
    with LoneSandbox().running() as sandbox:
        yield sandbox


@pytest.fixture
def start_over(sandbox):
    sandbox.control("reset")
    return sandbox


@pytest.fixture
def person(browser_context):
    """Somebody without JavaScript, which only the looking at the page has."""
    page = browser_context().new_page()
    page.scripts = page.context.new_cdp_session(page)
    scripts(page, on=False)
    return page


def scripts(page, on):
    page.scripts.send("Emulation.setScriptExecutionDisabled", {"value": not on})


@pytest.fixture(scope="module")
def seen():
    """Which pages were looked at: many ways lead through the same ones."""
    return set()


@pytest.mark.parametrize("name", WAYS)
def test_a_way_through_the_pages(start_over, person, seen, name):
    """From the first page to the last with the keyboard and no scripts; each page on it looks as it should."""
    begin, steps = WAYS[name]
    person.goto(start_over.base + begin(start_over))
    for place, step in enumerate(steps):
        none(faults_at(step, person, f"sandbox-{name}-{place}", seen))
        act(step, person)


def test_a_redeemed_invitation_leads_straight_on(start_over, person):
    """Nobody signs in for it twice."""
    begin, steps = INVITATIONS["accepted"]
    address = start_over.base + begin(start_over)
    person.goto(address)
    for step in steps:
        act(step, person)
    person.goto(address)
    expect(person.get_by_role("heading", level=1)).to_have_text("The application")


@pytest.mark.parametrize(
    ("button", "fields", "then"),
    [
        ("Make this world", {"Customers": "3", "Names": "hostile"}, "hostile"),
        ("Let it happen", {"Account": ADMIN, "What happens": "passwordReset"}, ""),
        ("Rotate the keys", {}, ""),
        ("Move the clock", {"Forward by": "90 minutes"}, ""),
        ("Turn on", {"Service": "azure", "What goes wrong": "pageLoop"}, "azureanypageLoop1"),
        ("Turn all off", {}, "everything works"),
        ("Clear the list", {}, "None yet"),
        ("Reset the sandbox", {}, "everything works"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_form_of_the_control_page(sandbox, person, button, fields, then):
    """Reached and sent with the keyboard; what it does stands on the page afterwards."""
    sandbox.control("faults", service="graph", kind="slow")
    requests.get(f"{sandbox.base}/entra/{PARTNER}/v2.0/.well-known/openid-configuration", timeout=20)
    person.goto(sandbox.base)
    form = person.locator("form").filter(has=person.get_by_role("button", name=button))
    for label, value in fields.items():
        type_into(person, form.get_by_label(label), value)
    press(person, form.get_by_role("button", name=button))
    expect(person).to_have_url(f"{sandbox.base}/")
    expect(person.locator("main")).to_contain_text(then)


def test_the_control_page(start_over, person):
    """With everything on it that there can be."""
    start_over.relationship("Readers")
    start_over.control("faults", service="graph", kind="throttle")
    person.goto(start_over.base)
    none(looks(person, "sandbox-control"))


def faults_at(step, page, name, seen):
    """What is wrong with the page of a step, before anything is done there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(step.heading)
    if step.heading == THE_APPLICATION.heading:
        return [] if step.says in page.url else [f"{name}: {page.url} lacks {step.says}"]
    expect(page.locator("main")).to_contain_text(step.says)
    if step.lacks:
        expect(page.get_by_label(step.lacks)).to_have_count(0)
    kind = (urlsplit(page.url).path.split("/")[1], step.heading, page.get_by_role("alert").count(), step.says)
    if kind in seen:
        return []
    seen.add(kind)
    return looks(page, name)


def looks(page, name):
    """Axe is a script, so it gets what the person has not."""
    scripts(page, on=True)
    found = looks_of(page, name)
    scripts(page, on=False)
    return found


def act(step, page):
    for label, text in step.typed.items():
        type_into(page, page.get_by_label(label), text)
    if step.ticks:
        reach(page, page.get_by_label(step.ticks))
        page.keyboard.press("Space")
        expect(page.get_by_label(step.ticks)).to_be_checked()
    if step.press:
        ends_open = step.press.endswith(" ")
        button = page.get_by_role("button", name=step.press, exact=not ends_open)
        press(page, button.or_(page.get_by_role("link", name=step.press, exact=True)))
