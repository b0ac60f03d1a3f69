#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every function that a header of src/ declares has a gtk-doc comment where it is defined.

Left out: what a header defines itself (static inline), and what macros of GLib declare or define.
"""
import os
import pathlib
import re
import unittest

import tap

SOURCE = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"], "src")

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", re.MULTILINE)
BRACES = re.compile(r"\{[^{}]*\}")
MACRO = re.compile(r"\bG_(?:BEGIN_DECLS|END_DECLS|(?:DECLARE|DEFINE|GNUC)_\w+(?:\s*\([^()]*\))?)")
PROTOTYPE = re.compile(r"\A[\w\s*]*?\b(\w+)\s*\(.*\)\Z", re.DOTALL)

# a block, then the line of the type, if any, and the function of the block's name: by itself, or as what a macro makes
DOCUMENTED = re.compile(r"^/\*\*\n \* (\w+):\n((?: \*(?!/)[^\n]*\n)*) \*/\n(?:[\w *]+\n)?[\w *]*?(?:[A-Z]+ \()?\b\1(?: \(|,)",
                        re.MULTILINE)


def declared(header):
    """The functions that the text of a header declares and does not define, in their order."""
    text = MACRO.sub("", DIRECTIVE.sub("", COMMENT.sub("", header)))
    while BRACES.search(text):
        text = BRACES.sub(";", text)
    statements = [statement.strip() for statement in text.split(";")]
    matches = [PROTOTYPE.match(statement) for statement in statements
               if not statement.startswith(("typedef", "static"))]
    return [match.group(1) for match in matches if match]


def documented(source):
    """The functions of a .c file that have a gtk-doc comment which says more than their name."""
    return {name for name, lines in DOCUMENTED.findall(source) if re.search(r"\w", lines)}


def complaints(headers, sources):
    """The functions declared in the headers, each after its header's name, that no source documents."""
    known = set().union(*(documented(source) for source in sources))
    return [f"{name}: {function}" for name, text in headers.items() for function in declared(text)
            if function not in known and not function.endswith(("_get_type", "_quark"))]


def read(pattern):
    """The files of src/ that fit, by their name from there."""
    return {str(path.relative_to(SOURCE)): path.read_text(encoding="utf-8") for path in sorted(SOURCE.glob(pattern))}


HEADER = """#pragma once
#define SP_TWICE(x) sp_twice (x)
G_BEGIN_DECLS
typedef gboolean (*SpFunc) (int n, gpointer user_data);
typedef struct { int n; int (*call) (int n); } SpPlain;
G_DECLARE_FINAL_TYPE (SpThing, sp_thing, SP, THING, GObject)
/* int sp_said_only (void); */
SpThing *sp_thing_new (const char *name,
                       SpFunc      func) G_GNUC_WARN_UNUSED_RESULT;
static inline int
sp_one (void)
{
  return sp_two (1);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPlain, sp_plain_free)
void sp_tell (const char *format, ...) G_GNUC_PRINTF (1, 2);
GType sp_plain_get_type (void);
G_END_DECLS
"""

NEW = """/**
 * sp_thing_new:
 * @name: what it is called
 *
 * Returns: (transfer full): a thing
 */
SpThing *
sp_thing_new (const char *name, SpFunc func)
{
}
"""

TELL = """/**
 * sp_tell:
 * @format: as for printf()
 */
void sp_tell (const char *format, ...) { }
"""


class DocComments(unittest.TestCase):
    def test_every_declared_function_has_one(self):
        self.assertEqual(complaints(read("*/*.h"), read("*/*.c").values()), [])

    def test_there_is_something_to_look_at(self):
        self.assertGreater(sum(len(declared(text)) for text in read("*/*.h").values()), 500)

    def test_what_a_header_declares_is_found(self):
        self.assertEqual(declared(HEADER), ["sp_thing_new", "sp_tell", "sp_plain_get_type"])

    def test_what_is_documented_is_not_complained_of(self):
        self.assertEqual(complaints({"sp-thing.h": HEADER}, [NEW, TELL]), [])
        self.assertEqual(documented(TELL.replace("void sp_tell (const", "TELLER (sp_tell, const")), {"sp_tell"})

    def test_what_is_not_is_found(self):
        for why, source in [("no comment at all", NEW[NEW.index("SpThing *"):]),
                            ("a plain comment", NEW.replace("/**", "/*")),
                            ("one that says nothing", "/**\n * sp_thing_new:\n */\n" + NEW[NEW.index("SpThing *"):]),
                            ("one of another function", NEW.replace(" * sp_thing_new:", " * sp_thing_old:")),
                            ("one above another function", NEW.replace("SpThing *\n", "int\nsp_other (void)\n{\n}\n")),
                            ("nothing", "")]:
            with self.subTest(why):
                self.assertEqual(complaints({"sp-thing.h": HEADER}, [source, TELL]), ["sp-thing.h: sp_thing_new"])


if __name__ == "__main__":
    tap.main()
