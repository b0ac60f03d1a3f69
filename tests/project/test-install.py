#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`meson install --destdir` leaves a complete application, which works without the folder it was built in."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import tap

ROOT = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"])
BUILD = os.environ["SIGNPOST_BUILD_ROOT"]
MESON = os.environ["MESON"]


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        subprocess.run([MESON, "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.folder.name],
                       check=True, stdout=subprocess.DEVNULL)
        cls.files = [path for path in pathlib.Path(cls.folder.name).rglob("*") if path.is_file()]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def only(self, ending):
        """The one installed file whose path ends so."""
        found = [path for path in self.files if str(path).endswith(ending)]
        self.assertEqual(len(found), 1, f"{ending}: {found}")
        return found[0]

    def test_the_program_runs_on_its_own(self):
        program = self.only("/bin/signpost")
        self.assertTrue(os.access(program, os.X_OK))
        with tempfile.TemporaryDirectory() as home:
            env = {**os.environ, "XDG_DATA_HOME": home, "HOME": home}
            run = lambda *args: subprocess.run([program, *args], cwd=home, env=env, capture_output=True, text=True)
            self.assertEqual(run("--version").stdout, f"signpost {os.environ['SIGNPOST_VERSION']}\n")
            filled = run("sample")
            self.assertEqual(filled.returncode, 0, filled.stderr)
            self.assertTrue(pathlib.Path(home, "signpost", "signpost.db").exists())
            self.assertIn("Maryport", run("find", "--near", "Maryport", "--limit", "3").stdout)

    def test_the_server_runs_on_its_own(self):
        program = self.only("/bin/signpost-server")
        run = lambda *args: subprocess.run([program, *args], capture_output=True, text=True)
        self.assertEqual(run("--version").stdout, f"signpost-server {os.environ['SIGNPOST_VERSION']}\n")
        self.assertIn("_design/signpost", run("print-design-doc").stdout)
        with tempfile.TemporaryDirectory() as data:
            self.assertEqual(run("create", "--data", data, "town").returncode, 0)
            self.assertTrue(pathlib.Path(data, "town.db").exists())
            self.assertEqual(run("create", "--data", data, "town").returncode, 1)
            self.assertEqual(run("--data", data, "--listen", "0.0.0.0:0").returncode, 2)

    def test_systemd_finds_the_server(self):
        unit = self.only("/systemd/system/signpost-server.service").read_text(encoding="utf-8")
        program = next(line for line in unit.splitlines() if line.startswith("ExecStart=")).split("=", 1)[1].split()[0]
        self.only(program)

    def test_every_manual_page_is_installed(self):
        pages = sorted(path.name for path in (ROOT / "docs" / "man").glob("*.1"))
        self.assertGreater(len(pages), 10)
        self.assertEqual(sorted(path.name for path in self.files if path.parent.name == "man1"), pages)

    def test_the_completion_is_installed(self):
        self.only("/bash-completion/completions/signpost")

    def test_the_desktop_finds_the_program(self):
        self.only("/share/applications/org.signpost.Signpost.desktop")
        self.only("/share/metainfo/org.signpost.Signpost.metainfo.xml")
        self.only("/share/glib-2.0/schemas/org.signpost.Signpost.gschema.xml")
        self.only("/share/icons/hicolor/scalable/apps/org.signpost.Signpost.svg")
        self.only("/share/icons/hicolor/symbolic/apps/org.signpost.Signpost-symbolic.svg")

    def test_every_language_is_installed(self):
        lines = (ROOT / "po" / "LINGUAS").read_text(encoding="utf-8").splitlines()
        for language in [line for line in lines if line and not line.startswith("#")]:
            self.only(f"/share/locale/{language}/LC_MESSAGES/signpost.mo")

    def test_nothing_else_is_installed(self):
        """No headers, no static libraries: the rooms are not a library for others."""
        known = {"bin", "man1", "completions", "system", "applications", "metainfo", "schemas", "apps", "LC_MESSAGES"}
        self.assertEqual([str(path) for path in self.files if path.parent.name not in known], [])


if __name__ == "__main__":
    tap.main()
