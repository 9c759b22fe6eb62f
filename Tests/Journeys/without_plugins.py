"""The portal with an empty array of plugins. Only script/test-without-plugins runs this, after it has deleted them."""

import os
import subprocess

import pytest

from support.browser import axe, sideways_scroll, sign_in
from support.portal import ROOT


def test_no_plugin_is_listed(tmp_path):
    program = ROOT / ".build" / os.environ.get("GATEHOUSE_BUILD", "debug") / "gatehouse"
    environment = {"GATEHOUSE_PRACTICE": "1", "GATEHOUSE_STATE": str(tmp_path / "state")}
    done = subprocess.run([program, "plugin", "list"], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "No plugins are compiled in.\n")


@pytest.mark.parametrize("email", ["owner@acme.example", "admin@gatehouse.example", "anna@northgate.example"])
def test_every_page_of_the_menu_works(portal, page, email):
    sign_in(page, portal.eu, email)
    menu = page.get_by_role("navigation", name="Main").get_by_role("link")
    for address in [link.get_attribute("href") for link in menu.all()]:
        assert page.goto(portal.eu + address).status == 200, address
        assert axe(page) == [], address
        assert sideways_scroll(page) == [], address
