# SPDX-License-Identifier: GPL-3.0-or-later
"""The built program, met as a person meets it: what a screen reader is told of its windows is all that can be seen, real
keys and clicks are all that can be done.

Nothing waits for a time to pass: everything waits for what a person would wait for, and what does not come is told with
all there was to read instead.
"""
import os
import re
import subprocess
import time

import accessible
from accessible import WINDOWS
from gi.repository import GLib

PATIENCE = float(os.environ.get("SIGNPOST_TEST_PATIENCE", "40"))  # seconds, for anything that is waited for
STEPS = 40  # with which the keyboard gets anywhere
PAUSE = 0.05  # seconds between two looks
BUTTON = ("button", "toggle button")
ENTRY = ("entry", "text")
HEADING = ("heading",)
IMAGE = ("image",)
LAYOUT = ("filler", "panel", "grouping", "separator", "scroll pane", "scroll bar")  # says nothing of itself
ROW = ("list item", "table row")


class Vain(AssertionError):
    """What was waited for did not come."""


def command(*arguments):
    """The output of a command of X."""
    return subprocess.run(list(map(str, arguments)), check=True, stdout=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE).stdout


class Program:
    """One run of the program; what it says to standard error goes into a file."""

    def __init__(self, arguments, env, errors):
        self.errors = errors
        with open(errors, "w", encoding="utf-8") as stream:
            self.process = subprocess.Popen(list(map(str, arguments)), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            stderr=stream)
        self.tree = None
        self.tree = self.until(self.on_the_bus, "the program on the accessibility bus")
        self.until(lambda: any(window.has(accessible.ACTIVE) for window in self.look().children), "a window with the keyboard")

    # ── Looking ──

    def until(self, condition, what, patience=PATIENCE):
        """What the condition gives once it is true of something; a widget that goes away meanwhile is no fault."""
        end = time.monotonic() + patience
        while True:
            try:
                value = condition()
            except (GLib.Error, subprocess.CalledProcessError):  # what is asked for goes away meanwhile
                value = None
            except accessible.Silent:
                if not self.has_ended(1):
                    raise
                value = None
            if not value and self.has_ended():
                raise Vain(f"the program ended with status {self.process.returncode} before {what}")
            if value:
                return value
            if time.monotonic() > end:
                raise Vain(f"waited in vain for {what}; there was:\n{self.picture()}")
            time.sleep(PAUSE)

    def has_ended(self, patience=0):
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def on_the_bus(self):
        bus = accessible.Bus()
        owner = next((owner for owner in bus.applications() if bus.process(owner) == self.process.pid), None)
        return owner and accessible.Tree(bus, owner)

    def look(self):
        """All its widgets as they are now."""
        return self.tree.look()

    def each(self, name=None, roles=None):
        """Those that show and are called so, one by one."""
        return (widget for widget in self.look().walk() if widget.fits(name, roles) and widget.is_shown())

    def find(self, name=None, roles=None):
        """The first that is called so, as soon as it shows."""
        return self.until(lambda: next(self.each(name, roles), None), f"{name!r} ({roles})")

    def gone(self, name=None, roles=None):
        self.until(lambda: not any(self.each(name, roles)), f"{name!r} ({roles}) to go away")

    def reads(self, pattern):
        """Waits until some text on the screen fits the pattern; gives the text."""
        regex = re.compile(pattern)
        return self.until(lambda: next((text for text in self.texts(regex)), None), f"“{pattern}” to be read")

    def texts(self, regex):
        """All there is to read that fits: names, and what stands in entries."""
        for widget in self.look().walk():
            said = [widget.name if widget.role not in LAYOUT else "", widget.text() if widget.role in ENTRY else ""]
            yield from (text for text in said if regex.search(text) and widget.is_shown())

    def picture(self):
        """The tree of what shows, to be read when a test failed."""
        if self.tree is None:
            return "no window"
        try:
            lines = []
            for widget, depth in self.nested(self.look(), 0):
                lines.append(f"{'  ' * depth}{widget.role} {widget.name!r}" + (" has the keyboard" if widget.has(accessible.FOCUSED) else ""))
            return "\n".join(lines)
        except (accessible.Silent, GLib.Error) as error:
            return f"no answer: {error}"

    def nested(self, widget, depth):
        yield widget, depth
        for child in widget.children:
            if self.tree.says_what_shows or child.role in WINDOWS or not child.can("Component") or child.has_place:
                yield from self.nested(child, depth + 1)

    def focused(self):
        """What has the keyboard."""
        return next((widget for widget in self.look().walk() if widget.role not in WINDOWS and widget.has(accessible.FOCUSED)), None)

    def has_keyboard(self, name=None, roles=None):
        """Waits until something that is called so has the keyboard; gives it."""
        def check():
            widget = self.focused()
            return widget if widget is not None and widget.fits(name, roles) else None
        return self.until(check, f"the keyboard on {name!r} ({roles})")

    # ── Doing ──

    def go(self, key, name, roles=None):
        """Presses a key until something that is called so has the keyboard."""
        seen, widget = [], self.until(self.focused, "something with the keyboard")
        while not widget.fits(name, roles):
            seen.append(widget.name)
            if len(seen) > STEPS:
                raise Vain(f"{key} does not lead to {name!r}, but to {seen}")
            self.key(key)
            widget = self.moved_on(widget, key)
        return widget

    def moved_on(self, widget, key):
        """What has the keyboard as soon as that is something else."""
        def check():
            other = self.focused()
            return other if other is not None and other.path != widget.path else None
        return self.until(check, f"{key} to move the keyboard on from {widget.name!r}")

    @staticmethod
    def key(*keys):
        """Presses keys, by their names: Return, ctrl+z."""
        command("xdotool", "key", *keys)

    @staticmethod
    def write(text):
        """Types where the keyboard is."""
        command("xdotool", "type", "--delay", 20, text)

    def press(self, name, roles=BUTTON):
        """Clicks on it with the mouse, once it shows and stands still."""
        x, y = self.until(lambda: self.middle(name, roles), f"{name!r} ({roles}) to show and stand still")
        command("xdotool", "mousemove", x, y, "click", 1)

    def fill(self, name, text, roles=ENTRY):
        """Replaces what stands in an entry, as one who types does."""
        self.press(name, roles)
        self.has_keyboard(name, roles)
        self.key("ctrl+a")
        self.write(text)

    def close(self, title):
        """The window of that name."""
        x, y = self.until(lambda: self.middle("Close", BUTTON, title), f"{title!r} to show how it is closed")
        command("xdotool", "mousemove", x, y, "click", 1)
        self.gone(title, WINDOWS)

    def choose_file(self, title, path):
        """One of the home folder, in the dialog of that name. GTK 4.8 tells nothing of its list of files, but takes what begins
        with a slash for a path; what GTK 4.18 proposes behind such a path comes between the keys."""
        self.until(lambda: self.active_window() == title, f"the dialog {title!r}")
        if self.tree.says_what_shows:
            row = re.compile(f"^{re.escape(path.name)} ")
            self.key("alt+Home")
            self.press(row, ROW)
            self.has_keyboard(row, ROW)
        else:
            self.write(str(path))
        self.key("Return")

    @staticmethod
    def active_window():
        """The name of the X window with the keyboard; there is none while it goes from one to another."""
        try:
            return command("xdotool", "getactivewindow", "getwindowname").strip()
        except subprocess.CalledProcessError:
            return None

    def middle(self, name, roles, title=None):
        """Where the first that is called so is on the screen, or in the window of that title; None while it moves."""
        widget = next((widget for widget in self.each(name, roles) if title in (None, widget.window().name)), None)
        if widget is None:
            return None
        first = widget.extents()
        time.sleep(PAUSE)
        if first != widget.extents() or first[2] <= 0:
            return None
        left, top = self.origin(widget)
        return left + first[0] + first[2] // 2, top + first[1] + first[3] // 2

    def x_window(self, title):
        """The number that X knows the window of that title by."""
        return command("xdotool", "search", "--all", "--onlyvisible", "--pid", self.process.pid, "--name", f"^{re.escape(title)}$").split()[-1]

    def come_forward(self, title):
        """Gives the keyboard to the window of that title, as who turns to it does."""
        number = self.until(lambda: self.x_window(title), f"the window {title!r}")
        command("xdotool", "windowactivate", "--sync", number)

    def origin(self, widget):
        """Where the X window begins that the widget is in; xdotool itself is mistaken about that of a decorated window."""
        facts = command("xwininfo", "-id", self.x_window(widget.window().name))
        return [int(re.search(rf"Absolute upper-left {axis}: *(-?\d+)", facts).group(1)) for axis in "XY"]

    # ── Ending ──

    def quit(self):
        """Ends it as a person does; gives its exit status."""
        if self.process.poll() is None:
            self.until(lambda: sum(1 for _ in self.each(None, WINDOWS)) == 1, "all windows but one to close")
            self.press("Close")
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Vain("the program does not end") from None

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
