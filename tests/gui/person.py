# SPDX-License-Identifier: GPL-3.0-or-later
"""What every scenario begins with: a window on the sample neighbourhood, in a home of its own."""
import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

import driver

PROGRAM = os.environ["SIGNPOST"]
FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
NOW = "2026-11-22T10:00:00Z"  # a Sunday


class Case(unittest.TestCase):
    """Each has a store and settings of its own."""

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
        self.settings = self.folder / "config" / "glib-2.0" / "settings" / "keyfile"
        self.env = {**os.environ, "HOME": str(self.folder), "SIGNPOST_CLOCK": NOW, "GSETTINGS_BACKEND": "keyfile", "G_DEBUG": "fatal-criticals",
                    **{f"XDG_{name.upper()}_HOME": str(self.folder / name) for name in ("data", "config", "cache")}}
        self.call("sample")

    def call(self, command, *arguments):
        """What a subcommand prints of the same store."""
        return subprocess.run([PROGRAM, command, "--store", self.store, *map(str, arguments)], env=self.env, check=True,
                              stdout=subprocess.PIPE, encoding="utf-8").stdout

    def documents(self):
        """What every entry of the list says, by its id; not who said so last."""
        query = "SELECT doc.id, rev.body FROM doc JOIN rev ON rev.n = doc.winner WHERE NOT doc.deleted"
        with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as database:
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

    def open(self):
        """A window that has read its list and has the keyboard in the search."""
        program = driver.Program([PROGRAM, "--store", self.store], self.env)
        self.addCleanup(program.kill)
        program.reads(r"^\d+ (found|entries)")
        return program

    def leave(self, program):
        self.assertEqual(program.quit(), 0)
