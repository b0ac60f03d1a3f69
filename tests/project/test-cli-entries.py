#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost add, show, edit and delete."""
import signpost
import tap


class Add(signpost.Case):
    def test_the_least(self):
        identifier = self.add("name=Village Hall")
        self.assertRegex(identifier, r"^asset:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        document = self.document(identifier)
        self.assertRegex(document["_rev"], r"^1-[0-9a-f]{32}$")
        self.assertEqual((document["_id"], document["type"], document["schema"], document["name"]),
                         (identifier, "asset", 1, "Village Hall"))
        self.assertEqual(document["created"]["on"], signpost.NOW)
        self.assertEqual(document["modified"], document["created"])

    def test_values_of_every_kind(self):
        document = self.document(self.add(
            "name=Men's Shed", "kind=group", "categories=mens-group, craft-group", "free=yes", "location.latitude=54.7143",
            "location.longitude=-3.4947", "building.capacity=120", "contacts.1.phone=01632 960001",
            "contacts.1.title=Bookings", "contacts.2.email=shed@example.org", 'eligibility:={"minimum_age": 55}',
            "checked.times.on=2026-10-01", "schedule_words=Tuesdays = good days"))
        self.assertEqual(document["categories"], ["mens-group", "craft-group"])
        self.assertIs(document["free"], True)
        self.assertEqual(document["location"], {"latitude": 54.7143, "longitude": -3.4947})
        self.assertEqual(document["building"], {"capacity": 120})
        first, second = document["contacts"]
        self.assertEqual((first.pop("phone"), first.pop("title")), ("01632 960001", "Bookings"))
        self.assertEqual(second.pop("email"), "shed@example.org")
        self.assertEqual([list(first), list(second)], [["id"], ["id"]])
        self.assertNotEqual(first["id"], second["id"])
        self.assertEqual(document["eligibility"], {"minimum_age": 55})
        self.assertEqual(document["checked"], {"times": {"on": "2026-10-01"}})
        self.assertEqual(document["schedule_words"], "Tuesdays = good days")

    def test_two_entries_have_two_ids(self):
        self.assertNotEqual(self.add("name=Hall"), self.add("name=Hall"))

    def test_what_is_refused(self):
        for arguments, words in [
                (["kind=place"], "name"), (["name=x", "kind=pub"], "pub"), (["name=x", "colour=red"], "colour"),
                (["name=x", "name"], "FIELD=VALUE"), (["name=x", "=y"], "FIELD=VALUE"),
                (["name=x", "location.latitude=91"], "latitude"), (["name=x", "free=perhaps"], "perhaps"),
                (["name=x", "building.capacity=1.5"], "whole"), (["name=x", "costs=5"], "parts"),
                (["name=x", "contacts:=[{]"], "contacts"), (["name=x", "free:=1"], "free"),
                (["name=x", "_id=asset:1"], "_id"), (["name=x", "edit:=[]"], "edit"), (["name=x", "type=area"], "type"),
                (["name=x", "contacts.3.phone=1"], "contacts"), (["name=x", "notice.from=tomorrow"], "tomorrow"),
                (["name=x", 'notice:={"text": "a", "text": "b"}'], "notice"), ([], "FIELD=VALUE")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("add", *arguments, status=2))
        self.assertFalse(self.store.exists())


class Show(signpost.Case):
    def test_for_a_person(self):
        identifier = self.add("name=Men's Shed", "kind=group", "categories=mens-group,craft-group", "free=yes",
                              "address.city=Maryport", "contacts.1.phone=01632 960001", "contacts.2.phone=01632 960002")
        text = self.call("show", identifier)
        for line in ["name: Men's Shed", "kind: group", "categories: mens-group, craft-group", "free: yes", "address:",
                     "  town or village: Maryport", "contacts:", "    telephone: 01632 960001",
                     "    telephone: 01632 960002", f"id: {identifier}"]:
            self.assertIn(line + "\n", text)
        self.assertNotIn("schema", text)

    def test_what_is_not_there(self):
        self.add("name=Hall")
        self.assertIn("asset:none", self.refused("show", "asset:none"))
        self.assertIn("ID", self.refused("show", status=2))
        self.assertIn("two", self.refused("show", "one", "two", status=2))


class Edit(signpost.Case):
    def test_only_what_is_named_changes(self):
        identifier = self.add("name=Hall", "free=yes", "address.city=Wigan", "address.postal_code=WN1 1AA")
        before = self.document(identifier)
        later = "2026-12-01T09:00:00Z"
        self.call("edit", identifier, "address.city=Maryport", "summary=A hall", "free=", now=later)
        after = self.document(identifier)
        self.assertRegex(after["_rev"], r"^2-")
        self.assertEqual(after["address"], {"city": "Maryport", "postal_code": "WN1 1AA"})
        self.assertEqual(after["summary"], "A hall")
        self.assertNotIn("free", after)
        self.assertEqual(after["created"], before["created"])
        self.assertEqual(after["modified"]["on"], later)
        self.assertEqual(after["edit"][0]["from"], before["_rev"])
        self.assertEqual(after["edit"][0]["was"], {"address": before["address"], "summary": None, "free": True})

    def test_the_same_again_writes_nothing(self):
        identifier = self.add("name=Hall", "free=yes")
        before = self.document(identifier)
        self.call("edit", identifier, "free=yes", "name=Hall")
        self.assertEqual(self.document(identifier), before)

    def test_items_of_a_list(self):
        identifier = self.add("name=Hall", "contacts.1.phone=01632 960001", "contacts.2.phone=01632 960002")
        second = self.document(identifier)["contacts"][1]["id"]
        self.call("edit", identifier, f"contacts.{second}.phone=01632 960003", "contacts.1.phone=")
        self.assertEqual(self.document(identifier)["contacts"], [{"id": second, "phone": "01632 960003"}])

    def test_items_given_as_json_get_ids(self):
        """A merge goes by them; those that have one keep it."""
        identifier = self.add("name=Hall", 'contacts:=[{"phone": "01632 960001"}, {"id": "c2", "phone": "01632 960002"}]')
        first, second = self.document(identifier)["contacts"]
        self.assertRegex(first["id"], "^i[0-9a-f]{7}$")
        self.assertEqual(second["id"], "c2")
        self.call("edit", identifier, 'costs:=[{"amount": 2}]')
        self.assertIn("id", self.document(identifier)["costs"][0])

    def test_items_are_counted_as_they_were_before(self):
        identifier = self.add("name=Hall", *[f"contacts.{i}.phone=01632 96000{i}" for i in (1, 2, 3)])
        contacts = self.document(identifier)["contacts"]
        self.call("edit", identifier, "contacts.1=", "contacts.2.phone=", "contacts.3.title=Bookings")
        self.assertEqual(self.document(identifier)["contacts"], [{**contacts[2], "title": "Bookings"}])

    def test_items_counted_from_0(self):
        identifier = self.add("name=Hall", "contacts.0.phone=01632 960000", "contacts.0.title=Office",
                              "contacts.1.phone=01632 960001")
        self.assertEqual([contact["phone"] for contact in self.document(identifier)["contacts"]],
                         ["01632 960000", "01632 960001"])
        self.call("edit", identifier, "contacts.0.phone=01632 960009")
        self.assertEqual(self.document(identifier)["contacts"][0]["phone"], "01632 960009")
        self.assertIn("contacts.5", self.refused("edit", identifier, "contacts.0.title=x", "contacts.5.phone=1", status=2))

    def test_a_clock_is_set_by_confirming_only(self):
        identifier = self.add("name=Hall", "schedule_words=Tuesdays", "checked.times.on=2026-01-01")
        self.call("edit", identifier, "schedule_words=Wednesdays")
        self.assertEqual(self.document(identifier)["checked"], {"times": {"on": "2026-01-01"}})
        self.call("edit", identifier, "checked.times.on=2026-11-22", "checked.times.how=phone")
        self.assertEqual(self.document(identifier)["checked"], {"times": {"on": "2026-11-22", "how": "phone"}})

    def test_what_is_refused_changes_nothing(self):
        identifier = self.add("name=Hall")
        before = self.document(identifier)
        for arguments, words in [(["name="], "name"), (["name=Barn", "kind=pub"], "pub"), ([], "FIELD=VALUE")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("edit", identifier, *arguments, status=2))
        self.assertIn("asset:none", self.refused("edit", "asset:none", "name=x"))
        self.assertEqual(self.document(identifier), before)


class Delete(signpost.Case):
    def test_a_deleted_entry_is_gone(self):
        identifier = self.add("name=Hall")
        other = self.add("name=Barn")
        self.call("delete", identifier)
        self.assertIn("deleted", self.refused("show", identifier))
        self.assertIn("deleted", self.refused("edit", identifier, "name=x"))
        self.assertIn("deleted", self.refused("delete", identifier))
        self.assertEqual(self.names(), ["Barn"])
        self.document(other)

    def test_an_erased_entry_leaves_no_trace(self):
        identifier = self.add("name=Quixotic Hall", "contacts.1.name=Pemberton")
        self.call("edit", identifier, "contacts.1.name=Featherstonehaugh")
        self.call("delete", "--erase", identifier)
        self.refused("show", identifier)
        held = b"".join(path.read_bytes() for path in self.folder.glob("store.db*"))
        for trace in [b"Quixotic", b"Pemberton", b"Featherstonehaugh", b"quixot", b"pemberton"]:
            self.assertNotIn(trace, held)

    def test_a_deleted_entry_can_still_be_erased(self):
        identifier = self.add("name=Quixotic Hall", "contacts.1.name=Pemberton")
        self.call("delete", identifier)
        self.call("delete", "--erase", identifier)
        self.call("delete", "--erase", identifier)
        held = b"".join(path.read_bytes() for path in self.folder.glob("store.db*"))
        for trace in [b"Quixotic", b"Pemberton", b"quixot", b"pemberton"]:
            self.assertNotIn(trace, held)

    def test_erased_members_go_and_the_rest_stays(self):
        identifier = self.add("name=Hall", "contacts.1.name=Pemberton", "url=https://example.org/")
        self.call("edit", identifier, "contacts.1.name=Featherstonehaugh")
        self.call("delete", "--erase=contacts", identifier)
        document = self.document(identifier)
        self.assertEqual((document["name"], document["url"]), ("Hall", "https://example.org/"))
        self.assertNotIn("contacts", document)
        held = b"".join(path.read_bytes() for path in self.folder.glob("store.db*"))
        for trace in [b"Pemberton", b"Featherstonehaugh"]:
            self.assertNotIn(trace, held)

    def test_what_is_refused(self):
        identifier = self.add("name=Hall")
        self.assertIn("asset:none", self.refused("delete", "asset:none"))
        self.assertIn("colour", self.refused("delete", "--erase=colour", identifier, status=2))
        self.assertIn("name", self.refused("delete", "--erase=name", identifier, status=2))
        self.document(identifier)


if __name__ == "__main__":
    tap.main()
