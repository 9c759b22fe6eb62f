"""The executable from the command line, and as plain CGI."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GATEHOUSE = ROOT / ".build/debug/gatehouse"


def gatehouse(state, *arguments, practice=True, typed="", **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GATEHOUSE_")}
    settings = {"GATEHOUSE_STATE": str(state), **({"GATEHOUSE_PRACTICE": "1"} if practice else {}), **environment}
    return subprocess.run(
        [GATEHOUSE, *arguments], input=typed, capture_output=True, text=True, timeout=60, env={**clean, **settings}
    )


def test_one_request_as_plain_cgi(tmp_path):
    """The same executable answers one request of a web server that starts it for that."""
    answer = gatehouse(
        tmp_path / "state", GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET", REQUEST_URI="/sign-in",
        HTTP_HOST="eu.gatehouse.localhost:8080", SERVER_NAME="eu.gatehouse.localhost", REQUEST_SCHEME="http",
    )
    head, _, body = answer.stdout.partition("\n\n") if "\r\n" not in answer.stdout else answer.stdout.partition("\r\n\r\n")
    assert head.startswith("Status: 200 OK"), answer.stderr
    assert "<h1>Sign in</h1>" in body


def test_plain_cgi_knows_its_hosts(tmp_path):
    """An unknown host is refused there too."""
    answer = gatehouse(
        tmp_path / "state", GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET", REQUEST_URI="/sign-in",
        HTTP_HOST="evil.example", SERVER_NAME="evil.example", REQUEST_SCHEME="http",
    )
    assert answer.stdout.startswith("Status: 421")
    assert "evil" not in answer.stdout


def test_the_first_administrator_outside_practice_mode(tmp_path):
    """An empty installation has nobody; the command line makes its first administrator, with a password of some length."""
    state, region = tmp_path / "state", {"GATEHOUSE_REGION_EU": "https://eu.example.com"}
    assert json.loads(gatehouse(state, "user", "list", "--json", practice=False, **region).stdout) == []
    short = gatehouse(state, "user", "create", "boss@example.com", "--admin", practice=False, typed="short\n", **region)
    assert short.returncode == 1 and "at least 12 characters" in short.stderr
    made = gatehouse(state, "user", "create", "Boss@example.com", "--admin", practice=False, typed="correct horse battery\n", **region)
    assert made.returncode == 0, made.stderr
    twice = gatehouse(state, "user", "create", "boss@example.com", "--admin", practice=False, typed="correct horse battery\n", **region)
    assert twice.returncode == 1 and "already" in twice.stderr
    users = json.loads(gatehouse(state, "user", "list", "--json", practice=False, **region).stdout)
    assert [(user["email"], user["role"]) for user in users] == [("boss@example.com", "portal-administrator")]


def test_the_state_folder_is_for_its_owner_only(tmp_path):
    """Database, journal and key can be read by nobody else."""
    gatehouse(tmp_path / "state", "migrate")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "state").iterdir()}
    assert "vault.key" in modes and "gatehouse.sqlite" in modes
    assert all(mode == 0o600 for mode in modes.values()), modes


def test_plugins_and_routes_are_listed(tmp_path):
    """What is compiled in with its abilities, and every route with the permission that it needs."""
    plugins = json.loads(gatehouse(tmp_path / "state", "plugin", "list", "--json").stdout)
    assert all(plugin["abilities"] for plugin in plugins)
    routes = json.loads(gatehouse(tmp_path / "state", "routes", "--json").stdout)
    assert {"method": "GET", "path": "/sign-in", "permission": "public"} in routes
    assert all(route["permission"] for route in routes)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"GATEHOUSE_WORKERS": "x", "GATEHOUSE_COLOUR": "red"}, ["GATEHOUSE_WORKERS", "GATEHOUSE_COLOUR: there is no such setting"]),
        ({"GATEHOUSE_REGION_EU": "https://eu.example.com"}, ["runs on this machine only"]),
    ],
)
def test_every_wrong_setting_is_told_at_once(tmp_path, settings, words):
    """It does not start, and says why."""
    refused = gatehouse(tmp_path / "state", "migrate", **settings)
    assert refused.returncode == 1
    assert all(word in refused.stderr for word in words), refused.stderr


def test_serving_without_a_socket_is_one_clear_line(tmp_path):
    """It says what is missing and ends, without a dump."""
    refused = gatehouse(tmp_path / "state", "serve")
    assert refused.returncode == 1
    assert "There is no listening socket on file descriptor 0" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr


def test_a_state_folder_in_use_is_one_clear_line(portal):
    """A second process on the same folder is refused."""
    refused = gatehouse(portal.state, "migrate")
    assert refused.returncode == 1
    assert "is in use by another gatehouse process" in refused.stderr


def test_a_practice_folder_is_not_used_for_real_work(tmp_path):
    """The demo accounts have a well-known password."""
    assert gatehouse(tmp_path / "state", "migrate").returncode == 0
    refused = gatehouse(tmp_path / "state", "migrate", practice=False, GATEHOUSE_REGION_EU="https://eu.example.com")
    assert refused.returncode == 1
    assert "made in practice mode" in refused.stderr
