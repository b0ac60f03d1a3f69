# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program tells a screen reader, read all at once.

Asking widget by widget costs a message and its answer for every word; so one look asks all widgets for their children
together, and then what is known of all of them with one message more. A long list tells its rows, and not what is in them.
"""
import functools
import os
import re

from gi.repository import Gio, GLib

ACCESSIBLE = "org.a11y.atspi.Accessible"
NOTHING = "/org/a11y/atspi/null"
ROOT = "/org/a11y/atspi/accessible/root"
LONG = 60  # children, from which on a list is long
ANSWER = 1000 * float(os.environ.get("SIGNPOST_TEST_PATIENCE", "40"))  # ms, for any answer
END = 1 << 30  # of any text
IN_WINDOW = GLib.Variant("(u)", (1,))

ACTIVE, FOCUSABLE, FOCUSED, SHOWING = 1, 11, 12, 25  # states, by their numbers in AT-SPI
LABELLED_BY = 2  # a relation, by its number in AT-SPI
ROLES = {  # by their numbers in AT-SPI: those that the scenarios speak of, and what makes a tree readable
    7: "check box", 11: "combo box", 16: "dialog", 20: "filler", 23: "frame", 27: "image", 29: "label", 31: "list", 32: "list item",
    33: "menu", 35: "menu item", 36: "option", 39: "panel", 43: "button", 44: "radio button", 48: "scroll bar", 49: "scroll pane",
    50: "separator", 55: "table", 56: "table cell", 61: "text", 62: "toggle button", 69: "window", 75: "application", 79: "entry",
    83: "heading", 88: "link", 90: "table row", 98: "list box", 99: "grouping",
}
WINDOWS = ("frame", "dialog", "window")


class Silent(AssertionError):
    """The program does not answer."""


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, ANSWER).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, owner, path, interface, method, arguments=None):
        """The answer of one object."""
        try:
            return self.connection.call_sync(owner, path, interface, method, arguments, None, 0, ANSWER).unpack()
        except GLib.Error as error:
            raise self.silence(error) or error from None

    def call_all(self, owner, paths, interface, method):
        """The answers of many objects, by their paths; what is gone meanwhile gives none."""
        answers, waiting, silent = {}, set(paths), []

        def answered_cb(connection, result, path):
            waiting.discard(path)
            try:
                answers[path] = connection.call_finish(result).unpack()
            except GLib.Error as error:
                silent.extend(filter(None, [self.silence(error)]))
        for path in paths:
            self.connection.call(owner, path, interface, method, None, None, 0, ANSWER, None, answered_cb, path)
        while waiting:
            GLib.MainContext.default().iteration(True)
        if silent:
            raise silent[0]
        return answers

    @staticmethod
    def silence(error):
        """The error that ends a test, if it is one."""
        if error.matches(Gio.dbus_error_quark(), Gio.DBusError.NO_REPLY) or error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT):
            return Silent(error.message)
        return None

    def applications(self):
        """The names on the bus of all programs that have windows."""
        return [owner for owner, _path in self.call("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")[0]]

    def process(self, owner):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                         GLib.Variant("(s)", (owner,)))[0]


class Widget:
    """One of a look, as it was then."""

    def __init__(self, tree, path, parent, facts):
        self.tree, self.path, self.parent, self.children = tree, path, parent, []
        _object, _application, (_owner, told_parent), _index, _count, self.interfaces, self.told_name, role, _description, states = facts
        self.role = ROLES.get(role, str(role))
        self.states = states[0] | states[1] << 32
        self.is_page = parent is not None and told_parent != parent.path  # GTK 4.8 puts one more between a stack and its children

    @functools.cached_property
    def name(self):
        """GTK 4.8 gives that of a button with a mnemonic twice, "_Save Save"; GTK 4.18 tells of the item of a menu only which
        label names it, and screen readers say what stands there."""
        name = self.told_name or (self.label() if self.role == "menu item" else "")
        first, second = name[:len(name) // 2 + 1].rstrip(" "), name[len(name) // 2 + 1:]
        return second if "_" in first and first.replace("_", "", 1) == second else name

    def fits(self, name=None, roles=None):
        """Whether it is called so: a string is the whole name, a pattern is looked for."""
        if roles is not None and self.role not in roles:
            return False
        if name is None:
            return True
        return bool(name.search(self.name)) if isinstance(name, re.Pattern) else self.name == name

    def has(self, state):
        return bool(self.states >> state & 1)

    def can_have_keyboard(self):
        return self.has(FOCUSABLE)

    def can(self, interface):
        return f"org.a11y.atspi.{interface}" in self.interfaces

    def call(self, interface, method, arguments=None):
        """What it answers now."""
        return self.tree.call(self.path, f"org.a11y.atspi.{interface}", method, arguments)

    def extents(self):
        """In its window: x, y, width, height; GTK 4 tells no place on the screen. Nothing when it is gone."""
        try:
            return self.call("Component", "GetExtents", IN_WINDOW)[0]
        except GLib.Error:
            return 0, 0, 0, 0

    def text(self):
        """What stands in an entry or on a label."""
        try:
            return self.tree.text(self.path) if self.can("Text") else self.name
        except GLib.Error:
            return ""

    def label(self):
        """What stands on the labels that name it."""
        try:
            relations = dict(self.call("Accessible", "GetRelationSet")[0])
            return " ".join(self.tree.text(path) for _owner, path in relations.get(LABELLED_BY, ()))
        except GLib.Error:
            return ""

    def ancestors(self):
        """Itself and what it is in, up to its window."""
        widget = self
        while widget.parent is not None:
            yield widget
            widget = widget.parent

    def window(self):
        """The X window with a title that it is in."""
        return list(self.ancestors())[-1]

    def is_shown(self):
        """Until GTK 4.10 only windows said that they show: what has no size counts as hidden, and the page of a stack that no
        point leads to, for a page keeps its size behind others."""
        if self.tree.says_what_shows:
            return self.has(SHOWING) or self.role == "application"
        return all(widget.role in WINDOWS or not widget.can("Component") or widget.has_place for widget in self.ancestors())

    @functools.cached_property
    def has_place(self):
        _x, _y, width, height = self.extents()
        if min(width, height) <= 0:
            return False
        return not self.is_page or any(self.leads_somewhere(x, y) for x in (1, width // 2, width - 2) for y in (1, height // 2, height - 2))

    def leads_somewhere(self, x, y):
        """Whether there is something at that point of it."""
        left, top, _width, _height = self.extents()
        try:
            return self.call("Component", "GetAccessibleAtPoint", GLib.Variant("(iiu)", (left + x, top + y, 1)))[0][1] != NOTHING
        except GLib.Error:
            return False

    def walk(self):
        """It and all that is in it, what is little nested first: so a toast is met before it goes."""
        waiting = [self]
        for widget in waiting:
            yield widget
            waiting.extend(widget.children)


class Tree:
    """The widgets of one program."""

    def __init__(self, bus, owner):
        self.bus, self.owner, self.known = bus, owner, {ROOT}
        version = self.call(ROOT, "org.freedesktop.DBus.Properties", "Get",
                            GLib.Variant("(ss)", ("org.a11y.atspi.Application", "Version")))[0]
        self.says_what_shows = tuple(int(number) for number in re.findall(r"\d+", version)[:2]) >= (4, 10)

    def call(self, path, interface, method, arguments=None):
        return self.bus.call(self.owner, path, interface, method, arguments)

    def text(self, path):
        """What stands in an entry or on a label."""
        return self.call(path, "org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, END)))[0]

    def look(self):
        """The application as it is now."""
        children = self.structure()
        facts = {item[0][1]: item for item in self.call("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")[0]}
        facts.setdefault(ROOT, ((), (), ("", ""), 0, 0, [], "", 75, "", (0, 0)))
        root = Widget(self, ROOT, None, facts[ROOT])
        for widget in root.walk():
            widget.children.extend(Widget(self, path, widget, facts[path]) for path in children.get(widget.path, ()) if path in facts)
        self.known = {widget.path for widget in root.walk() if widget.path in children}
        return root

    def structure(self):
        """The paths of the children of everything. Those known before are asked at once, the others step by step."""
        children, asked = {}, set(self.known)
        while asked:
            answers = self.bus.call_all(self.owner, asked, ACCESSIBLE, "GetChildren")
            asked_before, asked = asked, set()
            for path in asked_before:
                children[path] = [child for _owner, child in answers.get(path, ((),))[0]]
                if len(children[path]) < LONG:
                    asked.update(children[path])
            asked -= children.keys()
        return children
