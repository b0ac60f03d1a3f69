#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost resolve, check, backup and restore."""
import json
import os
import sqlite3
import subprocess

import signpost
import tap


class Replica(signpost.Case):
    def arrive(self, identifier, revisions, body):
        """A revision of another replica arrives, with its history, the newest first."""
        subprocess.run([os.environ["PUT_HISTORY"], self.store, identifier, *revisions, json.dumps(body)], check=True)

    def conflict(self, mine, theirs):
        """An entry of which this store and another changed one version in two ways: its id and their revision."""
        identifier = self.add("name=Hall", "url=https://example.org/old", "summary=A hall")
        base = self.document(identifier)
        self.call("edit", identifier, *mine)
        revision = "2-" + "f" * 32
        body = {name: value for name, value in base.items() if not name.startswith("_")}
        step = {"from": base["_rev"], "by": "ann", "on": "2026-11-22T11:00:00Z",
                "was": {name: body.get(name) for name in theirs}}
        self.arrive(identifier, [revision, base["_rev"]],
                    {**body, **theirs, "modified": {"on": "2026-11-22T11:00:00Z", "by": "ann"}, "edit": [step]})
        return identifier, revision

    def report(self, status=1):
        return json.loads(self.call("check", "--json", status=status))


class Resolve(Replica):
    def test_a_conflict_is_shown(self):
        identifier, _ = self.conflict(["url=https://example.org/mine"], {"url": "https://example.org/theirs"})
        document = self.document(identifier)
        self.assertEqual(len(document["_conflicts"]), 1)
        self.assertIn(document["_conflicts"][0], self.call("show", identifier))
        self.assertEqual([entry["id"] for entry in self.report()["conflicts"]], [identifier])
        self.assertIn("Hall", self.call("check", status=1))

    def test_each_way_to_decide(self):
        for choice, expected in [("mine", "https://example.org/mine"), ("theirs", "https://example.org/theirs"),
                                 ("@2-" + "f" * 32, "https://example.org/theirs"),
                                 ("https://example.org/new", "https://example.org/new"), ("", None)]:
            with self.subTest(choice):
                identifier, _ = self.conflict(["url=https://example.org/mine", "free=yes"],
                                              {"url": "https://example.org/theirs", "summary": "A fine hall"})
                self.call("resolve", identifier, f"url={choice}")
                document = self.document(identifier)
                self.assertEqual(document.get("url"), expected)
                self.assertEqual((document["summary"], document["free"]), ("A fine hall", True))
                self.assertNotIn("_conflicts", document)
                self.assertEqual([entry["id"] for entry in self.report()["conflicts"]], [])

    def test_a_value_as_json(self):
        identifier, _ = self.conflict(["summary=Mine"], {"summary": "Theirs"})
        self.call("resolve", identifier, 'summary:="mine"')
        self.assertEqual(self.document(identifier)["summary"], "mine")

    def test_every_collision_wants_a_decision(self):
        identifier, _ = self.conflict(["url=https://example.org/mine", "summary=Mine"],
                                      {"url": "https://example.org/theirs", "summary": "Theirs"})
        before = self.document(identifier)
        self.assertIn("summary", self.refused("resolve", identifier, "url=mine"))
        self.assertIn("name", self.refused("resolve", identifier, "url=mine", "summary=mine", "name=mine"))
        self.refused("resolve", identifier, "url=@3-" + "0" * 32, "summary=mine")
        self.assertIn("FIELD=VALUE", self.refused("resolve", identifier, "url", status=2))
        self.assertEqual(self.document(identifier), before)
        self.call("resolve", identifier, "url=theirs", "summary=mine")
        document = self.document(identifier)
        self.assertEqual((document["url"], document["summary"]), ("https://example.org/theirs", "Mine"))

    def test_a_decision_is_undone(self):
        identifier, _ = self.conflict(["url=https://example.org/mine"], {"url": "https://example.org/theirs", "summary": "A fine hall"})
        self.refused("resolve", "--undo", identifier)
        self.call("resolve", identifier, "url=https://example.org/new")
        self.refused("resolve", "--undo", identifier, "url=mine", status=2)
        self.call("resolve", "--undo", identifier)
        self.assertEqual([entry["id"] for entry in self.report()["conflicts"]], [identifier])
        self.call("resolve", identifier, "url=theirs")
        document = self.document(identifier)
        self.assertEqual((document["url"], document["summary"]), ("https://example.org/theirs", "A fine hall"))
        self.call("edit", identifier, "free=yes")
        self.refused("resolve", "--undo", identifier)

    def test_where_there_is_nothing_to_decide(self):
        identifier = self.add("name=Hall")
        self.assertIn(identifier, self.refused("resolve", identifier, "name=mine"))
        self.assertIn("asset:none", self.refused("resolve", "asset:none", "name=mine"))


