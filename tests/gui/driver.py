# SPDX-License-Identifier: GPL-3.0-or-later
"""The built program, met as a person meets it: what a screen reader is told of its windows is all that can be seen, real
keys and clicks are all that can be done.

GTK 4.8 and 4.18 tell different things. Until 4.10 only windows said that they show, so what has no size counts as hidden;
roles have other names; the name of a window of its own (a dialog, a popover) comes before what is in it.
"""
import collections
import os
import re
import subprocess
import time

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = float(os.environ.get("SIGNPOST_TEST_PATIENCE", "40"))  # seconds, for anything that is waited for
STEPS = 40  # with which the keyboard gets anywhere
PAUSE = 0.05  # seconds between two looks
WINDOWS = ("frame", "dialog", "window")
BUTTON = ("button", "push button", "toggle button")
ENTRY = ("entry", "text", "text box")
LAYOUT = ("filler", "panel", "generic", "group", "grouping", "separator", "scroll pane", "scroll bar")  # says nothing of itself
ROW = ("list item", "table row")


class Vain(AssertionError):
    """What was waited for did not come."""


def rest(seconds=PAUSE):
    """Lets the accessibility bus say what is new."""
    context, end = GLib.MainContext.default(), time.monotonic() + seconds
    while time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.005)


def until(condition, what, patience=PATIENCE):
    """What the condition gives once it is true of something; a widget that goes away meanwhile is no fault."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise Vain(f"waited in vain for {what}")
        rest()


def command(*arguments):
    """The output of a command of X."""
    return subprocess.run(list(map(str, arguments)), check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def has_state(widget, state):
    return widget.get_state_set().contains(state)


def text_of(widget):
    """What stands in an entry or on a label."""
    text = widget.get_text_iface()
    if text is None:
        return widget.get_name() or ""
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def name_of(widget):
    """Its name; GTK 4.8 gives that of a button with a mnemonic twice, "_Save Save"."""
    name = widget.get_name() or ""
    first, second = name[:len(name) // 2 + 1].rstrip(" "), name[len(name) // 2 + 1:]
    return second if "_" in first and first.replace("_", "", 1) == second else name


def fits(widget, name, roles):
    """Whether it is called so: a string is the whole name, a pattern is looked for."""
    if roles is not None and widget.get_role_name() not in roles:
        return False
    if name is None:
        return True
    own = name_of(widget)
    return bool(name.search(own)) if isinstance(name, re.Pattern) else own == name


class Program:
    """One run of the program."""

    def __init__(self, arguments, env):
        self.process = subprocess.Popen(list(map(str, arguments)), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.shows = False  # whether its widgets say that they show
        self.root = self.until(self.on_the_bus, "the program on the accessibility bus")
        self.shows = self.toolkit() >= (4, 10)
        self.until(lambda: any(has_state(window, Atspi.StateType.ACTIVE) for window in self.windows()), "a window with the keyboard")

    # ── Looking ──

    def until(self, condition, what, patience=PATIENCE):
        """As until(), of a program that is to go on running meanwhile."""
        def checked():
            if self.process.poll() is not None:
                raise Vain(f"the program ended with status {self.process.returncode} before {what}")
            return condition()
        try:
            return until(checked, what, patience)
        except Vain as error:
            raise Vain(f"{error}; there was:\n{self.picture()}") from None

    def on_the_bus(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            root = desktop.get_child_at_index(i)
            if root is not None and root.get_process_id() == self.process.pid and root.get_child_count() > 0:
                root.set_cache_mask(Atspi.Cache.ROLE | Atspi.Cache.INTERFACES)
                return root
        return None

    def toolkit(self):
        return tuple(int(number) for number in re.findall(r"\d+", self.root.get_toolkit_version() or "0")[:2])

    def windows(self):
        return [child for child in map(self.root.get_child_at_index, range(self.root.get_child_count())) if child is not None]

    def is_shown(self, widget):
        if self.shows:
            return has_state(widget, Atspi.StateType.SHOWING)
        component = widget.get_component_iface()
        if widget.get_role_name() in WINDOWS or component is None:
            return True
        extents = component.get_extents(Atspi.CoordType.WINDOW)
        return extents.width > 0 and extents.height > 0

    def children(self, widget):
        """Those that show, with the application's windows."""
        found = []
        for i in range(widget.get_child_count()):
            try:
                child = widget.get_child_at_index(i)
                if child is not None and (widget == self.root or self.is_shown(child)):
                    found.append(child)
            except GLib.Error:  # it is gone
                continue
        return found

    def walk(self, widget=None):
        """Every widget that shows, what is little nested first: so a toast is met before it goes."""
        waiting = collections.deque([widget or self.root])
        while waiting:
            widget = waiting.popleft()
            yield widget
            try:
                waiting.extend(self.children(widget))
            except GLib.Error:
                continue

    def all(self, name=None, roles=None, within=None):
        return list(self.each(name, roles, within))

    def each(self, name=None, roles=None, within=None):
        """As all(), one by one."""
        for widget in self.walk(within):
            try:
                if fits(widget, name, roles):
                    yield widget
            except GLib.Error:
                continue

    def find(self, name=None, roles=None, within=None):
        """The first that is called so, as soon as it shows."""
        return self.until(lambda: next(self.each(name, roles, within), None), f"{name!r} ({roles})")

    def gone(self, name=None, roles=None):
        self.until(lambda: not self.all(name, roles), f"{name!r} ({roles}) to go away")

    def reads(self, pattern, patience=PATIENCE):
        """Waits until some text on the screen fits the pattern; gives the text."""
        regex = re.compile(pattern)
        return self.until(lambda: next((text for text in self.texts() if regex.search(text)), None), f"“{pattern}” to be read", patience)

    def texts(self):
        """All there is to read, one by one: names, and what stands in entries."""
        for widget in self.walk():
            role = widget.get_role_name()
            if role not in LAYOUT:
                yield widget.get_name() or ""
            if role in ENTRY:
                yield text_of(widget)

    def picture(self, widget=None, depth=0):
        """The tree of what shows, to be read when a test failed."""
        try:
            widget = widget or self.root
            lines = [f"{'  ' * depth}{widget.get_role_name()} {widget.get_name()!r}"]
            return "\n".join(lines + [self.picture(child, depth + 1) for child in self.children(widget)])
        except GLib.Error as error:
            return f"{'  ' * depth}gone ({error.message})"

    def focused(self):
        """What has the keyboard."""
        return next((widget for widget in self.walk()
                     if widget.get_role_name() not in WINDOWS and has_state(widget, Atspi.StateType.FOCUSED)), None)

    def has_keyboard(self, name=None, roles=None):
        """Waits until something that is called so has the keyboard; gives it."""
        def check():
            widget = self.focused()
            return widget if widget is not None and fits(widget, name, roles) else None
        return self.until(check, f"the keyboard on {name!r} ({roles})")

    # ── Doing ──

    def go(self, key, name, roles=None):
        """Presses a key until something that is called so has the keyboard."""
        seen = []
        while True:
            widget = self.until(self.focused, "something with the keyboard")
            if fits(widget, name, roles):
                return widget
            seen.append(widget.get_name())
            if len(seen) > STEPS:
                raise Vain(f"{key} does not lead to {name!r}, but to {seen}")
            self.key(key)
            self.until(lambda: self.focused() not in (None, widget), f"{key} to move the keyboard on from {seen[-1]!r}")

    def key(self, *keys):
        """Presses keys, by their names: Return, ctrl+z."""
        command("xdotool", "key", *keys)
        rest()

    def write(self, text):
        """Types where the keyboard is."""
        command("xdotool", "type", "--delay", 20, text)
        rest()

    def press(self, name, roles=BUTTON, within=None):
        """Clicks on it with the mouse, once it shows and stands still."""
        widget = self.find(name, roles, within)
        x, y = self.until(lambda: self.middle(widget), f"{name!r} to stand still")
        command("xdotool", "mousemove", x, y, "click", 1)
        rest()

    def act(self, name, roles=BUTTON, within=None):
        """Activates it as a screen reader does."""
        action = self.find(name, roles, within).get_action_iface()
        if action is None or not Atspi.Action.do_action(action, 0):
            raise Vain(f"{name!r} does nothing")
        rest()

    def fill(self, name, text, roles=ENTRY):
        """Replaces what stands in an entry, as one who types does."""
        self.press(name, roles)
        self.key("ctrl+a")
        self.write(text)

    def choose_file(self, title, path):
        """In the dialog of that name: what begins with a slash is taken for a path."""
        self.until(lambda: command("xdotool", "getactivewindow", "getwindowname").strip() == title, f"the dialog {title!r}")
        self.write(str(path))
        self.key("Return")

    def middle(self, widget):
        """Where it is on the screen; None while it moves."""
        first = self.extents(widget)
        rest()
        if first != self.extents(widget) or first[2] <= 0:
            return None
        left, top = self.origin(widget)
        return left + first[0] + first[2] // 2, top + first[1] + first[3] // 2

    @staticmethod
    def extents(widget):
        """In its window; GTK 4 tells no place on the screen."""
        extents = widget.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def origin(self, widget):
        """Where the X window begins that the widget is in; xdotool itself is mistaken about that of a decorated window."""
        while widget.get_role_name() not in WINDOWS and widget.get_parent() is not None and widget.get_parent() != self.root:
            widget = widget.get_parent()
        title = re.escape(widget.get_name() or "")
        windows = command("xdotool", "search", "--onlyvisible", "--pid", self.process.pid, "--name", f"^{title}$").split()
        facts = command("xwininfo", "-id", windows[-1])
        return [int(re.search(rf"Absolute upper-left {axis}: *(-?\d+)", facts).group(1)) for axis in "XY"]

    # ── Ending ──

    def quit(self):
        """Ends it as a person does; gives its exit status."""
        if self.process.poll() is None:
            self.press("Close")
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Vain("the program does not end") from None

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
