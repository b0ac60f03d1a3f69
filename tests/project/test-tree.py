#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is true of every file of the project: a licence, no path of somebody's machine, a comment that says what it is."""
import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import tomllib
import unittest

import tap

ROOT = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"])
LEFT_OUT = re.compile(r"^(\.git|build[^/]*|__pycache__|LICENSE|signpost\.png)$")
MACHINE = re.compile(rb"(?<![\w.$}])/(home|root|work|Users|mnt|farm)/[\w.-]")


def files(*suffixes):
    """The project's own files, as a fresh clone has them."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if not LEFT_OUT.match(name))
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if not LEFT_OUT.match(name) and (not suffixes or path.suffix in suffixes) and not path.is_symlink():
                yield path


def dependencies():
    """The libraries that the build looks for, by the names it looks for."""
    names = set()
    for path in files(".build"):
        names.update(re.findall(r"\b(?:dependency|find_library)\('([^']+)'", path.read_text(encoding="utf-8")))
    assert "libsodium" in names
    return sorted(names)


def annotated():
    """The patterns of REUSE.toml: files that cannot carry a line of their own."""
    tables = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    return [pattern for table in tables for pattern in table["path"]]


class Tree(unittest.TestCase):
    def test_every_file_names_its_licence(self):
        patterns = annotated()
        without = []
        for path in files():
            name = str(path.relative_to(ROOT))
            if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                continue
            if b"SPDX-License-Identifier: " not in b"\n".join(path.read_bytes().split(b"\n", 4)[:4]):
                without.append(name)
        self.assertEqual(without, [])

    def test_the_readme_gives_the_reason_for_each_dependency(self):
        called = {"cairo-pdf": "cairo", "gio-2.0": "GIO", "gio-unix-2.0": "GIO", "gtk4": "GTK 4", "libadwaita-1": "libadwaita",
                  "libsecret-1": "libsecret", "libsoup-3.0": "libsoup", "libxml-2.0": "libxml2", "pangocairo": "Pango",
                  "shumate-1.0": "libshumate", "sqlite3": "SQLite", "csv": "libcsv", "xlsxwriter": "libxlsxwriter", "m": "C compiler"}
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        self.assertEqual([name for name in dependencies() if called.get(name, name) not in readme], [])

    def test_building_installs_all_that_the_build_asks_for(self):
        comes_with = {"gio-2.0": "gio-unix-2.0", "cairo-pdf": "cairo", "csv": "csv.h", "xlsxwriter": "xlsxwriter.h", "m": "stdlib.h"}
        table = re.search(r"^needs_build='\n(.*?)^'", (ROOT / "dev").read_text(encoding="utf-8"), re.M | re.S).group(1)
        installed = [row.split()[0].split(":")[1] for row in table.splitlines()]
        self.assertEqual([name for name in dependencies() if comes_with.get(name, name) not in installed], [])

    def test_the_licence_is_there_in_full(self):
        text = (ROOT / "LICENSE").read_text(encoding="utf-8")
        self.assertIn("GNU GENERAL PUBLIC LICENSE", text)
        self.assertIn("END OF TERMS AND CONDITIONS", text)

    def test_no_file_names_a_path_of_a_machine(self):
        self.assertTrue(MACHINE.search(b'open("/' + b'home/ann/list.csv")'))
        named = [str(path.relative_to(ROOT)) for path in files() if MACHINE.search(path.read_bytes())]
        self.assertEqual(named, [])

    def test_every_source_file_says_what_it_is(self):
        without = [str(path.relative_to(ROOT)) for path in files(".c")
                   if path.relative_to(ROOT).parts[0] == "src"
                   and not path.read_text(encoding="utf-8").split("\n")[1].startswith("/*")]
        self.assertEqual(without, [])

    def test_text_files_end_with_a_newline_and_have_no_stray_spaces(self):
        untidy = [str(path.relative_to(ROOT)) for path in files(".c", ".h", ".py", ".build", ".md", ".1")
                  if re.search(rb"[ \t]+\n|[^\n]\Z|\r|\t", path.read_bytes())]
        self.assertEqual(untidy, [])

    def test_the_manual_pages_are_sound(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not installed")
        pages = sorted((ROOT / "docs" / "man").glob("*.1"))
        self.assertGreater(len(pages), 0)
        run = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], capture_output=True, text=True)
        self.assertEqual(run.stdout + run.stderr, "")


if __name__ == "__main__":
    tap.main()
