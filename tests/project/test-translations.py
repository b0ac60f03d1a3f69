#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word that a person reads can be translated, and is: the list of files is complete, and so is every catalogue."""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

import tap

ROOT = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"])
CALLS = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\(\s*(GETTEXT_PACKAGE,\s*)?"')
ELEMENTS = re.compile(r'translatable="yes"|gettext-domain=')


def listed():
    """The files of POTFILES.in."""
    lines = (ROOT / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def files_with_words():
    """The files that hold words for people; a file may be listed before its first."""
    found = [path for path in (ROOT / "src").rglob("*.c") if CALLS.search(path.read_text(encoding="utf-8"))]
    found += [path for path in (ROOT / "ui").glob("*.ui") if ELEMENTS.search(path.read_text(encoding="utf-8"))]
    found += (ROOT / "data").glob("*.gschema.xml")
    found += (ROOT / "data").glob("*.in")
    return sorted(str(path.relative_to(ROOT)) for path in found)


class Translations(unittest.TestCase):
    def test_the_list_of_files_is_complete_and_sorted(self):
        self.assertEqual(sorted(set(files_with_words()) - set(listed())), [])
        self.assertEqual([name for name in listed() if not (ROOT / name).is_file()], [])
        self.assertEqual(listed(), sorted(set(listed())))

    def test_errors_of_translated_files_are_translated(self):
        """A sentence that reaches a person through a GError: where a file translates one, it translates all but options' names."""
        call = re.compile(r'(?:g_set_error(?:_literal)?|g_task_return_new_error) \([^;"]*?(?<!_\()"((?:[^"\\]|\\.)*)"')
        bare = [(name, text) for name in listed() if name.startswith("src/store/") for text in call.findall((ROOT / name).read_text(encoding="utf-8"))
                if not text.startswith("--") and re.search("[a-z]{3}", text)]
        self.assertEqual(bare, [])

    def test_every_catalogue_is_complete(self):
        """Collects the words anew and merges them: what is missing in po/*.po is named. ./dev po brings them up to date."""
        done = subprocess.run([sys.executable, ROOT / "po" / "update.py", "--check"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_catalogues_keep_mnemonics_and_marks(self):
        """A translated button keeps one mnemonic, and a text that ends with an ellipsis or a newline still does."""
        for name in ("cy",):
            for text, words in entries(ROOT / "po" / f"{name}.po"):
                for word in words:
                    if word:
                        self.assertEqual(text.endswith("…"), word.endswith("…"), text)
                    if word and is_mnemonic(text):
                        self.assertEqual(word.count("_"), 1, f"{text} → {word}")

    def test_the_categories_are_named_in_welsh(self):
        taxonomy = json.loads((ROOT / "data" / "taxonomy" / "taxonomy.json").read_text(encoding="utf-8"))
        welsh = json.loads((ROOT / "data" / "taxonomy" / "taxonomy.cy.json").read_text(encoding="utf-8"))
        for items in ("headings", "categories"):
            ours = [item["code"] for item in taxonomy[items]]
            self.assertEqual([item["code"] for item in welsh[items]], ours)
            self.assertEqual([item["code"] for item in welsh[items] if not item.get("name")], [])
            names = [item["name"] for item in welsh[items]]
            self.assertEqual(sorted(set(names)), sorted(names))
        self.assertEqual([item["code"] for item in welsh["categories"] if not item.get("summary")], [])


def is_mnemonic(text):
    """Whether a letter of the text is marked as its key: _Open, C_lose; but not a name such as opens_at."""
    return bool(re.search(r"(^|\s)_\w|\b[A-Z]\w*_\w", text))


def entries(path):
    """The pairs of a catalogue: a text, and its translations (one for each plural form)."""
    for block in re.split(r"\n\n", path.read_text(encoding="utf-8"))[1:]:
        parts = dict()
        for keyword, strings in re.findall(r'^(msg\w+(?:\[\d\])?) ((?:"[^\n]*"\n?)+)', block, re.M):
            parts[keyword] = "".join(json.loads(line) for line in strings.strip().split("\n"))
        if parts.get("msgid"):
            yield parts["msgid"], [text for keyword, text in parts.items() if keyword.startswith("msgstr")]


if __name__ == "__main__":
    tap.main()
