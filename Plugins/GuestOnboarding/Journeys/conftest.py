"""Fixtures of this plugin's journeys, on top of those of every journey."""

import pytest
from onboarding import customers, set_up

from support.portal import Portal


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of the module's own, since what is connected and added here stays."""
    portal = Portal(tmp_path_factory.mktemp("portal") / "state")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def owner(browser, portal):
    """Acme's owner, with the service added and connected."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    set_up(page, portal.eu)
    yield page
    context.close()


@pytest.fixture(scope="module")
def more_customers(portal):
    return iter(customers(portal))


@pytest.fixture
def customer(more_customers):
    """One of Liberty's customers that no test before has had."""
    return next(more_customers)
