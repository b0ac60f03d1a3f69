#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a whole: what every subcommand has in common, and its documentation."""
import os
import re
import subprocess
import unittest

import signpost
import tap

COMMANDS = ["sample", "import", "find", "show", "add", "edit", "delete", "resolve", "submissions", "export", "report", "sync",
            "check", "undo", "backup", "restore"]
READERS = ["find", "show", "edit", "delete", "resolve", "submissions", "export", "report", "check", "undo", "backup"]
ARGUMENTS = {"show": ["x"], "edit": ["x", "name=y"], "delete": ["x"], "resolve": ["x", "name=mine"],
             "export": ["--format", "csv"],
             "report": ["--kind", "list", "--output", "x.pdf"], "undo": ["x"], "backup": ["copy.db"]}


class Frame(signpost.Case):
    def test_the_window_without_a_display(self):
        for arguments in [], ["--store", "list.db"]:
            with self.subTest(arguments):
                done = self.run_program(*arguments, env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "GDK_BACKEND": "x11"})
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertIn("signpost --help", done.stderr)

    def test_an_unknown_command(self):
        done = self.run_program("fnid")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("“fnid”", done.stderr)

    def test_version(self):
        self.assertEqual(self.run_program("--version").stdout, f"signpost {os.environ['SIGNPOST_VERSION']}\n")

    def test_the_help_lists_every_command(self):
        done = self.run_program("--help")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(re.findall(r"^  (\w+) ", done.stdout, re.MULTILINE), COMMANDS)

    def test_every_command_has_help(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = self.run_program(command, "--help")
                self.assertEqual(done.returncode, 0)
                self.assertIn(f"signpost {command}", done.stdout)
                self.assertIn("--store", done.stdout)

    def test_an_unknown_option_is_wrong_usage(self):
        for command in COMMANDS:
            with self.subTest(command):
                self.assertIn("--sotre", self.refused(command, "--sotre", status=2))

    def test_a_store_that_is_not_there_is_not_made(self):
        for command in READERS:
            with self.subTest(command):
                self.assertIn("There is no store", self.refused(command, *ARGUMENTS.get(command, [])))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_usual_store(self):
        """Without --store it is below XDG_DATA_HOME, which is made."""
        done = self.run_program("add", "name=Hall")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "data" / "signpost" / "signpost.db").exists())

    def test_results_that_cannot_be_written_are_a_failure(self):
        identifier = self.add("name=Hall")
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([signpost.PROGRAM, "show", "--store", self.store, identifier], stdout=full,
                                  stderr=subprocess.PIPE, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not be written", done.stderr)

    def test_the_locale_changes_nothing(self):
        identifier = self.add("name=Caffi’r Môr", env={"LC_ALL": "C"})
        for locale in ["C", "C.UTF-8", "de_DE.UTF-8"]:
            with self.subTest(locale):
                self.assertIn("Caffi’r Môr", self.call("show", identifier, env={"LC_ALL": locale}))

    def test_arguments_must_be_utf_8(self):
        done = self.run_program("add", "--store", self.store, os.fsdecode(b"name=Caf\xe9"))
        self.assertEqual(done.returncode, 2)

    def test_a_foreign_file_is_left_as_it_is(self):
        self.store.write_text("Dear diary\n" * 100, encoding="utf-8")
        for command in READERS + ["add", "import", "sample"]:
            arguments = ARGUMENTS.get(command, ["name=x"] if command == "add" else [])
            with self.subTest(command):
                self.refused(command, *(["list.csv"] if command == "import" else arguments))
        self.assertEqual(self.store.read_text(encoding="utf-8"), "Dear diary\n" * 100)


class Documentation(unittest.TestCase):
    MANUAL = signpost.ROOT / "docs" / "man"

    def page(self, command):
        return (self.MANUAL / f"signpost-{command}.1").read_text(encoding="utf-8").replace("\\-", "-")

    def options(self, command):
        """The long options that the help of a subcommand shows."""
        done = subprocess.run([signpost.PROGRAM, command, "--help"], capture_output=True, encoding="utf-8", check=True)
        return sorted(set(re.findall(r"^  (?:-\w, )?--([\w-]+)", done.stdout, re.MULTILINE)) - {"help"})

    def test_every_option_is_in_the_manual(self):
        filters = set(re.findall(r"^\.It Fl -([\w-]+)", self.page("find"), re.MULTILINE))
        for command in COMMANDS:
            named = set(re.findall(r"Fl -([\w-]+)", self.page(command)))
            if "Op Ar filter" in self.page(command):
                named |= filters - {"limit", "json"}
            with self.subTest(command):
                self.assertEqual([name for name in self.options(command) if name not in named], [])

    def test_every_option_is_completed(self):
        for command in COMMANDS:
            with self.subTest(command):
                completed = self.complete(command, "--")
                self.assertEqual(sorted(set(completed) - {"--help"}), ["--" + name for name in self.options(command)])

    def test_every_command_is_completed(self):
        self.assertEqual(sorted(set(self.complete("")) - {"--help", "--version"}), sorted(COMMANDS))

    def test_values_are_completed(self):
        self.assertEqual(self.complete("find", "--kind", "pl"), ["place"])
        self.assertEqual(self.complete("import", "--format", "a"), ["areas"])
        self.assertEqual(self.complete("report", "--by", "w"), ["ward"])

    def complete(self, *words):
        """What bash offers for the last word."""
        script = ('source "$0"; COMP_WORDS=(signpost "$@"); COMP_CWORD=$#; _signpost 2>/dev/null; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, signpost.ROOT / "data" / "completions" / "signpost", *words],
                              capture_output=True, encoding="utf-8", check=True)
        return done.stdout.split()

    def test_every_field_is_in_the_manual(self):
        source = (signpost.ROOT / "src" / "core" / "sp-field.c").read_text(encoding="utf-8")
        paths = re.findall(r'^  \{ "([^"]+)", SP_FIELD_(?!OBJECT|LIST)', source, re.MULTILINE)
        self.assertGreater(len(paths), 80)
        page = self.page("edit")
        kept = re.compile(r"(type|schema|edit|created\..*|modified\..*|.*\.id)$")
        self.assertEqual([path for path in paths
                          if not kept.match(path) and not re.search(rf"\b{re.escape(path.replace('*', 'N'))}\b", page)], [])


if __name__ == "__main__":
    tap.main()
