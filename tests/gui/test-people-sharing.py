#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people, each with a window and a list of their own, who share it by a server that goes away and comes back."""
import os
import re
import subprocess

import driver
import person

import tap

SERVER = os.environ["SIGNPOST_SERVER"]
PASSWORD = "a long enough one"
SIZE = {"window_width": 620, "window_height": 820}


class Meeting(person.Case):
    def setUp(self):
        super().setUp()
        self.set(**SIZE, units="'kilometres'")
        self.data = self.folder / "data"
        self.data.mkdir(exist_ok=True)
        self.serve("create", "maryport")
        for name, role in (("ann", "editor"), ("bob", "editor"), ("cyd", "contributor")):
            self.serve("user", "add", "--database", "maryport", name, role, words=f"{PASSWORD}\n{PASSWORD}\n")
        self.server = None
        self.port = 0
        self.addCleanup(self.stop_server)
        self.start_server()
        self.other = self.folder / "other.db"

    def serve(self, *arguments, words=None):
        subprocess.run([SERVER, "--data", self.data, *arguments], env=self.env, check=True, input=words, encoding="utf-8",
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def start_server(self):
        """At any free port, and later at that one again."""
        self.server = subprocess.Popen([SERVER, "--data", self.data, "--listen", f"127.0.0.1:{self.port}"], env=self.env, encoding="utf-8",
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.port = int(re.search(r":(\d+)/", self.server.stdout.readline()).group(1))

    def stop_server(self):
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
            self.server.stdout.close()
            self.server = None

    def connect(self, program, name):
        """On the page of the preferences that shows."""
        program.press("Sharing", None)
        for field, text in ("Address", f"http://127.0.0.1:{self.port}/maryport"), ("Name", name), ("Password", PASSWORD):
            program.press(field, driver.ENTRY)
            program.write(text)
        program.press("Connect")
        program.gone("Preferences", driver.WINDOWS)
        program.find(re.compile("^Synced "), driver.BUTTON)

    def show_thursday_table(self, program):
        program.come_forward("Signpost")
        program.key("ctrl+f")
        program.write("thursday table")
        program.key("Escape")
        program.press(re.compile("^Thursday Table, "), driver.ROW)

    def change(self, program, field, text, done="Save"):
        program.press("Edit")
        program.fill(field, text)
        program.press(done)

    def test_two_windows_edited_without_a_network_agree(self):
        ann = self.open()
        ann.key("ctrl+comma")
        self.connect(ann, "ann")
        bob = self.start(self.other)
        bob.press(re.compile("^Connect to a Server"), None)
        self.connect(bob, "bob")
        self.stop_server()
        for program in (ann, bob):
            program.find(re.compile("^Offline since "), driver.BUTTON)
        for program, name in ((ann, "Thursday Table at Noon"), (bob, "Thursday Lunch Table")):
            self.show_thursday_table(program)
            self.change(program, "Name", name)
            program.find(name, driver.HEADING)
        self.start_server()
        for program in (ann, bob):
            program.find(re.compile("^1 entry needs a decision"), driver.BUTTON)
        bob.press("Decide…")
        bob.reads("^You and ann both changed")
        bob.press(re.compile("^Name, .*: Thursday Lunch Table$"), None)
        bob.press("Save")
        bob.gone("Decide Between Versions", driver.WINDOWS)
        for program in (ann, bob):
            program.find("Thursday Lunch Table", driver.HEADING)
            program.gone(re.compile("^1 entry needs a decision"), driver.BUTTON)
        self.assertEqual(self.documents(), self.documents(self.other))
        self.leave(bob)
        self.leave(ann)

    def test_what_a_contributor_proposes_is_accepted(self):
        editor = self.open()
        editor.key("ctrl+comma")
        self.connect(editor, "ann")
        contributor = self.start(self.other)
        contributor.press(re.compile("^Connect to a Server"), None)
        self.connect(contributor, "cyd")
        self.show_thursday_table(contributor)
        self.change(contributor, "Name", "Thursday Lunch Table", re.compile("^Propose"))
        contributor.reads("Waits for an editor$")
        contributor.press("Close")
        contributor.gone("Submission", driver.WINDOWS)
        editor.come_forward("Signpost")
        editor.press(re.compile("^1 submission waits"))
        editor.press(re.compile("^Thursday Table: A change"), driver.ROW)
        editor.press("Accept")
        editor.close("What Is New")
        contributor.find("Thursday Lunch Table", driver.HEADING)
        self.assertEqual(self.documents(), self.documents(self.other))
        self.leave(contributor)
        self.leave(editor)


if __name__ == "__main__":
    tap.main()
