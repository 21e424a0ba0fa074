"""Everything below the web view runs on a machine without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import studio

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

import studio

ABOVE = {"studio.web", "studio.app", "studio.__main__"}
for package in pkgutil.iter_modules(studio.__path__, "studio."):
    if package.name in ABOVE:
        continue
    found = importlib.import_module(package.name)
    print(package.name)
    for module in pkgutil.walk_packages(getattr(found, "__path__", []), f"{package.name}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            print(module.name)

from studio.device.fresh import fresh_pages
from studio.exporters import EXPORTERS, Handover, contents
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from tests.samples import fakebrand

run = Run(shipped(), fresh_pages())
failed = [journey.id for journey in shipped().all() if run.play(journey).error]
played = len(shipped().ids) - len(failed)
handover = Handover(hosted=fakebrand(), text="", renderer=None)
exported = [name for name, each in EXPORTERS.items() if not each.draws]
assert all(contents(handover, [name]) for name in exported)
print(played, *exported)
print("Qt:", [name for name in sys.modules if name.partition(".")[0] in QT])
'''


def test_everything_below_the_web_view_runs_without_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    *modules, told, qt = done.stdout.splitlines()
    folder = Path(studio.__file__).parent
    packages = {path.parent.name for path in folder.glob("*/__init__.py")} - {"web", "app"}
    assert packages >= {"engine", "client", "pages", "site", "device", "exporters", "cli"}
    assert {f"studio.{name}" for name in packages} <= set(modules)
    played, *exported = told.split()
    assert int(played) > 60
    assert {"config", "oidc"} <= set(exported)
    assert qt == "Qt: []"