class Check(Replica):
    def test_a_clean_store(self):
        self.add("name=Hall", "kind=place", "checked.place.on=2026-11-01", "location.latitude=54.7", "location.longitude=-3.5")
        self.assertEqual(self.report(status=0),
                         {"problems": [], "conflicts": [], "stale": [], "duplicates": [], "refused": [], "unplaced": 0})
        self.assertEqual(self.call("check"), "")

    def test_stale_facts(self):
        """A service's times fall due after three months."""
        identifier = self.add("name=Lunch", "kind=service", "schedule_words=Tuesdays", "checked.times.on=2026-01-10")
        (stale,) = self.report()["stale"]
        self.assertEqual((stale["id"], stale["group"], stale["on"], stale["due"]),
                         (identifier, "times", "2026-01-10", "2026-04-10"))
        self.assertIn("Lunch: times checked", self.call("check", status=1))

    def test_duplicates(self):
        for name in ["Harbour Lunch Club", "Harbour Lunch Club (Maryport)"]:
            self.add(f"name={name}", "address.postal_code=CA15 8AB", "contacts.1.phone=01632 960101",
                     "location.latitude=54.715", "location.longitude=-3.5")
        (pair,) = self.report()["duplicates"]
        self.assertEqual({entry["name"] for entry in pair["entries"]}, {"Harbour Lunch Club", "Harbour Lunch Club (Maryport)"})
        self.assertIn("may be the same", self.call("check", status=1))

    def test_a_rebuild_mends_the_projection(self):
        self.add("name=Hall")
        with sqlite3.connect(self.store) as database:
            database.execute("DELETE FROM asset")
        self.assertEqual(self.names(), [])
        self.assertGreater(len(self.report()["problems"]), 0)
        self.assertEqual(json.loads(self.call("check", "--rebuild", "--json"))["problems"], [])
        self.assertEqual(self.names(), ["Hall"])


class Backup(Replica):
    def test_out_and_back(self):
        identifier = self.add("name=Hall")
        copy = self.folder / "copy.db"
        self.call("backup", copy)
        self.call("edit", identifier, "name=Barn")
        self.add("name=Shed")
        done = self.run_program("restore", "--store", self.store, copy)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.names(), ["Hall"])
        (kept,) = [path for path in self.folder.iterdir() if f" {path}.\n" in done.stderr]
        self.assertEqual(sorted(self.names(store=kept)), ["Barn", "Shed"])

    def test_a_backup_is_a_store(self):
        self.add("name=Hall")
        self.call("backup", self.folder / "copy.db")
        self.assertEqual(self.names(store=self.folder / "copy.db"), ["Hall"])

    def test_restoring_where_nothing_is(self):
        self.add("name=Hall")
        self.call("backup", self.folder / "copy.db")
        other = self.folder / "new" / "store.db"
        self.call("restore", self.folder / "copy.db", store=other)
        self.assertEqual(self.names(store=other), ["Hall"])

    def test_what_is_refused(self):
        self.add("name=Hall")
        foreign = self.folder / "foreign.db"
        foreign.write_text("Dear diary\n" * 100, encoding="utf-8")
        self.refused("restore", foreign)
        self.assertIn("none.db", self.refused("restore", self.folder / "none.db"))
        self.refused("backup", self.folder / "missing" / "copy.db")
        self.refused("backup", self.store)
        self.assertIn("overwritten", self.refused("backup", foreign))
        self.assertTrue(foreign.read_text(encoding="utf-8").startswith("Dear diary"))
        self.assertEqual(self.names(), ["Hall"])

    def test_the_daily_backup(self):
        """The first change of a day makes one, beside the store; the second of that day does not."""
        identifier = self.add("name=Hall", now="2026-11-20T10:00:00Z")
        for day in ["20T11", "21T10", "21T11", "22T10"]:
            self.call("edit", identifier, f"summary=As of {day}", now=f"2026-11-{day}:00:00Z")
        backups = sorted((self.folder / "backups").iterdir())
        self.assertEqual([self.document(identifier, store=path).get("summary") for path in backups],
                         [None, "As of 20T11", "As of 21T11"])

    def test_a_damaged_store_is_kept_and_the_backup_offered(self):
        identifier = self.add("name=Hall", now="2026-11-20T10:00:00Z")
        self.call("edit", identifier, "summary=Fine", now="2026-11-21T10:00:00Z")
        damaged = self.store.read_bytes()[:100] + b"\xff" * 4000 + self.store.read_bytes()[4100:]
        self.store.write_bytes(damaged)
        words = self.refused("edit", identifier, "summary=x")
        self.assertIn("signpost restore", words)
        self.assertIn(str(self.folder / "backups"), words)
        self.assertEqual(self.store.read_bytes(), damaged)


