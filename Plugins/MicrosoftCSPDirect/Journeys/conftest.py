"""Fixtures of this plugin's journeys, on top of those of every journey."""

import pytest

from support.portal import Portal


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of the module's own, since what is connected and linked here stays."""
    portal = Portal(tmp_path_factory.mktemp("portal") / "state")
    portal.start()
    yield portal
    portal.stop()
