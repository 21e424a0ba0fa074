"""Everything below the web view runs on a machine without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = '''
import importlib
import pkgutil
import sys
from importlib.abc import MetaPathFinder

QT = ("PySide6", "shiboken6", "superqt")


class Blocked(MetaPathFinder):
    """Refuses what a machine without Qt does not have."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in QT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


sys.meta_path.insert(0, Blocked())

for below in ("engine", "client", "i18n", "pages", "site", "device", "journeys", "cli"):
    try:
        package = importlib.import_module(f"studio.{below}")
    except ModuleNotFoundError as missing:
        if missing.name != f"studio.{below}":
            raise
        continue
    print(package.__name__)
    for module in pkgutil.walk_packages(getattr(package, "__path__", []), f"studio.{below}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            print(module.name)

from studio.client.file import parse
from studio.device.browser import Browser
from studio.device.entry import authorization_url, default_fields
from studio.device.fresh import fresh_device
from studio.pages.hosting import HostedClient

hosted = HostedClient(parse(CLIENT, "test.client.yaml"))
browser = Browser(fresh_device(hosted))
browser.open(authorization_url("fakebrand", default_fields(hosted.policy)))
browser.fill("identifier", "999 12 345")
browser.press()
browser.fill("code", browser.device.state.inbox[-1].code)
print(browser.press().screen)
print("Qt:", [name for name in sys.modules if name.partition(".")[0] in QT])
'''

CLIENT = """\
version: 1
registration:
  id: fakebrand
  name: FakeBrand
  redirect_uris: {production: [fakebrand://connect/oauth2callback]}
"""


def test_everything_below_the_web_view_runs_without_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"CLIENT = {CLIENT!r}\n{PROGRAM}"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    *modules, screen, qt = done.stdout.splitlines()
    for name in ("engine", "client", "i18n", "pages", "site", "device"):
        assert f"studio.{name}" in modules
    assert "studio.site.application" in modules
    assert screen == "Returned(client_name='FakeBrand', state='code')"
    assert qt == "Qt: []"