class Sync(Replica):
    """Two laptops and a memory stick."""

    def setUp(self):
        super().setUp()
        self.other, self.stick = self.folder / "other.db", self.folder / "stick.db"

    def carry(self):
        for store in self.store, self.other, self.store:
            self.call("sync", self.stick, store=store)

    def test_both_agree(self):
        identifier = self.add("name=Hall", "summary=A hall")
        self.assertIn("1 change sent", self.call("sync", self.stick))
        self.assertIn("1 change received", self.call("sync", self.stick, store=self.other))
        self.call("edit", identifier, "summary=A warm hall")
        self.call("edit", identifier, "url=https://hall.example.org/", store=self.other)
        self.carry()
        document = self.document(identifier)
        self.assertEqual((document["summary"], document["url"]), ("A warm hall", "https://hall.example.org/"))
        self.assertEqual(self.stored(), self.stored(self.other))
        self.assertEqual(self.stored(), self.stored(self.stick))
        self.assertIn("0 changes received\n0 changes sent", self.call("sync", self.stick))

    def test_what_collides_waits_for_a_person(self):
        identifier = self.add("name=Hall")
        self.carry()
        self.call("edit", identifier, "name=Mine")
        self.call("edit", identifier, "name=Theirs", store=self.other)
        self.carry()
        self.call("resolve", identifier, "name=mine")
        self.carry()
        self.assertEqual(self.document(identifier, store=self.other)["name"], "Mine")
        self.assertEqual(self.stored(), self.stored(self.other))

    def test_erased_data_goes_everywhere(self):
        identifier = self.add("name=Hall", 'contacts:=[{"id":"c1","title":"Key","phone":"01632 960123"}]')
        self.carry()
        self.call("delete", "--erase", identifier)
        self.carry()
        for store in self.store, self.other, self.stick:
            self.assertNotIn(b"960123", store.read_bytes())

    def test_a_file_of_another_kind_is_left_alone(self):
        self.add("name=Hall")
        diary = self.folder / "diary.db"
        diary.write_text("Dear diary", encoding="utf-8")
        self.refused("sync", diary)
        self.assertEqual(diary.read_text(encoding="utf-8"), "Dear diary")
        self.refused("sync", self.store)
        self.refused("sync", "http://127.0.0.1:9/town")
        self.refused("sync", "https://jo:secret@town.example.org/town", status=2)

    def test_a_password_goes_nowhere_in_the_open(self):
        self.assertIn("https://", self.refused("sync", "--user", "jo", "http://town.example.org/town", status=2))
        self.refused("sync", "--user", "jo", "http://127.0.0.1:9/town")  # nobody is on the way; nobody is there either


if __name__ == "__main__":
    tap.main()
