#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost submissions: a contributor proposes in one store, an editor decides in another, and both agree after a sync."""
import json

import signpost
import tap


class Submissions(signpost.Case):
    def setUp(self):
        super().setUp()
        self.theirs = self.folder / "theirs.db"  # the contributor's
        self.hall = self.add("name=Hall", "kind=place", "url=https://example.org/old", "summary=A hall")
        self.sync()

    def sync(self):
        self.call("sync", self.theirs)

    def propose(self, *args):
        return self.call("submissions", "propose", *args, store=self.theirs).strip()

    def list(self, *args, store=None):
        return json.loads(self.call("submissions", "--json", *args, store=store or self.store))

    def test_a_change_is_accepted(self):
        identifier = self.propose("ann", self.hall, "url=https://example.org/new", "--note", "They moved")
        self.assertTrue(identifier.startswith("submission:ann:"))
        self.assertEqual(self.document(self.hall, store=self.theirs)["url"], "https://example.org/old")
        self.sync()
        (waiting,) = self.list()
        self.assertEqual((waiting["account"], waiting["change"], waiting["name"], waiting["note"]), ("ann", "edit", "Hall", "They moved"))
        self.assertEqual(waiting["differences"], [{"path": "url", "now": "https://example.org/old",
                                                   "proposed": "https://example.org/new", "contested": False}])
        self.assertIn("https://example.org/new", self.call("submissions"))
        self.call("submissions", "accept", identifier)
        self.assertEqual(self.list(), [])
        self.sync()
        self.assertEqual(self.document(self.hall, store=self.theirs)["url"], "https://example.org/new")
        (decided,) = self.list("--all", store=self.theirs)
        self.assertEqual(decided["state"], "accepted")
        self.assertIn("decided on already", self.refused("submissions", "accept", identifier))

    def test_a_new_entry_is_accepted(self):
        identifier = self.propose("ann", "new", "name=Shed", "kind=group")
        self.assertEqual(self.names(store=self.theirs), ["Hall"])  # nothing is found that only waits
        self.sync()
        self.call("submissions", "accept", identifier)
        self.assertEqual(sorted(self.names()), ["Hall", "Shed"])

    def test_declined_with_words(self):
        identifier = self.propose("ann", self.hall, "status=defunct")
        self.sync()
        self.assertEqual(self.list()[0]["change"], "close")
        self.refused("submissions", "decline", identifier, status=2)
        self.call("submissions", "decline", identifier, "It goes", "on")
        self.sync()
        (decided,) = self.list("--all", store=self.theirs)
        self.assertEqual((decided["state"], decided["reply"]), ("declined", "It goes on"))
        self.assertNotIn("status", self.document(self.hall))

    def test_what_changed_since_must_be_chosen(self):
        identifier = self.propose("ann", self.hall, "url=https://example.org/new", "summary=A warm hall")
        self.call("edit", self.hall, "url=https://example.org/newer", "free=yes")
        self.sync()
        contested = {difference["path"]: difference["contested"] for difference in self.list()[0]["differences"]}
        self.assertEqual(contested, {"url": True, "summary": False})
        before = self.document(self.hall)
        self.assertIn("url", self.refused("submissions", "accept", identifier))
        self.assertIn("name", self.refused("submissions", "accept", identifier, "url=now", "name=now"))
        self.assertEqual(self.document(self.hall), before)
        self.call("submissions", "accept", identifier, "url=now")
        after = self.document(self.hall)
        self.assertEqual((after["url"], after["summary"], after["free"]), ("https://example.org/newer", "A warm hall", True))

    def test_another_value(self):
        identifier = self.propose("ann", self.hall, "summary=a hall with a stage")
        self.sync()
        self.call("submissions", "accept", identifier, "summary=A hall with a stage")
        self.assertEqual(self.document(self.hall)["summary"], "A hall with a stage")

    def test_a_report_changes_nothing(self):
        self.refused("submissions", "propose", "ann", self.hall, status=2)
        identifier = self.propose("ann", self.hall, "--note", "The roof has gone")
        self.sync()
        before = self.document(self.hall)
        self.call("submissions", "accept", identifier)
        self.assertEqual(self.document(self.hall), before)

    def test_the_entry_is_gone(self):
        identifier = self.propose("ann", self.hall, "summary=Late")
        self.sync()
        self.call("delete", self.hall)
        self.assertIn("deleted", self.refused("submissions", "accept", identifier))
        self.call("submissions", "decline", identifier, "It is gone")

    def test_wrong_calls(self):
        self.refused("submissions", "approve", "x", status=2)
        self.refused("submissions", "accept", "submission:ann:none")
        self.refused("submissions", "accept", self.hall)
        self.assertIn("account", self.refused("submissions", "propose", "an:n", self.hall, "url=https://example.org"))


if __name__ == "__main__":
    tap.main()
