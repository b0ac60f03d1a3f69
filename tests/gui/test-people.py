#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people come for, from the first key to the last: finding, adding, importing, undoing; on a narrow window, with no
network, with a map that is broken."""
import json
import re
import shutil
import subprocess

import driver
import person

import tap


class Finding(person.Case):
    def near_cockermouth(self, program):
        """Types a place and takes the suggestion."""
        program.write("cockermouth")
        program.find("Near Cockermouth, Cumbria", driver.ROW)
        program.key("Down")
        program.key("Return")
        program.find("Remove “Near Cockermouth, Cumbria”")

    def answer(self, program, question, answer):
        """Adds a filter, from the search on."""
        program.go("Tab", "Add a Filter")
        program.key("Return")
        program.go("Down", re.compile(f"^{question}"), driver.ROW)
        program.key("Return")
        program.go("Down", re.compile(f"^{answer}"), driver.ROW)
        program.key("Return")

    def test_a_lunch_club_within_3_km_on_a_tuesday_by_keyboard_alone(self):
        self.set(units="'kilometres'")
        program = self.open()
        self.near_cockermouth(program)
        program.write("lunch club")
        program.reads("^[0-9] found")
        self.answer(program, "Near a Place", "3 km")
        program.find("Remove “Near Cockermouth, Cumbria · 3 km”")
        program.go("ctrl+f", re.compile("^Search by name"))
        self.answer(program, "Day and Time", "Tuesday")
        program.key("Escape")
        program.find("Remove “Tuesday”")
        program.go("ctrl+f", re.compile("^Search by name"))
        program.key("Return")
        program.go("Down", re.compile("^Christ Church Luncheon Club, .*Tuesday"), driver.ROW)
        program.key("Return")
        program.find("Christ Church Luncheon Club", driver.HEADING)
        self.leave(program)


class Adding(person.Case):
    def test_a_befriending_service_at_a_hall_is_found_after_a_restart(self):
        program = self.open()
        program.key("ctrl+n")
        program.press(re.compile("^A service"), None)
        program.fill("Name", "Friday Befrienders")
        program.fill("Category", "befriend")
        program.press(re.compile("^Befriending"))
        program.find("Remove “Befriending”")
        program.fill("It takes place at", "harbour hall")
        program.press(re.compile("^Maryport Harbour Hall"))
        program.find("Remove “Maryport Harbour Hall”")
        program.press("Save")
        program.find("Friday Befrienders", driver.HEADING)
        self.leave(program)

        program = self.open()
        program.write("friday befr")
        program.find(re.compile("^Friday Befrienders"), driver.ROW)
        program.key("Escape", "Return")
        program.go("Down", re.compile("^Friday Befrienders"), driver.ROW)
        program.key("Return")
        program.press("Held at: Maryport Harbour Hall")
        program.find(re.compile("^.*Friday Befrienders"), driver.BUTTON)
        self.leave(program)


class Importing(person.Case):
    def test_a_list_is_looked_at_imported_and_taken_back(self):
        before = self.documents()
        shutil.copy(person.FIXTURES / "cli" / "lunch-clubs.csv", self.folder)
        program = self.open()
        program.press("Main Menu")
        program.go("Down", "Import…")
        program.key("Return")
        program.choose_file("Import a List", self.folder / "lunch-clubs.csv")
        program.reads("^4 rows: 3 new, 1 left out")
        program.find(re.compile("^Harbour Lunch Club. New"), driver.ROW)
        self.assertEqual(self.documents(), before)  # looking changes nothing
        program.press("Import")
        program.find("Undo")  # in the toast that says how many
        self.assertEqual(len(self.documents()), len(before) + 3)
        program.press("Undo")
        program.until(lambda: self.documents() == before, "the list to be as it was")
        program.gone(re.compile("^Harbour Lunch Club"), driver.ROW)
        self.leave(program)


class Changing(person.Case):
    def show_thursday_table(self):
        program = self.open()
        program.write("thursday table")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        program.key("Escape", "Return")
        program.go("Down", re.compile("^Thursday Table, "), driver.ROW)
        program.key("Return")
        return program

    def choose(self, program, menu, item):
        program.press(menu)
        program.go("Down", item)
        program.key("Return")

    def test_still_right_and_undone(self):
        before = self.documents()
        program = self.show_thursday_table()
        self.choose(program, "All of it is still right", "I Rang")
        program.reads("^Checked today by phone")
        self.assertNotEqual(self.documents(), before)
        program.go("Tab", re.compile("^Thursday Table, "), driver.ROW)
        program.key("ctrl+z")
        program.reads("^Checked 5 weeks ago on a visit")
        self.assertEqual(self.documents(), before)
        self.leave(program)

    def test_deleted_and_undone(self):
        before = self.documents()
        program = self.show_thursday_table()
        self.choose(program, "More to do with this entry", "Delete…")
        program.find(re.compile("^Delete “Thursday Table”"), None)
        program.press("Delete")
        program.gone(re.compile("^Thursday Table, "), driver.ROW)
        self.assertEqual(len(self.documents()), len(before) - 1)
        program.key("ctrl+z")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        self.assertEqual(self.documents(), before)
        self.leave(program)


class Keyboard(person.Case):
    def ends(self, program):
        """Waits for the program to end by itself."""
        self.assertEqual(program.process.wait(driver.PATIENCE), 0)

    def test_quit_from_within_a_popover(self):
        program = self.open()
        program.press("Add a Filter")
        program.has_keyboard("Near a Place", driver.ROW)
        program.key("ctrl+q")
        self.ends(program)

    def test_quit_after_a_link_was_followed(self):
        program = self.open()
        program.write("thursday table")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        program.key("Escape")
        program.press(re.compile("^Thursday Table, "), driver.ROW)
        program.press(re.compile("^Held at: "))
        program.find("Netherhall Road Community Centre", driver.HEADING)
        program.has_keyboard(None, driver.BUTTON)
        program.key("ctrl+q")
        self.ends(program)

    def test_tab_comes_round(self):
        program = self.open()
        program.write("thursday table")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        program.key("Escape")
        program.press(re.compile("^Thursday Table, "), driver.ROW)
        program.find("Thursday Table", driver.HEADING)
        program.go("ctrl+f", re.compile("^Search by name"))
        program.go("Tab", "More to do with this entry")  # the last in the details
        program.go("Tab", re.compile("^Search by name"))
        self.leave(program)


class Names(person.Case):
    """Whoever hears the window hears what everything is."""
    maxDiff = None

    def is_heard(self, widget):
        """Whether it is to be told of: what can have the keyboard, or is to be pressed, and is no part of a row or a drop-down list."""
        if widget.role in ("list", "list box", "scroll pane") or any(over.role in driver.ROW + ("combo box",) for over in widget.parent.ancestors()):
            return False
        return widget.can_have_keyboard() or widget.role in driver.BUTTON

    def check(self, program):
        named_by_class = re.compile("^$|^(Gtk|Adw|Sp|Shumate)[A-Z]")
        found = [[widget.role] + [over.name for over in widget.ancestors()][:6] for widget in program.each(named_by_class) if self.is_heard(widget)]
        self.assertEqual(found, [])

    def test_of_the_window_and_an_entry(self):
        program = self.open()
        program.write("thursday table")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        program.key("Escape")
        program.press(re.compile("^Thursday Table, "), driver.ROW)
        program.find("Thursday Table", driver.HEADING)
        self.check(program)
        self.leave(program)

    def test_of_the_form(self):
        program = self.open()
        program.key("ctrl+n")
        program.press(re.compile("^A service"), None)
        program.find("Name", driver.ENTRY)
        self.check(program)
        program.key("Escape")
        program.gone("New Entry", driver.WINDOWS)
        self.leave(program)

    def test_of_the_preferences(self):
        program = self.open()
        program.key("ctrl+comma")
        program.find("Base Map")
        self.check(program)
        program.key("Escape")
        program.gone("Preferences", driver.WINDOWS)
        self.leave(program)


class Deciding(person.Case):
    """Two stores that were edited apart meet."""

    def setUp(self):
        super().setUp()
        self.table = next(identifier for identifier, body in self.documents().items() if body["name"] == "Thursday Table")
        self.other = self.folder / "other.db"
        self.call("sync", self.other)

    def elsewhere(self, command, *arguments):
        return subprocess.run([person.PROGRAM, command, "--store", self.other, *arguments], env=self.env, check=True,
                              stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()

    def test_what_both_changed_is_decided_by_mouse_and_undone(self):
        self.call("edit", self.table, "url=https://mine.example.org", "summary=Soup")
        self.elsewhere("edit", self.table, "url=https://theirs.example.org", "free=yes")
        self.call("sync", self.other)
        program = self.open()
        program.press("1 entry needs a decision")
        program.press(re.compile("^Thursday Table: Web address"), driver.ROW)
        program.press(re.compile("^Web address, .*: https://theirs.example.org$"), None)
        program.press("Save")
        program.gone("Decide Between Versions", driver.WINDOWS)
        program.until(lambda: self.documents()[self.table]["url"] == "https://theirs.example.org", "what was chosen")
        self.assertEqual(self.documents()[self.table]["summary"], "Soup")  # what only one changed is kept
        program.close("What Is New")
        program.gone("1 entry needs a decision", driver.BUTTON)
        self.leave(program)
        self.call("sync", self.other)
        self.assertEqual(json.loads(self.elsewhere("show", "--json", self.table))["url"], "https://theirs.example.org")

    def test_a_submission_is_accepted(self):
        self.elsewhere("submissions", "propose", "ann", self.table, "url=https://new.example.org")
        self.call("sync", self.other)
        program = self.open()
        program.press("1 submission waits")
        program.press(re.compile("^Thursday Table: A change"), driver.ROW)
        program.press("Accept")
        program.until(lambda: self.documents()[self.table].get("url") == "https://new.example.org", "what was proposed")
        program.close("What Is New")
        self.leave(program)
        self.call("sync", self.other)
        (decided,) = json.loads(self.elsewhere("submissions", "--json", "--all"))
        self.assertEqual(decided["state"], "accepted")


class Narrow(person.Case):
    def test_from_the_list_to_the_details_and_back_and_to_the_map(self):
        self.set(window_width=360, window_height=640, units="'kilometres'")
        program = self.open()
        program.write("table")
        program.find(re.compile("^Thursday Table, "), driver.ROW)
        program.key("Escape")
        program.press(re.compile("^Thursday Table, "), driver.ROW)
        program.press("Back")
        program.press(re.compile("^Welcome Table Wigan, "), driver.ROW)  # where the details were, the list is
        program.find("Welcome Table Wigan", driver.HEADING)
        program.press("Back")
        program.press("Map")
        scale = program.find(re.compile("^[0-9.]+ k?m$"), driver.IMAGE).name
        program.press("Zoom In")
        program.gone(scale, driver.IMAGE)
        program.find(re.compile("^[0-9.]+ k?m$"), driver.IMAGE)
        self.leave(program)


class Maps(person.Case):
    def finds(self, program, name):
        """All else works on."""
        program.write(name.lower())
        program.key("Escape")
        program.find(re.compile(f"^{name}, "), driver.ROW)
        program.find(re.compile("^Map with [0-9]+ entr"))

    def test_no_network(self):
        self.set(base_map="'online'", online_url="'https://127.0.0.1:9/{z}/{x}/{y}.png'")
        program = self.open()
        program.reads("^The online map at 127.0.0.1 cannot be reached: .* The built-in map stands in.$")
        self.finds(program, "Thursday Table")
        program.press("Hide Message")
        program.gone("Hide Message", driver.BUTTON)
        self.leave(program)

    def test_a_map_file_that_is_broken(self):
        broken = self.folder / "broken.mbtiles"
        broken.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
        program = self.open()
        program.key("ctrl+comma")
        program.press("Base Map", None)
        program.key("Down", "Return")
        program.press("Choose…", None)
        program.choose_file("Choose a Map File", broken)
        program.reads("broken.mbtiles.* The built-in map stands in.$")
        program.key("Escape")
        program.gone("Preferences", driver.WINDOWS)
        self.finds(program, "Thursday Table")
        self.leave(program)


if __name__ == "__main__":
    tap.main()
