#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No room includes a header of a room above it, or of a library that is not its own.

The table is the layering itself; src/README.md says the same in words.
"""
import os
import pathlib
import re
import tempfile
import unittest

import tap

SOURCE = pathlib.Path(os.environ["SIGNPOST_SOURCE_ROOT"], "src")

# room: (the rooms it may include, the libraries it may include beside GLib and GIO)
ROOMS = {
    "core": (set(), set()),
    "store": ({"core"}, {"sqlite3", "json-glib"}),
    "map": ({"core"}, {"cairo", "pango", "sqlite3"}),
    "exchange": ({"core"}, {"json-glib", "libcsv", "libxlsxwriter", "libarchive", "libxml2", "uchardet", "sqlite3"}),
    "report": ({"core", "map"}, {"cairo", "pango", "qpdf", "qrencode"}),
    "sync": ({"core"}, {"libsoup", "json-glib"}),
    "server": ({"core", "store", "sync", "exchange"}, {"libsoup", "libsodium"}),
    "cli": ({"core", "store", "map", "exchange", "report", "sync"}, set()),
    "app": ({"core", "store", "map", "exchange", "report", "sync", "cli"},
            {"gtk", "cairo", "pango", "libadwaita", "libshumate", "libsecret", "libsoup"}),
}

# the first header name that fits tells the library; "" is what every room may use
LIBRARIES = [
    (re.compile(pattern), library) for pattern, library in [
        (r"(glib|gio|gobject|gmodule)(/|\.h$|-)", ""),
        (r"(assert|ctype|errno|fcntl|float|inttypes|langinfo|libintl|limits|locale|math|pwd|signal|stdarg|stdbool"
         r"|stddef|stdint|stdio|stdlib|string|termios|time|unistd|utime|wchar)\.h$", ""),
        (r"sys/", ""),
        (r"sqlite3\.h$", "sqlite3"),
        (r"json-glib/", "json-glib"),
        (r"csv\.h$", "libcsv"),
        (r"uchardet(/|\.h$)", "uchardet"),
        (r"xlsxwriter\.h$", "libxlsxwriter"),
        (r"archive(_entry)?\.h$", "libarchive"),
        (r"libxml/", "libxml2"),
        (r"(cairo/)?cairo[a-z-]*\.h$", "cairo"),
        (r"pango/", "pango"),
        (r"qpdf/", "qpdf"),
        (r"qrencode\.h$", "qrencode"),
        (r"libsoup/", "libsoup"),
        (r"sodium\.h$", "libsodium"),
        (r"gtk/|gdk/|gsk/", "gtk"),
        (r"adwaita\.h$", "libadwaita"),
        (r"shumate/", "libshumate"),
        (r"libsecret/", "libsecret"),
    ]
]
GENERATED = re.compile(r"-resources\.h$")  # made by the build from data, so it belongs to whoever asks for it
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def library_of(header):
    """The library a system header belongs to, or None when the table does not know it."""
    return next((library for pattern, library in LIBRARIES if pattern.match(header)), None)


def complaint(room, homes, quote, header):
    """What is wrong with one include of a file in the room, or None."""
    rooms, libraries = ROOMS[room]
    if quote == "<":
        library = library_of(header)
        if library is None:
            return f"<{header}> is of no library that the table knows"
        if library and library not in libraries:
            return f"<{header}> is of {library}, which {room} must not use"
        return None
    if GENERATED.search(header):
        return None
    home = homes.get(pathlib.PurePath(header).name)
    if home is None:
        return f'"{header}" is in no room'
    if home != room and home not in rooms:
        return f'"{header}" is of {home}, which {room} must not see'
    return None


def complaints(source):
    """Every include below the folder that points upward, as sentences."""
    files = [path for path in sorted(source.glob("*/*")) if path.suffix in (".c", ".h")]
    homes = {path.name: path.parent.name for path in files if path.suffix == ".h"}
    found = []
    for path in files:
        room = path.parent.name
        if room not in ROOMS:
            found.append(f"{room}: this room is not in the table")
            continue
        for quote, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if words := complaint(room, homes, quote, header):
                found.append(f"{room}/{path.name}: {words}")
    return found


class Layering(unittest.TestCase):
    def test_every_include_points_down(self):
        self.assertEqual(complaints(SOURCE), [])

    def test_there_is_something_to_look_at(self):
        self.assertGreater(len(list(SOURCE.glob("*/*.c"))), 5)

    def made_up(self, room, include):
        """The complaints about a tree of one header per room, where one room has this include."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ROOMS:
                pathlib.Path(folder, name).mkdir()
                pathlib.Path(folder, name, f"sp-{name}.h").write_text("#pragma once\n", encoding="utf-8")
            pathlib.Path(folder, room, "sp-made-up.c").write_text(f"#include {include}\n", encoding="utf-8")
            return complaints(pathlib.Path(folder))

    def test_an_upward_include_is_found(self):
        for room, include in [("core", '"sp-store.h"'), ("core", "<gtk/gtk.h>"), ("core", "<sqlite3.h>"),
                              ("core", "<json-glib/json-glib.h>"), ("store", '"sp-exchange.h"'),
                              ("sync", "<sqlite3.h>"), ("exchange", '"sp-store.h"'), ("sync", '"sp-store.h"'),
                              ("server", '"sp-app.h"'), ("cli", "<gtk/gtk.h>"), ("cli", "<sqlite3.h>"),
                              ("cli", '"../app/sp-app.h"'), ("app", '"sp-server.h"'), ("core", "<unheard-of.h>"),
                              ("core", '"nowhere.h"')]:
            with self.subTest(room=room, include=include):
                self.assertEqual(len(self.made_up(room, include)), 1)

    def test_a_downward_include_is_not(self):
        for room, include in [("store", '"sp-core.h"'), ("store", "<sqlite3.h>"), ("core", "<gio/gio.h>"),
                              ("exchange", "<csv.h>"), ("cli", '"sp-store.h"'), ("app", "<gtk/gtk.h>")]:
            with self.subTest(room=room, include=include):
                self.assertEqual(self.made_up(room, include), [])


if __name__ == "__main__":
    tap.main()
