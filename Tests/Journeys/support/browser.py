"""What journeys do with a page."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

PASSWORD = "gatehouse-practice"

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1)
    return out.map(e => e.outerHTML.slice(0, 120)).slice(0, 10).concat([`page wider than ${width} px`])
}"""


def sign_in(page, base, email, password=PASSWORD):
    """Signs in with the form, and waits until that has led somewhere else."""
    page.goto(f"{base}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != "/sign-in")


def axe(page):
    """What axe has to say against a page (WCAG 2.2 AA), a line each. Empty is well."""
    return [
        f"{violation['id']} ({violation['impact']}), {violation['help']}: {node['target']} {node['html'][:120]}"
        for violation in Axe().run(page, options=WCAG).response["violations"]
        for node in violation["nodes"]
    ]


def sideways_scroll(page):
    """The elements that make a page wider than its window. Empty is well."""
    return page.evaluate(STICKING_OUT)


def screenshot(page, name):
    """Keeps a picture of the whole page, when GATEHOUSE_SCREENSHOTS names a folder."""
    if folder := os.environ.get("GATEHOUSE_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder, re.sub(r"[^\w.-]+", "-", name) + ".png"), full_page=True)


def listen_for_complaints(context, complaints):
    """Collects what a browser objects to: script errors, CSP violations, missing files, requests to third parties."""

    def request(request):
        host = urlsplit(request.url).hostname or ""
        if urlsplit(request.url).scheme in ("http", "https") and host != "127.0.0.1" and not host.endswith(".localhost"):
            complaints.append(f"asks a third party: {request.url}")

    def response(response):
        if response.status >= 400 and response.request.resource_type != "document":
            complaints.append(f"{response.status} for {response.url}")

    def console(message):
        # A page that is itself an error is said so here too; files that are missing stand in the responses.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text} ({message.location.get('url')})")

    context.on("request", request)
    context.on("response", response)
    context.on("console", console)
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
