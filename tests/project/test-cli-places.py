#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Published lists of postcodes and places, and entries that are not on the map yet."""
import json
import zipfile

import signpost
import tap

CODE_POINT = ('"CA15 8AB",10,303700,536600,"E92000001","E19000001","E18000002","","E07000026","E05014171"\n'
              '"CA15 8AD",10,303800,536700,"E92000001","E19000001","E18000002","","E07000026","E05014171"\n'
              '"CA14 1ZZ",90,0,0,"E92000001","","","","",""\n')
OPEN_NAMES = ("osgb4000000074550001,http://x,Netherby Cross,,,,populatedPlace,Village,303700,536600,4000,250000,,,,,CA15,,,,,,,,"
              "Cumberland,,,North West,,England,,,,\n")
LIST = "Name,Postcode\nHarbour Club,CA15 8AB\nHill Club,CA15 8ZZ\nFar Club,LA1 1AA\nOther Club,\n"


class Places(signpost.Case):
    def read(self, *args, **options):
        return json.loads(self.call("import", "--json", *args, **options))

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def unplaced(self):
        return sorted(entry["name"] for entry in self.find("--unplaced"))

    def location(self, name):
        (found,) = (entry for entry in self.find() if entry["name"] == name)
        return self.document(found["id"]).get("location")


class Published(Places):
    def test_postcodes(self):
        path = self.file("ca.csv", CODE_POINT)
        report = self.read(path)
        self.assertEqual((report["read"], report["added"], report["skipped"], report["errors"]), (3, 2, 1, []))
        self.assertEqual(self.read("--format", "code-point-open", path)["unchanged"], 2)
        self.add("name=Hall", "location.latitude=54.7152", "location.longitude=-3.4958")
        (found,) = self.find("--near", "CA15 8AB", "--within", "1km")
        self.assertLess(found["distance_m"], 100)

    def test_places_in_an_archive(self):
        path = self.folder / "names.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Doc/licence.txt", "free")
            archive.writestr("Data/NY02.csv", OPEN_NAMES)
        self.assertEqual(self.read(path)["added"], 1)
        self.add("name=Hall", "location.latitude=54.7152", "location.longitude=-3.4958")
        self.assertEqual(len(self.find("--near", "netherby cross", "--within", "1km")), 1)

    def test_for_a_person(self):
        done = self.run_program("import", "--store", self.store, self.file("ca.csv", CODE_POINT))
        self.assertIn("3 read: 2 added, 0 updated, 0 unchanged, 1 skipped\n2 of them are postcodes and places", done.stdout)

    def test_what_is_not_what_it_says(self):
        self.assertIn("This is not the ONS Postcode Directory", self.refused("import", "--format", "onspd", self.file("ca.csv", CODE_POINT)))
        self.assertFalse(self.store.exists())

    def test_a_dry_run_learns_nothing(self):
        path = self.file("ca.csv", CODE_POINT)
        self.add("name=Hall", "location.latitude=54.7152", "location.longitude=-3.4958")
        self.assertEqual(self.read("--dry-run", path)["added"], 2)
        self.assertIn("CA15 8AB", self.refused("find", "--near", "CA15 8AB"))


class Joined(Places):
    def test_rows_of_one_entry(self):
        path = self.file("services.csv", "import_id,import_id_reference,name,contact_phone,contact_visible\n"
                         "1,,Hub,01632 960101,TRUE\n2,1,,01632 960102,FALSE\n3,,Next Door,,\n4,9,,01632 960103,\n")
        report = self.read(path)
        self.assertEqual((report["read"], report["added"], report["skipped"], report["joined"]), (3, 2, 1, 1))
        self.assertEqual([error["row"] for error in report["errors"]], [5])
        (hub,) = self.find("hub")
        contacts = self.document(hub["id"])["contacts"]
        self.assertEqual([contact.get("visible_to") for contact in contacts], [None, "members"])
        self.assertNotIn("960102", self.call("export", "--format", "csv", "--mode", "public"))
        self.assertEqual(self.read(path)["unchanged"], 2)
        self.assertIn("1 more row was joined", self.call("import", path))


class Unplaced(Places):
    def test_by_imported_postcodes(self):
        first = self.read(self.file("list.csv", LIST))
        self.assertEqual((first["placed"], first["approximate"], first["unplaced"]), (0, 0, 4))
        self.assertEqual(self.unplaced(), ["Far Club", "Harbour Club", "Hill Club", "Other Club"])
        second = self.read(self.file("ca.csv", CODE_POINT))
        self.assertEqual((second["placed"], second["approximate"], second["unplaced"]), (2, 1, 2))
        self.assertEqual(self.unplaced(), ["Far Club", "Other Club"])
        self.assertEqual(self.location("Harbour Club")["accuracy"], "postcode")
        self.assertAlmostEqual(self.location("Harbour Club")["latitude"], 54.7152, 2)
        self.assertEqual(self.location("Hill Club")["accuracy"], "area")
        self.assertIn('"area"', self.call("export", "--format", "geojson"))
        self.assertIn(",area,", self.call("export", "--format", "csv"))
        check = json.loads(self.call("check", "--json", status=1))
        self.assertEqual(check["unplaced"], 2)
        self.call("undo", second["import"])
        self.assertEqual(len(self.unplaced()), 4)

    def test_what_is_known_better_later(self):
        self.read(self.file("ca.csv", CODE_POINT), self.file("list.csv", LIST))
        self.assertEqual(self.location("Hill Club")["accuracy"], "area")
        self.read(self.file("more.csv", CODE_POINT.replace("CA15 8AD", "CA15 8ZZ")))
        self.assertEqual(self.location("Hill Club")["accuracy"], "postcode")
        self.assertEqual(self.read(self.file("list.csv", LIST))["unchanged"], 4)

    def test_by_other_entries_of_the_list(self):
        text = "Name,Postcode,Latitude,Longitude\nClub,CA15 8AB,,\nHall,CA15 8AB,54.715,-3.5\n"
        report = self.read(self.file("list.csv", text))
        self.assertEqual((report["placed"], report["unplaced"]), (1, 0))
        self.assertEqual(self.location("Club"), {"latitude": 54.715, "longitude": -3.5, "accuracy": "postcode"})
        self.assertNotIn("accuracy", self.location("Hall"))

    def test_a_postcode_that_changes(self):
        text = "Id,Name,Postcode\n1,Harbour Club,CA15 8AB\n"
        self.read(self.file("ca.csv", CODE_POINT), self.file("list.csv", text))
        before = self.location("Harbour Club")
        self.read(self.file("list.csv", text.replace("CA15 8AB", "CA15 8AD")))
        self.assertNotEqual(self.location("Harbour Club"), before)
        self.assertEqual(self.location("Harbour Club")["accuracy"], "postcode")

    def test_what_a_person_placed_stays(self):
        self.read(self.file("list.csv", LIST))
        (found,) = self.find("far")
        self.call("edit", found["id"], "location.latitude=54.05", "location.longitude=-2.8", "location.accuracy=area")
        self.read(self.file("la.csv", CODE_POINT.replace("CA15 8AB", "LA1 1AA")))
        self.assertEqual(self.location("Far Club"), {"latitude": 54.05, "longitude": -2.8, "accuracy": "area"})

    def test_what_a_person_entered_waits_for_a_person(self):
        self.add("name=By Hand", "address.postal_code=CA15 8AB")
        self.assertEqual(self.read(self.file("ca.csv", CODE_POINT))["placed"], 0)
        self.assertEqual(self.unplaced(), ["By Hand"])


if __name__ == "__main__":
    tap.main()
