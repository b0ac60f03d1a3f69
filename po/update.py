#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the catalogues up to date with the words in the sources, and names what is not translated: ./dev po.

With --check nothing is written; the exit status is 1 if a catalogue lacks something."""
import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCE_LANGUAGE = "en_GB"
LANGUAGES = {  # what the first lines of a catalogue say, and how the language counts
    "cy": ("Signpost in Welsh.",
           "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"),
    "en_GB": ("Signpost in British English, in which it is written: made by ./dev po, not by hand.",
              "nplurals=2; plural=(n != 1);"),
}
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]


def languages():
    """The languages of LINGUAS."""
    lines = (HERE / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def make_template(template):
    """Collects the words of the files in POTFILES.in."""
    run("xgettext", "--from-code=UTF-8", "--add-comments=Translators", "--package-name=signpost", "--add-location=file",
        *[f"--keyword={keyword}" for keyword in KEYWORDS],
        "--flag=g_strdup_printf:1:c-format", "--flag=g_string_append_printf:2:c-format",
        "--flag=g_set_error:4:c-format", "--flag=ngettext:1:pass-c-format", "--flag=ngettext:2:pass-c-format",
        "--flag=_:1:pass-c-format", "--directory", ROOT, "--files-from", HERE / "POTFILES.in", "--output", template)


def merge(language, template, output):
    """The catalogue of a language with the words of the template; ours are in British English as they stand."""
    if language == SOURCE_LANGUAGE:
        run("msgen", f"--lang={language}", "--add-location=file", "--output-file", output, template)
    else:
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "--add-location=file", f"--lang={language}",
            "--output-file", output, HERE / f"{language}.po", template)
        run("msgattrib", "--no-obsolete", "--add-location=file", "--output-file", output, output)
    entries = pathlib.Path(output).read_text(encoding="utf-8").split("\n\n", 1)[1]
    pathlib.Path(output).write_text(header(language) + entries, encoding="utf-8")


def header(language):
    """What a catalogue begins with: nothing in it changes from day to day, so that only words differ."""
    what, plurals = LANGUAGES[language]
    fields = ["Project-Id-Version: signpost", "Report-Msgid-Bugs-To: https://signpost.example.org/issues",
              "PO-Revision-Date: 2026-11-22 12:00+0000", "Last-Translator: The Signpost contributors",
              f"Language-Team: {language}", f"Language: {language}", "MIME-Version: 1.0",
              "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", f"Plural-Forms: {plurals}"]
    lines = "".join(f'"{field}\\n"\n' for field in fields)
    return f'# SPDX-License-Identifier: GPL-3.0-or-later\n# {what}\nmsgid ""\nmsgstr ""\n{lines}\n'


def missing(catalogue):
    """The entries of a catalogue that are not translated or only guessed, as text; empty if there are none."""
    listed = ""
    for what in ("--untranslated", "--only-fuzzy"):
        listed += subprocess.run(["msgattrib", what, "--no-obsolete", "--no-wrap", catalogue], check=True,
                                 stdout=subprocess.PIPE, encoding="utf-8").stdout
    return listed


def run(*command):
    """Runs a tool of gettext; what it has to say is for the person."""
    subprocess.run([str(word) for word in command], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    lacking = False
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder, "signpost.pot")
        make_template(template)
        for language in languages():
            merged = pathlib.Path(folder, f"{language}.po")
            merge(language, template, merged)
            run("msgfmt", "--check", "--output-file", "/dev/null", merged)
            listed = missing(merged)
            print(f"{language}: {listed.count('msgid') - 1 if listed else 0} to translate", file=sys.stderr)
            sys.stdout.write(listed)
            lacking = lacking or bool(listed)
            if not check:
                (HERE / f"{language}.po").write_bytes(merged.read_bytes())
    return 1 if check and lacking else 0


if __name__ == "__main__":
    sys.exit(main())
