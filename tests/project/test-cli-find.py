#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost find: each filter on a handful of entries whose answers can be worked out by hand."""
import json
import pathlib
import shutil
import tempfile

import signpost
import tap

# A degree of latitude is 111.195 km on the sphere that distances are measured on: 0.009 degrees are 1,001 m.
SOUTH_QUAY = (54.7150, -3.5000)
ENTRIES = {
    "Maryport Men's Shed": [
        "kind=group", "categories=mens-group", "location.latitude=54.7150", "location.longitude=-3.5000",
        "location.accuracy=exact",
        "address.city=Maryport", "address.postal_code=CA15 8AB", "free=yes", "eligibility.minimum_age=18",
        "eligibility.maximum_age=99", "schedule_words=Tuesdays 10 to 12", "checked.times.on=2026-10-01",
        "checked.times.how=phone", "accessibility.tags=wheelchair,accessible-toilet", "languages=en",
        'schedules:=[{"id": "s1", "freq": "weekly", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}]',
        "volunteering.wanted=yes"],
    "Harbour Lunch Club": [
        "kind=service", "categories=lunch-club", "location.latitude=54.7240", "location.longitude=-3.5000",
        "address.city=Maryport", "free=no", 'costs:=[{"id": "k1", "amount": 4.5, "currency": "GBP"}]',
        "eligibility.minimum_age=60", "schedule_words=Thursdays 12 to 2", "checked.times.on=2026-01-10",
        'schedules:=[{"id": "s1", "freq": "weekly", "byday": "TH", "opens_at": "12:00", "closes_at": "14:00"}]',
        "availability.state=full", "languages=en,cy"],
    "Beacon Hall": [
        "kind=place", "categories=village-hall", "location.latitude=54.7420", "location.longitude=-3.5000",
        "building.capacity=120", "building.crisis_roles=rest centre, warm space", "accessibility.tags=wheelchair"],
    "Derwent Drop-in": [
        "kind=service", "categories=befriending", "location.latitude=54.6640", "location.longitude=-3.3640",
        "address.city=Cockermouth", "free=yes", "status=temporarily closed", "notice.text=Closed after flooding",
        'schedules:=[{"id": "s1", "freq": "weekly", "byday": "TU,TH", "opens_at": "13:30", "closes_at": "16:00"}]'],
    "Old Ferry Club": ["kind=group", "categories=social-club", "status=defunct", "location.latitude=54.7150",
                       "location.longitude=-3.5000"],
    "Phone Friends": ["kind=service", "categories=befriending", "summary=A friendly call every week for lonely people",
                      "free=yes"],
}
CURRENT = ["Beacon Hall", "Derwent Drop-in", "Harbour Lunch Club", "Maryport Men's Shed", "Phone Friends"]


