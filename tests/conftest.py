"""What all tests share."""

import os

# a judge of files brings lxml, with which openpyxl writes other bytes than for a user, who does not have it
os.environ["OPENPYXL_LXML"] = "False"

import pytest
from browser import Browser, is_missing
from hypothesis import HealthCheck, settings
from office import Office, missing_commands

# No deadlines: nothing here is timed. The short run tries the same cases each time, the long run others too.
settings.register_profile(
    "short", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("short"), derandomize=False, max_examples=2000)
settings.load_profile("long" if os.environ.get("WIJKBATEN_ALLES") == "1" else "short")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice with a profile of its own; without LibreOffice the test fails: it would prove nothing."""
    if missing := missing_commands():
        pytest.fail(
            f"not found: {', '.join(missing)}; run python3 scripts/test.py, which installs them",
            pytrace=False,
        )
    return Office(tmp_path_factory.mktemp("office") / "profile")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium; without it the test fails: it would prove nothing."""
    if is_missing():
        pytest.fail("not found: chromium; run python3 scripts/test.py, which installs it", pytrace=False)
    return Browser(tmp_path_factory.mktemp("browser"))
