# SPDX-License-Identifier: GPL-3.0-or-later
"""What every scenario begins with: a window on the sample neighbourhood, in a home of its own. Of one that fails, a picture
of the screen and what the program said to standard error are kept beside the log."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import driver
import screen

PROGRAM = os.environ["SIGNPOST"]
FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
KEPT = pathlib.Path(os.environ.get("SIGNPOST_TEST_KEPT") or tempfile.gettempdir())
STYLE = os.environ.get("SIGNPOST_TEST_STYLE")  # what GTK is to look like, if not as it does
LONGEST = int(5 * driver.PATIENCE)  # seconds that a scenario may take
NOW = "2026-11-22T10:00:00Z"  # a Sunday


def too_long_cb(_number, _frame):
    raise driver.Vain(f"not done after {LONGEST} seconds")


class Case(unittest.TestCase):
    """Each has a store and settings of its own."""

    def __init__(self, name="runTest"):
        super().__init__(name)
        self.errors = None
        self.watch()

    @classmethod
    def setUpClass(cls):
        manager = subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(manager.wait)
        cls.addClassCleanup(manager.terminate)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "store.db"
        self.errors = self.folder / "errors.txt"
        self.settings = self.folder / "config" / "glib-2.0" / "settings" / "keyfile"
        self.env = {**os.environ, "HOME": str(self.folder), "SIGNPOST_CLOCK": NOW, "GSETTINGS_BACKEND": "keyfile", "G_DEBUG": "fatal-criticals",
                    **{f"XDG_{name.upper()}_HOME": str(self.folder / name) for name in ("data", "config", "cache")}}
        if STYLE:
            style = self.folder / "config" / "gtk-4.0" / "gtk.css"
            style.parent.mkdir(parents=True)
            shutil.copy(STYLE, style)
        self.call("sample")

    def watch(self):
        """Ends the scenario when it takes too long, and keeps what shows why it failed."""
        scenario = getattr(self, self._testMethodName)

        def watched():
            signal.signal(signal.SIGALRM, too_long_cb)
            signal.alarm(LONGEST)
            try:
                scenario()
            except Exception:
                signal.alarm(0)
                self.keep()
                raise
            finally:
                signal.alarm(0)
        setattr(self, self._testMethodName, watched)

    def keep(self):
        """The screen and the program's own words, under the name of the scenario."""
        KEPT.mkdir(parents=True, exist_ok=True)
        name = KEPT / f"{self.id().removeprefix('__main__.')}-{os.environ.get('GSK_RENDERER', 'default')}"
        screen.write_png(f"{name}.png")
        print(f"# the screen is in {name}.png", file=sys.stderr)
        if self.errors is not None and self.errors.exists():
            shutil.copy(self.errors, f"{name}.txt")
            print(f"# what the program said is in {name}.txt:\n{self.errors.read_text(errors='replace')[-4000:]}", file=sys.stderr, flush=True)

    def call(self, command, *arguments):
        """What a subcommand prints of the same store."""
        return subprocess.run([PROGRAM, command, "--store", self.store, *map(str, arguments)], env=self.env, check=True,
                              stdout=subprocess.PIPE, encoding="utf-8").stdout

    def documents(self, store=None):
        """What every entry of the list says, by its id; not who said so last."""
        query = "SELECT doc.id, rev.body FROM doc JOIN rev ON rev.n = doc.winner WHERE NOT doc.deleted"
        with contextlib.closing(sqlite3.connect(f"file:{store or self.store}?mode=ro", uri=True)) as database:
            found = {identifier: json.loads(body) for identifier, body in database.execute(query) if identifier.startswith("asset:")}
        for body in found.values():
            for stamp in ("edit", "modified"):
                body.pop(stamp, None)
        return found

    def set(self, **settings):
        """What the person has set before; each value as GVariant writes it."""
        self.settings.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{name.replace('_', '-')}={value}" for name, value in settings.items()]
        self.settings.write_text("\n".join(["[org/signpost/Signpost]", *lines, ""]), encoding="utf-8")

    def start(self, store=None):
        """A window on the store, or on another one."""
        errors = self.errors if store is None else store.with_suffix(".txt")
        program = driver.Program([PROGRAM, "--store", store or self.store], self.env, errors)
        self.addCleanup(program.kill)
        return program

    def open(self):
        """A window that has read its list and has the keyboard in the search."""
        program = self.start()
        program.reads(r"^\d+ (found|entries)")
        return program

    def leave(self, program):
        self.assertEqual(program.quit(), 0)
        for line in self.errors.read_text(errors="replace").splitlines():
            if "WARNING" in line:  # a rare one of GTK's own, under load, must not end the scenario: it is told
                print(f"# {self.id().removeprefix('__main__.')}: {line}", file=sys.stderr, flush=True)
