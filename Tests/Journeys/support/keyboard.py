"""A person without a mouse."""

from playwright.sync_api import expect


def type_into(page, target, text):
    reach(page, target)
    if target.evaluate("e => e.localName") == "select":
        page.keyboard.type(text)
        expect(target.locator("option:checked")).to_have_text(text)
    else:
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


def press(page, target):
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page, target):
    """By Tab alone, to where a ring shows that one is there."""
    for _ in range(60):
        if target.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    ring = "e => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth)]"
    style, width = target.evaluate(ring)
    assert style != "none" and width >= 2, target.evaluate("e => e.outerHTML")
