# SPDX-License-Identifier: GPL-3.0-or-later
"""The built program, on a store of its own for each test case."""
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["SIGNPOST"]
ROOT = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"])
FIXTURES = ROOT / "tests" / "fixtures" / "cli"
NOW = "2026-11-22T10:00:00Z"  # a Sunday


class Case(unittest.TestCase):
    """Every case starts without a store."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "store.db"

    def run_program(self, *args, now=NOW, **options):
        """The finished call, with its status, output and messages."""
        env = {**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"),
               "SIGNPOST_CLOCK": now, **options.pop("env", {})}
        return subprocess.run([PROGRAM, *map(str, args)], env=env, cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False, **options)

    def call(self, command, *args, status=0, store=None, **options):
        """What a subcommand printed; it must end with the status."""
        done = self.run_program(command, "--store", store or self.store, *args, **options)
        self.assertEqual(done.returncode, status, f"{command} {args}: {done.stdout[-500:]}{done.stderr}")
        return done.stdout

    def refused(self, command, *args, status=1, **options):
        """The sentence with which a subcommand ends; it must print nothing else, and not crash."""
        done = self.run_program(command, "--store", options.pop("store", self.store), *args, **options)
        self.assertEqual(done.returncode, status, f"{command} {args}: {done.stdout}{done.stderr}")
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith(f"signpost {command}: "), done.stderr)
        return done.stderr.removeprefix(f"signpost {command}: ")

    def add(self, *args, **options):
        """The id of a new entry."""
        return self.call("add", *args, **options).strip()

    def document(self, identifier, **options):
        return json.loads(self.call("show", "--json", identifier, **options))

    def stored(self, store=None):
        """Every document that is not deleted, by its id, as it lies in the file."""
        query = "SELECT doc.id, rev.gen || '-' || rev.hash, rev.body FROM doc JOIN rev ON rev.n = doc.winner WHERE NOT doc.deleted"
        with sqlite3.connect(f"file:{store or self.store}?mode=ro", uri=True) as database:
            return {identifier: {"_rev": revision, **json.loads(body)} for identifier, revision, body in database.execute(query)}

    def find(self, *args, **options):
        return json.loads(self.call("find", "--json", *args, **options))

    def names(self, *args, **options):
        return [entry["name"] for entry in self.find(*args, **options)]