class Find(signpost.Case):
    @classmethod
    def setUpClass(cls):
        cls.pattern = pathlib.Path(tempfile.mkdtemp(), "store.db")
        case = cls("setUp")
        case.setUp()
        case.store = cls.pattern
        for name, arguments in ENTRIES.items():
            case.add(f"name={name}", *arguments)
        case.doCleanups()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.pattern.parent)

    def setUp(self):
        super().setUp()
        if hasattr(self, "pattern"):
            self.store = self.pattern

    def found(self, *args):
        return sorted(self.names(*args))

    def test_everything_current(self):
        self.assertEqual(self.found(), CURRENT)

    def test_each_filter(self):
        shed, lunch, hall, dropin, phone = ("Maryport Men's Shed", "Harbour Lunch Club", "Beacon Hall",
                                            "Derwent Drop-in", "Phone Friends")
        for arguments, expected in [
                (["--kind", "group"], [shed]), (["--kind", "place", "--kind", "group"], [hall, shed]),
                (["--category", "befriending"], [dropin, phone]), (["--category", "lunch-club"], [lunch]),
                (["--day", "tue"], [dropin, shed]), (["--day", "Thursday"], [dropin, lunch]),
                (["--day", "wed"], []), (["--day", "tue", "--time", "11:00"], [shed]),
                (["--day", "tue", "--time", "14:00"], [dropin]), (["--day", "tue", "--time", "12:30"], []),
                (["--free"], [dropin, shed, phone]), (["--free", "--day", "tue"], [dropin, shed]),
                (["--cost-at-most", "5"], [dropin, lunch, shed, phone]),
                (["--cost-at-most", "4"], [dropin, shed, phone]),
                (["--access", "wheelchair"], [hall, shed]),
                (["--access", "wheelchair", "--access", "accessible-toilet"], [shed]),
                (["--language", "cy"], [lunch]), (["--crisis", "rest centre"], [hall]), (["--crisis", "food hub"], []),
                (["--capacity", "120"], [hall]), (["--capacity", "121"], []), (["--volunteers"], [shed]),
                (["--status", "defunct"], ["Old Ferry Club"]), (["--status", "temporarily closed"], [dropin])]:
            with self.subTest(arguments):
                self.assertEqual(self.found(*arguments), sorted(expected))

    def test_a_category_that_only_an_entry_knows(self):
        self.store = self.folder / "other.db"
        self.add("name=Well", "categories=holy-well")
        self.assertEqual(self.found("--category", "holy-well"), ["Well"])

    def test_what_the_entry_does_not_say_itself(self):
        """Its position is that of its venue, its times are put into words."""
        self.store = self.folder / "other.db"
        hall = self.add("name=Hall", "kind=place", "location.latitude=54.7150", "location.longitude=-3.5000")
        self.add("name=Club", "kind=group", f"venue={hall}",
                 'schedules:=[{"freq": "weekly", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}]')
        (club,) = self.find("club", "--near", "54.7150,-3.5000")
        self.assertEqual((club["latitude"], club["longitude"], club["distance_m"]), (54.715, -3.5, 0))
        self.assertEqual(club["schedule_words"], "Every Tuesday, 10 to 12")
        self.assertIn("Every Tuesday, 10 to 12", self.call("find", "club"))

    def test_past_midnight(self):
        """Friday night from 10 to 2 goes on on Saturday, and is not there in the small hours of Friday."""
        self.store = self.folder / "other.db"
        self.add("name=Night Café",
                 'schedules:=[{"freq": "weekly", "byday": "FR", "opens_at": "22:00", "closes_at": "02:00"}]')
        for day, time, expected in [("fri", "23:00", 1), ("sat", "01:00", 1), ("fri", "01:00", 0), ("sat", "02:00", 0),
                                    ("sat", "23:00", 0), ("thu", "23:00", 0)]:
            with self.subTest((day, time)):
                self.assertEqual(len(self.found("--day", day, "--time", time)), expected)
        self.assertEqual(self.found("--time", "01:00"), ["Night Café"])
        self.assertEqual(self.found("--day", "sat"), [])

    def test_age(self):
        """What says nothing about age is for everybody."""
        for age, left_out in [("17", ["Harbour Lunch Club", "Maryport Men's Shed"]), ("18", ["Harbour Lunch Club"]),
                              ("60", []), ("100", ["Maryport Men's Shed"])]:
            with self.subTest(age):
                self.assertEqual(self.found("--age", age), [name for name in CURRENT if name not in left_out])

    def test_available_leaves_out_what_is_full(self):
        self.assertEqual(self.found("--available"), [name for name in CURRENT if name != "Harbour Lunch Club"])

    def test_words(self):
        self.assertEqual(self.found("lunch"), ["Harbour Lunch Club"])
        self.assertEqual(self.found("lun"), ["Harbour Lunch Club"])
        self.assertEqual(self.found("shed", "maryport"), ["Maryport Men's Shed"])
        self.assertEqual(self.found("MARYPORT", "lunch"), ["Harbour Lunch Club"])
        self.assertIn("Phone Friends", self.found("lonely"))
        self.assertEqual(self.found("zebra"), [])

    def test_some_of_the_words(self):
        """A person is told that they are not all there; a script could not know, and gets nothing."""
        done = self.run_program("find", "--store", self.store, "lunch", "zebra")
        self.assertIn("Harbour Lunch Club", done.stdout)
        self.assertIn("some of them", done.stderr)
        self.assertEqual(self.found("lunch", "zebra"), [])
        self.assertNotIn("Harbour", self.call("export", "--format", "csv", "lunch", "zebra"))

    def test_needs(self):
        self.assertIn("Phone Friends", self.found("--need", "lonely"))
        self.assertNotIn("Beacon Hall", self.found("--need", "lonely"))

    def test_near(self):
        """Nearest first; 0.009 degrees north is 1,001 m, 0.027 degrees 3,002 m."""
        near = f"{SOUTH_QUAY[0]},{SOUTH_QUAY[1]}"
        found = self.find("--near", near, "--within", "3.1km")
        self.assertEqual([(entry["name"], entry["distance_m"]) for entry in found],
                         [("Maryport Men's Shed", 0), ("Harbour Lunch Club", 1001), ("Beacon Hall", 3002)])
        self.assertEqual(self.names("--near", near, "--within", "3km"), ["Maryport Men's Shed", "Harbour Lunch Club"])
        self.assertEqual(self.names("--near", near, "--within", "500m"), ["Maryport Men's Shed"])
        self.assertEqual(self.names("--near", near, "--within", "2mi"),
                         ["Maryport Men's Shed", "Harbour Lunch Club", "Beacon Hall"])

    def test_near_a_name(self):
        self.assertEqual(set(self.names("--near", "Maryport", "--within", "5km")),
                         {"Maryport Men's Shed", "Harbour Lunch Club", "Beacon Hall"})
        self.assertEqual(self.names("--near", "cockermouth", "--within", "2km"), ["Derwent Drop-in"])

    def test_near_a_postcode_that_an_entry_taught(self):
        self.assertEqual(self.names("--near", "ca158ab", "--within", "100m"), ["Maryport Men's Shed"])

    def test_an_ambiguous_place(self):
        words = self.refused("find", "--near", "Newport", status=2)
        self.assertGreater(words.count("Newport"), 2)

    def test_an_unknown_place(self):
        self.assertIn("Xyzzy", self.refused("find", "--near", "Xyzzy"))
        self.assertIn("Narnia", self.refused("find", "--area", "Narnia"))

    def test_stale(self):
        """A service's times are due after 3 months: 2026-04-10, a group's after 6: 2027-04-01."""
        stale = self.found("--stale")
        self.assertIn("Harbour Lunch Club", stale)

    def test_the_shape_of_json(self):
        (entry,) = self.find("shed", "--near", "54.7240,-3.5000", "--limit", "1")
        self.assertRegex(entry.pop("id"), r"^asset:[0-9a-f-]{36}$")
        self.assertEqual(entry, {
            "kind": "group", "name": "Maryport Men's Shed", "categories": ["mens-group"], "latitude": 54.7150,
            "longitude": -3.5, "distance_m": 1001, "status": "active", "schedule_words": "Tuesdays 10 to 12",
            "checked": {"times": {"on": "2026-10-01", "due": "2027-04-01"}}})
        (entry,) = self.find("friendly")
        self.assertEqual(sorted(entry), ["categories", "checked", "id", "kind", "name", "status"])
        self.assertEqual(json.loads(self.call("find", "--json", "zebra")), [])

    def test_for_a_person(self):
        done = self.run_program("find", "--store", self.store, "--near", "54.7240,-3.5000", "shed")
        self.assertEqual(done.returncode, 0)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "Maryport Men's Shed")
        self.assertEqual(lines[1], "  group · Men's shed or group")
        self.assertEqual(lines[2], "  Maryport · CA15 8AB · 1.0 km")
        self.assertEqual(lines[3], "  Tuesdays 10 to 12")
        self.assertEqual(lines[4], "  times checked 7 weeks ago by phone")
        self.assertRegex(lines[5], r"^  asset:")
        self.assertIn("1 found", done.stderr)
        self.assertIn("Closed after flooding", self.call("find", "derwent"))
        self.assertIn("temporarily closed", self.call("find", "derwent"))
        done = self.run_program("find", "--store", self.store, "zebra")
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("Nothing found", done.stderr)

    def test_limit(self):
        self.assertEqual(len(self.find("--limit", "2")), 2)
        self.assertEqual(len(self.find()), 5)
        self.assertIn("2 of 5", self.run_program("find", "--store", self.store, "--limit", "2").stderr)

    def test_what_is_refused(self):
        for arguments, words in [
                (["--within", "3km"], "--near"), (["--near", "Maryport", "--within", "3"], "--within"),
                (["--near", "Maryport", "--within", "far"], "far"), (["--kind", "pub"], "pub"),
                (["--day", "someday"], "someday"), (["--time", "25:00"], "25:00"), (["--age", "old"], "old"),
                (["--cost-at-most", "-1"], "-1"), (["--capacity", "many"], "many"), (["--status", "gone"], "gone"),
                (["--limit", "0"], "--limit"), (["--limit", "few"], "few"), (["--near"], "--near"),
                (["--near", "99,99"], "earth"), (["--category", "zzz"], "zzz"), (["--category", "befriendin"], "Befriending")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("find", *arguments, status=2))


if __name__ == "__main__":
    tap.main()
