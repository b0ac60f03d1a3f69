#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost sample, and what find says about it compared with the same questions asked of its files in Python."""
import json
import math
import pathlib
import shutil
import tempfile

import signpost
import tap

MARYPORT = (54.7144, -3.4963)
WIGAN = (53.5451, -2.6325)


def distance(a, b):
    """Metres between two positions, by the haversine formula on a sphere of 6,371,008.7714 m."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, position) for position in (a, b))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371008.7714 * math.asin(math.sqrt(chord))


def position(asset):
    place = asset.get("location", {})
    return (place["latitude"], place["longitude"]) if "latitude" in place else None


def near(place, metres):
    return lambda asset: position(asset) is not None and distance(place, position(asset)) <= metres


def tagged(path, *words):
    member, _, part = path.partition(".")
    return lambda asset: set(words) <= set((asset.get(member, {}).get(part, []) if part else asset.get(member, [])))


def fits_age(years):
    def fits(asset):
        who = asset.get("eligibility", {})
        return who.get("minimum_age", 0) <= years <= who.get("maximum_age", 999)
    return fits


class Sample(signpost.Case):
    @classmethod
    def setUpClass(cls):
        cls.pattern = pathlib.Path(tempfile.mkdtemp(), "store.db")
        case = cls("setUp")
        case.setUp()
        case.store = cls.pattern
        cls.message = case.call("sample")
        case.doCleanups()
        documents = [document for path in sorted((signpost.ROOT / "data" / "sample").glob("*.json"))
                     for document in json.loads(path.read_text(encoding="utf-8"))]
        cls.everything = {document["_id"]: document for document in documents}
        cls.assets = {key: document for key, document in cls.everything.items() if document["type"] == "asset"}
        cls.current = {key: document for key, document in cls.assets.items()
                       if document.get("status", "active") in ("active", "temporarily closed")}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.pattern.parent)

    def setUp(self):
        super().setUp()
        if hasattr(self, "pattern"):
            self.store = self.pattern

    def test_all_of_it_is_there(self):
        self.assertGreaterEqual(len(self.assets), 150)
        self.assertEqual(self.message, f"{len(self.assets)} entries added\n")
        for key in list(self.everything)[::17]:
            document = self.document(key)
            document.pop("_rev")
            self.assertEqual(document, self.everything[key])

    def test_only_an_empty_store_is_filled(self):
        self.assertIn("not empty", self.refused("sample"))
        self.assertEqual(len(self.find()), len(self.current))
        other = self.folder / "other.db"
        self.call("add", "name=Hall", store=other)
        self.assertIn("not empty", self.refused("sample", store=other))
        self.assertEqual(self.names(store=other), ["Hall"])

    def test_filters_agree_with_the_files(self):
        at = lambda place: f"{place[0]},{place[1]}"
        questions = [
            ([], lambda asset: True),
            (["--near", at(MARYPORT), "--within", "3km"], near(MARYPORT, 3000)),
            (["--near", at(WIGAN), "--within", "1mi"], near(WIGAN, 1609.344)),
            (["--near", at(WIGAN), "--within", "40km"], near(WIGAN, 40000)),
            (["--kind", "place"], lambda asset: asset["kind"] == "place"),
            (["--kind", "group", "--kind", "place"], lambda asset: asset["kind"] in ("group", "place")),
            (["--category", "food-bank"], tagged("categories", "food-bank")),
            (["--category", "lunch-club", "--category", "food-bank"],
             lambda asset: {"lunch-club", "food-bank"} & set(asset["categories"])),
            (["--access", "wheelchair"], tagged("accessibility.tags", "wheelchair")),
            (["--access", "wheelchair", "--access", "hearing-loop"],
             tagged("accessibility.tags", "wheelchair", "hearing-loop")),
            (["--crisis", "warm space"], tagged("building.crisis_roles", "warm space")),
            (["--capacity", "100"], lambda asset: asset.get("building", {}).get("capacity", 0) >= 100),
            (["--volunteers"], lambda asset: asset.get("volunteering", {}).get("wanted", False)),
            (["--available"], lambda asset: asset.get("availability", {}).get("state", "open") == "open"),
            (["--age", "16"], fits_age(16)), (["--age", "70"], fits_age(70)),
            (["--status", "temporarily closed"], lambda asset: asset.get("status") == "temporarily closed"),
            (["--free", "--kind", "service", "--near", at(MARYPORT), "--within", "20km"],
             lambda asset: asset.get("free") is True and asset["kind"] == "service" and near(MARYPORT, 20000)(asset)),
        ]
        for arguments, fits in questions:
            with self.subTest(arguments):
                expected = {key for key, asset in self.current.items() if fits(asset)}
                self.assertEqual({entry["id"] for entry in self.find(*arguments)}, expected)
                self.assertGreater(len(expected), 0)

    def test_the_nearest_first(self):
        found = self.find("--near", f"{MARYPORT[0]},{MARYPORT[1]}", "--within", "10km")
        self.assertGreater(len(found), 30)
        for entry in found:
            self.assertAlmostEqual(entry["distance_m"], distance(MARYPORT, position(self.assets[entry["id"]])), delta=1)
        distances = [entry["distance_m"] for entry in found]
        self.assertEqual(distances, sorted(distances))

    def test_areas_of_the_sample(self):
        """An entry in the middle of Maryport is inside its area, one in Wigan is not."""
        found = self.find("--area", "Maryport and Ellenborough")
        self.assertGreater(len(found), 20)
        for entry in found:
            self.assertLess(distance(MARYPORT, (entry["latitude"], entry["longitude"])), 4000)
        inside = {entry["id"] for entry in found}
        self.assertEqual({entry["id"] for entry in self.find("--near", "54.7130,-3.4900", "--within", "300m")} - inside, set())

    def test_what_a_person_says_leads_to_what_exists(self):
        for words, categories in [("lonely", {"befriending", "phone-friend", "coffee-morning", "social-club", "lunch-club"}),
                                  ("can't pay the heating", {"energy-advice", "warm-space", "hardship-grant"}),
                                  ("my mum has dementia", {"dementia-support", "reminiscence", "carers-support"})]:
            with self.subTest(words):
                found = self.find("--need", words)
                self.assertGreater(len(found), 0)
                for entry in found[:3]:
                    self.assertTrue(categories & set(entry["categories"]), entry)

    def test_dates_of_checks(self):
        for entry in self.find():
            clocks = self.assets[entry["id"]].get("checked", {})
            self.assertEqual({group: clock["on"] for group, clock in entry["checked"].items()},
                             {group: clock["on"] for group, clock in clocks.items()})
            for clock in entry["checked"].values():
                self.assertGreater(clock["due"], clock["on"])

    def test_it_asks_for_attention(self):
        """Some of it is stale and some of it double, so that check has something to show."""
        report = json.loads(self.call("check", "--json", status=1))
        self.assertEqual(report["problems"], [])
        self.assertEqual(report["conflicts"], [])
        self.assertGreater(len(report["stale"]), 0)
        self.assertGreater(len(report["duplicates"]), 0)

    def test_a_rebuilt_projection_answers_the_same(self):
        before = self.call("find", "--json", "--near", "Wigan")
        shutil.copy(self.pattern, self.folder / "copy.db")
        self.call("check", "--rebuild", "--json", status=1, store=self.folder / "copy.db")
        self.assertEqual(self.call("find", "--json", "--near", "Wigan", store=self.folder / "copy.db"), before)


if __name__ == "__main__":
    tap.main()
