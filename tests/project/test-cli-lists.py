#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost import, export, report and undo."""
import json
import os
import re
import shutil
import subprocess
import unittest
import zipfile

import signpost
import tap

CLUBS = signpost.FIXTURES / "lunch-clubs.csv"  # semicolons, CRLF, Windows-1252, quotes, a cell of two lines
PLACES = signpost.FIXTURES / "places.geojson"  # two points of interest, one a polygon, and one without a name
WARDS = signpost.FIXTURES / "wards.geojson"    # a square, and a square with a hole


class Lists(signpost.Case):
    def read(self, *args, **options):
        return json.loads(self.call("import", "--json", *args, **options))


def without_history(documents):
    """What documents say, without who changed them when."""
    return {identifier: {name: value for name, value in document.items() if name not in ("_rev", "edit", "modified")}
            for identifier, document in documents.items()}


def workbook(path, *rows):
    """A spreadsheet of one sheet, with texts in its cells."""
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="Clubs" r:id="a"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels",
                         '<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return path


class Import(Lists):
    def test_a_workbook(self):
        path = workbook(self.folder / "clubs.xlsx", ["Our clubs"], ["Name", "Postcode"], ["Harbour Club", "CA15 8AB"], ["", "CA15 8AA"])
        report = self.read(path)
        self.assertEqual((report["read"], report["added"], report["skipped"]), (2, 1, 1))
        self.assertEqual([error["row"] for error in report["errors"]], [4])
        self.assertEqual(self.names(), ["Harbour Club"])
        self.assertEqual(self.read("--format", "xlsx", path)["unchanged"], 1)
        path.write_bytes(path.read_bytes()[:300])
        self.assertIn("clubs.xlsx", self.refused("import", path))

    def test_a_spreadsheet(self):
        report = self.read(CLUBS)
        self.assertEqual((report["read"], report["added"], report["updated"], report["unchanged"], report["skipped"]),
                         (4, 3, 0, 0, 1))
        self.assertRegex(report["import"], r"^[0-9a-f-]{36}$")
        self.assertEqual([error["row"] for error in report["errors"] if error["row"] == 5], [5])
        for error in report["errors"]:
            self.assertEqual(error["file"], str(CLUBS))
            self.assertTrue(error["message"])
        self.assertEqual(sorted(self.names()), ["Café Calm", "Harbour Lunch Club", "Somewhere Else"])
        (found,) = self.find("harbour")
        document = self.document(found["id"])
        self.assertEqual(document["address"]["postal_code"], "CA15 8AB")
        self.assertEqual((document["location"]["latitude"], document["location"]["longitude"]), (54.715, -3.5))
        self.assertEqual(document["contacts"][0]["phone"], "01632 960101")
        self.assertEqual(document["schedule_words"], "Thursdays, 12 to 2")
        self.assertEqual(document["source"]["original"]["Notes"], "Two courses\nand a pudding")

    def test_the_same_list_again_changes_nothing(self):
        self.read(CLUBS)
        before = self.stored()
        report = self.read(CLUBS, now="2026-12-24T10:00:00Z")
        self.assertEqual((report["added"], report["updated"], report["unchanged"], report["skipped"]), (0, 0, 3, 1))
        self.assertEqual(self.stored(), before)

    def test_two_laptops_make_the_same_entries(self):
        self.read(CLUBS)
        self.read(CLUBS, store=self.folder / "other.db")
        self.assertEqual(sorted(self.stored()), sorted(self.stored(store=self.folder / "other.db")))

    def test_a_correction_survives_the_next_edition(self):
        self.read(CLUBS)
        (found,) = self.find("harbour")
        self.call("edit", found["id"], "schedule_words=Fridays")
        edition = self.folder / "lunch-clubs.csv"
        edition.write_bytes(CLUBS.read_bytes().replace(b"Thursdays, 12 to 2", b"Thursdays, 1 to 3")
                            .replace(b"01632 960101", b"01632 960109"))
        report = self.read(edition)
        self.assertEqual((report["added"], report["updated"]), (0, 1))
        document = self.document(found["id"])
        self.assertEqual(document["schedule_words"], "Fridays")
        self.assertEqual(document["contacts"][0]["phone"], "01632 960109")

    def test_geojson(self):
        report = self.read(PLACES)
        self.assertEqual((report["read"], report["added"], report["skipped"]), (3, 2, 1))
        (park,) = self.find("park")
        self.assertAlmostEqual(park["latitude"], 54.71, delta=0.01)
        self.assertAlmostEqual(park["longitude"], -3.50, delta=0.01)

    def test_twins_are_seen(self):
        report = self.read(CLUBS, PLACES)
        self.assertEqual((report["read"], report["added"]), (7, 5))
        self.assertEqual(report["possible_duplicates"], 1)
        self.assertEqual(len(json.loads(self.call("check", "--json", status=1))["duplicates"]), 1)

    def test_areas(self):
        report = self.read("--format", "areas", WARDS)
        self.assertEqual((report["read"], report["added"], report["skipped"]), (2, 2, 0))
        for name, place in [("In Harbour", "54.7150,-3.5000"), ("In Ring", "54.6300,-3.3500"),
                            ("In the hole", "54.6600,-3.3650"), ("Outside", "54.9000,-3.5000")]:
            latitude, longitude = place.split(",")
            self.add(f"name={name}", f"location.latitude={latitude}", f"location.longitude={longitude}")
        self.assertEqual(self.names("--area", "harbour"), ["In Harbour"])
        self.assertEqual(self.names("--area", "Ring"), ["In Ring"])
        self.assertEqual(self.names("--area", "E05990002"), ["In Ring"])
        self.assertEqual(self.names("--box", "54.7,-3.6,54.8,-3.4"), ["In Harbour"])
        self.assertIn("SOUTH,WEST,NORTH,EAST", self.refused("find", "--box", "54.7,-3.6", status=2))

    def test_columns_by_hand(self):
        odd = self.folder / "odd.csv"
        odd.write_text("Wer|Wo|Ruf\nTea Dance|Wigan|01632 960111\n", encoding="utf-8")
        self.read("--map", "Wer=name", "--map", "Wo=address.city", "--map", "Ruf=contacts.1.phone", "--delimiter", "|", odd)
        (found,) = self.find()
        document = self.document(found["id"])
        self.assertEqual((document["name"], document["address"]["city"], document["contacts"][0]["phone"]),
                         ("Tea Dance", "Wigan", "01632 960111"))

    def test_the_next_edition(self):
        """What was said of columns is remembered; what is gone is named, and closed when asked for."""
        first, second = self.folder / "first.csv", self.folder / "second.csv"
        first.write_text("Wer,Ruf,Chair\nTEA DANCE,01632 960111,Jane Smith\nChess,,\nYoga,,\n", encoding="utf-8")
        second.write_text("Wer,Ruf,Chair\nTEA DANCE,01632 960112,Jane Smith\nChess,,\n", encoding="utf-8")
        self.assertIn("--map", self.refused("import", first))
        self.read("--map", "Wer=name", "--names", "leave-out", "--title-case", first)
        (dance,) = self.find("dance")
        self.assertEqual(dance["name"], "Tea Dance")
        self.assertNotIn("Jane", json.dumps(self.document(dance["id"])))
        report = self.read(second)
        self.assertEqual((report["added"], report["updated"], report["gone"], report["closed"]), (0, 1, 1, 0))
        self.assertEqual(sorted(self.names()), ["Chess", "Tea Dance", "Yoga"])
        self.assertNotIn("Jane", json.dumps(self.document(dance["id"])))
        report = self.read("--close-gone", second)
        self.assertEqual((report["unchanged"], report["gone"], report["closed"]), (2, 1, 1))
        self.assertEqual(sorted(self.names()), ["Chess", "Tea Dance"])
        self.call("undo", report["import"])
        self.assertEqual(sorted(self.names()), ["Chess", "Tea Dance", "Yoga"])
        self.assertIn("--names", self.refused("import", "--names", "some", first, status=2))

    def test_what_makes_an_entry_too_large(self):
        """It costs its row, not the import. What is escaped has twice the bytes, and a row stands in the entry twice."""
        first, second = self.folder / "first.csv", self.folder / "second.csv"
        first.write_text("Name,Description,Costs\nTea Dance," + "\\" * 220000 + ",\nChess,,\n", encoding="utf-8")
        second.write_text("Name,Description,Costs\nTea Dance,," + "\\" * 180000 + "\nChess,New,\nBowls,"
                          + "\\" * 280000 + ",\nYoga,,\n", encoding="utf-8")
        self.assertEqual(self.read(first)["added"], 2)
        before = self.stored()
        for trial in [["--dry-run"], []]:
            report = self.read(*trial, second)
            self.assertEqual((report["read"], report["added"], report["updated"], report["skipped"]), (4, 1, 1, 2))
            self.assertEqual([(error["file"], error["row"]) for error in report["errors"]], [(str(second), 2), (str(second), 4)])
            self.assertTrue(all("larger than 1 MiB" in error["message"] for error in report["errors"]))
        self.assertEqual(sorted(self.names()), ["Chess", "Tea Dance", "Yoga"])
        self.call("undo", report["import"])
        self.assertEqual(without_history(self.stored()), without_history(before))
        told = self.run_program("import", "--store", self.store, second).stderr
        self.assertIn("second.csv, row 2: with it the entry would be larger than 1 MiB", told)

    def test_what_was_corrected_is_not_closed(self):
        first, second = self.folder / "first.csv", self.folder / "second.csv"
        first.write_text("Name,Phone\nTea Dance,\nChess,\nYoga,\nBowls,\n", encoding="utf-8")
        second.write_text("Name,Phone\nTea Dance,\nChess,\n", encoding="utf-8")
        self.read(first)
        (yoga,) = self.find("yoga")
        self.call("edit", yoga["id"], "status=temporarily closed")
        report = self.read("--close-gone", second)
        self.assertEqual((report["gone"], report["closed"]), (2, 1))
        self.assertEqual([error["entry"] for error in report["errors"]], [yoga["id"]])
        self.assertIn("status", report["errors"][0]["message"])

    def test_what_a_list_does_not_publish(self):
        source = self.folder / "list.csv"
        source.write_text("Name,Published\nOpen Door,yes\nBack Room,no\n", encoding="utf-8")
        self.assertEqual(json.loads(self.call("import", "--json", source))["hidden"], 1)
        self.assertEqual(self.names(), ["Open Door"])
        self.assertEqual(self.names("--hidden"), ["Back Room"])
        self.assertNotIn("Back Room", self.call("export", "--hidden", "--mode", "public", "--format", "csv"))
        self.assertIn("Back Room", self.call("export", "--hidden", "--mode", "full", "--format", "csv"))

    def test_what_has_another_name_now_is_not_gone(self):
        first, second = self.folder / "first.csv", self.folder / "second.csv"
        rows = "Name,Postcode,Phone\nTea Dance,CA15 6AA,01632 960111\nChess,CA15 6AB,01632 960112\n"
        first.write_text(rows + "Maryport Yoga Group,CA15 8AB,01632 960113\n", encoding="utf-8")
        second.write_text(rows + "Maryport Yoga,CA15 8AB,01632 960113\n", encoding="utf-8")
        self.read(first)
        report = self.read("--close-gone", second)
        self.assertEqual((report["added"], report["possible_duplicates"], report["gone"]), (1, 1, 0))
        self.assertIn("Maryport Yoga Group", self.names())

    def test_a_column_that_is_not_there(self):
        odd = self.folder / "odd.csv"
        odd.write_text("Name,Place\nTea Dance,Wigan\n", encoding="utf-8")
        self.assertIn("wo", self.refused("import", "--map", "Wo=address.city", odd, status=2))

    def test_what_spreadsheets_write(self):
        """A line that names the delimiter, and a pair of degrees where an address might stand."""
        odd = self.folder / "odd.csv"
        odd.write_text("sep=;\nName;Location\nTea, cake;54.7150, -3.5000\nDance;1 High St., Wigan\n", encoding="utf-8")
        self.read(odd)
        entries = {entry["name"]: self.document(entry["id"]) for entry in self.find()}
        self.assertEqual(entries["Tea, cake"]["location"], {"latitude": 54.715, "longitude": -3.5})
        self.assertNotIn("address", entries["Tea, cake"])
        self.assertEqual(entries["Dance"]["address"], {"line_1": "1 High St., Wigan"})

    def test_a_dry_run_writes_nothing(self):
        report = self.read("--dry-run", CLUBS)
        self.assertEqual((report["import"], report["read"], report["added"], report["skipped"]), (None, 4, 3, 1))
        self.assertFalse(self.store.exists())
        self.add("name=Hall")
        before = self.stored()
        self.assertEqual(self.read("--dry-run", CLUBS)["added"], 3)
        self.assertEqual(self.stored(), before)
        self.assertEqual([path.name for path in self.folder.iterdir() if "store" not in path.name and path.name != "data"], [])

    def test_for_a_person(self):
        done = self.run_program("import", "--store", self.store, CLUBS)
        self.assertEqual(done.returncode, 0)
        self.assertIn("4 read: 3 added, 0 updated, 0 unchanged, 1 skipped\n", done.stdout)
        self.assertRegex(done.stdout, r"\nimport [0-9a-f-]{36}\n")
        self.assertIn(f"{CLUBS}, row 5: ", done.stderr)

    def test_progress_is_for_terminals(self):
        terminal, end = os.openpty()
        subprocess.run([signpost.PROGRAM, "import", "--store", self.store, CLUBS], stdout=subprocess.DEVNULL, stderr=end, check=True)
        os.close(end)
        shown = os.read(terminal, 100000).decode()
        os.close(terminal)
        self.assertIn("1 read", shown)
        self.assertIn("\r\033[K", shown)
        done = self.run_program("import", "--store", self.store, CLUBS)
        self.assertNotIn("1 read", done.stderr)

    def test_what_is_refused_changes_nothing(self):
        self.add("name=Hall")
        before = self.stored()
        broken = self.folder / "broken.geojson"
        broken.write_text(PLACES.read_text(encoding="utf-8")[:-40], encoding="utf-8")
        empty = self.folder / "empty.csv"
        empty.write_bytes(b"")
        for arguments, words in [([signpost.FIXTURES / "not-a-list.csv"], "not-a-list.csv"), ([broken], "broken"),
                                 ([empty], "empty"), ([self.folder / "none.csv"], "none.csv"), ([self.folder], "folder"),
                                 ([CLUBS, broken], "broken"), (["--format", "geojson", CLUBS], "lunch-clubs")]:
            with self.subTest(arguments):
                words = words if words != "folder" else self.folder.name
                self.assertIn(words, self.refused("import", *arguments))
                self.assertEqual(self.stored(), before)
        for arguments, words in [([], "FILE"), (["--delimiter", "ab", CLUBS], "--delimiter"),
                                 (["ftp://example.org/list.csv"], "https://")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("import", *arguments, status=2))

    def test_an_erased_entry_does_not_come_back(self):
        self.read(CLUBS)
        (found,) = self.find("harbour")
        self.call("delete", "--erase", found["id"])
        report = self.read(CLUBS)
        self.assertEqual((report["added"], report["unchanged"], report["skipped"]), (0, 2, 2))
        self.assertTrue(any("erased" in error["message"] for error in report["errors"]), report)
        self.assertNotIn("Harbour Lunch Club", self.names())


class Undo(Lists):
    def test_an_import_is_taken_back(self):
        self.add("name=Hall")
        before = self.stored()
        report = self.read(CLUBS)
        self.assertIn("3 entries", self.call("undo", report["import"]))
        self.assertEqual(self.stored(), before)
        self.assertEqual(self.read(CLUBS)["added"], 3)

    def test_a_later_edition_is_taken_back_to_the_one_before(self):
        self.read(CLUBS)
        before = [(entry["id"], entry["schedule_words"]) for entry in self.find("harbour")]
        edition = self.folder / "lunch-clubs.csv"
        edition.write_bytes(CLUBS.read_bytes().replace(b"Thursdays, 12 to 2", b"Saturdays"))
        self.call("undo", self.read(edition)["import"])
        self.assertEqual([(entry["id"], entry["schedule_words"]) for entry in self.find("harbour")], before)

    def test_what_was_edited_since_stays(self):
        report = self.read(CLUBS)
        (found,) = self.find("harbour")
        self.call("edit", found["id"], "summary=Our favourite")
        done = self.run_program("undo", "--store", self.store, report["import"])
        self.assertEqual(done.returncode, 0)
        self.assertIn(found["id"], done.stderr)
        self.assertEqual(self.names(), ["Harbour Lunch Club"])

    def test_what_is_not_there(self):
        report = self.read(CLUBS)
        self.assertIn("no-such-import", self.refused("undo", "no-such-import"))
        self.call("undo", report["import"])
        self.refused("undo", report["import"])


class Export(Lists):
    def test_out_and_in_again_is_lossless(self):
        self.call("sample")
        before = self.stored()
        assets = {key: document for key, document in before.items() if document["type"] == "asset"}
        self.assertGreater(len(assets), 150)
        for document in assets.values():
            document.pop("_rev")
        for form in ["csv", "xlsx", "kml"]:
            with self.subTest(form):
                path = self.folder / f"all.{form}"
                self.call("export", "--format", form, "--output", path)
                other = self.folder / f"{form}.db"
                report = self.read(path, store=other)
                self.assertEqual((report["skipped"], report["errors"]), (0, []))
                after = self.stored(store=other)
                self.assertEqual(sorted(after), sorted(key for key, document in assets.items()
                                                       if document.get("status") not in ("inactive", "defunct")))
                for key, copy in after.items():
                    copy.pop("_rev")
                    self.assertEqual(copy, assets[key])

    def test_into_the_store_that_wrote_it_changes_nothing(self):
        self.call("sample")
        before = self.stored()
        for form in ["csv", "xlsx"]:
            with self.subTest(form):
                self.call("export", "--format", form, "--output", self.folder / f"all.{form}")
                report = self.read(self.folder / f"all.{form}")
                self.assertEqual((report["added"], report["updated"], report["skipped"]), (0, 0, 0))
                self.assertEqual(self.stored(), before)

    def test_geojson_of_a_search(self):
        self.call("sample")
        out = json.loads(self.call("export", "--format", "geojson", "--near", "Wigan", "--within", "5km", "food"))
        self.assertEqual(out["type"], "FeatureCollection")
        self.assertEqual([feature["id"] for feature in out["features"]],
                         [entry["id"] for entry in self.find("--near", "Wigan", "--within", "5km", "food")])

    def test_the_public_list_holds_nothing_that_is_not_public(self):
        self.add("name=Hall", "contacts.1.phone=01632 960001", "contacts.1.visible_to=members",
                 "contacts.2.phone=01632 960002", "contacts.2.visible_to=public",
                 'funding:=[{"id": "f1", "source": "Lottery"}]')
        for form in ["csv", "geojson", "kml", "vcard", "html"]:
            with self.subTest(form):
                out = self.call("export", "--format", form, "--mode", "public")
                self.assertIn("01632 960002", out)
                self.assertNotIn("01632 960001", out)
                self.assertIn("01632 960001", self.call("export", "--format", form))
                self.assertEqual("Lottery" in self.call("export", "--format", form), form not in ("vcard", "html"))

    def test_what_nobody_checked_is_not_for_the_public(self):
        self.add("name=Hall", "kind=place", "url=https://example.org/", 'checked:={"contact": {"on": "2020-01-01"}}')
        self.add("name=Choir", "kind=group")
        public = self.run_program("export", "--store", self.store, "--format", "html", "--mode", "public")
        self.assertNotIn("Hall", public.stdout)
        self.assertIn("1 entry that nobody has checked for too long", public.stdout)
        self.assertIn("1 entry that nobody has checked for too long", public.stderr)
        self.assertIn("Hall", self.call("export", "--format", "csv", "--mode", "public", "--stale"))

    def test_a_calendar_knows_the_venue(self):
        hall = self.add("name=Hall", "kind=place", "address.postal_code=CA15 6AA", "location.latitude=54.7143", "location.longitude=-3.4947")
        self.add("name=Choir", "kind=group", f"venue={hall}",
                 'schedules:=[{"id": "s1", "freq": "weekly", "byday": "TU", "opens_at": "19:30", "closes_at": "21:00"}]')
        out = self.call("export", "--format", "ics")
        self.assertIn("LOCATION:Hall\\, CA15 6AA", out)
        self.assertIn("GEO:54.7143;-3.4947", out)
        self.assertIn("RRULE:FREQ=WEEKLY;BYDAY=TU", out)

    def test_a_file_appears_complete_or_not_at_all(self):
        self.add("name=Hall")
        target = self.folder / "list.csv"
        target.write_text("precious", encoding="utf-8")
        self.refused("export", "--format", "csv", "--area", "Nowhere", "--output", target)
        self.assertEqual(target.read_text(encoding="utf-8"), "precious")
        self.call("export", "--format", "csv", "--output", target)
        self.assertIn("Hall", target.read_text(encoding="utf-8"))
        self.assertIn("missing", self.refused("export", "--format", "csv", "--output", self.folder / "missing" / "x.csv"))

    def test_what_is_refused(self):
        self.add("name=Hall")
        for arguments, words in [([], "--format"), (["--format", "doc"], "doc"), (["--format", "csv", "--mode", "x"], "--mode")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("export", *arguments, status=2))


class InABrowser(Lists):
    """The web page as a browser has it; what is written is tested in tests/test-html.c."""

    @unittest.skipUnless(shutil.which("chromium"), "Chromium is not installed")
    def test_the_search_of_a_page(self):
        self.call("sample")
        page, driven = self.folder / "page.html", self.folder / "driven.html"
        self.call("export", "--format", "html", "--mode", "public", "--output", page)
        html = page.read_text(encoding="utf-8")
        driven.write_text(html.replace('<input id="words"', '<input id="words" value="lunch"'), encoding="utf-8") # no script but its own may run
        before, after = self.entries_shown(page), self.entries_shown(driven)
        self.assertGreater(len(before), 100)
        self.assertGreater(len(after), 1)
        self.assertLess(len(after), len(before) / 5)
        for name, words in after.items():
            self.assertIn("lunch", words.lower(), name)

    def entries_shown(self, page):
        """Name → words of the entries that are not hidden once the scripts of the page have run."""
        call = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder / 'profile'}",
                "--virtual-time-budget=2000", "--dump-dom", page.as_uri()]
        dom = subprocess.run(call, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout
        entries = re.findall(r"<article([^>]*)>(.*?)</article>", dom, re.S)
        shown = [html for attributes, html in entries if not re.search(r"\bhidden\b", attributes)]
        return {re.search(r"<h3[^>]*>(.*?)</h3>", html, re.S).group(1): re.sub(r"<[^>]*>", " ", html) for html in shown}


class Report(Lists):
    """What is on the pages is tested in tests/test-report.c."""

    def info(self, path):
        return subprocess.run(["pdfinfo", path], capture_output=True, encoding="utf-8", check=True).stdout

    def text(self, path):
        return subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout

    def test_the_list_of_a_search(self):
        self.call("sample")
        target = self.folder / "list.pdf"
        self.call("report", "--kind", "list", "--near", "Maryport", "--within", "5km", "--mode", "full", "--output", target)
        subprocess.run(["qpdf", "--check", target], capture_output=True, check=True)
        self.assertIn("Tagged:          yes", self.info(target))
        pages = self.text(target)
        self.assertIn("Near Maryport, Cumbria, within 5 km", pages)
        found = self.find("--near", "Maryport", "--within", "5km")
        self.assertIn(f"{len(found)} entries", pages)
        words = " ".join(pages.split())
        for entry in found:
            self.assertIn(entry["name"], words)

    def test_kind_is_a_filter_too(self):
        self.add("name=Hall", "kind=place")
        self.add("name=Choir", "kind=group")
        target = self.folder / "list.pdf"
        self.call("report", "--kind=list", "--kind", "group", "--output", target)
        self.assertIn("Choir", self.text(target))
        self.assertNotIn("Hall", self.text(target))

    def test_a_sheet_of_given_entries(self):
        identifiers = [self.add(f"name=Club {i}") for i in range(7)]
        target = self.folder / "sheet.pdf"
        self.call("report", "--kind", "signposting", "--large-print", "--output", target, *identifiers[:6])
        self.assertLess(self.text(target).index("1. Club 0"), self.text(target).index("6. Club 5"))
        self.assertIn("7", self.refused("report", "--kind", "signposting", "--output", target, *identifiers, status=2))
        self.assertIn("ID", self.refused("report", "--kind", "signposting", "--output", target, status=2))

    def test_a_list_by_area(self):
        self.call("sample")
        target = self.folder / "areas.pdf"
        for by in ("area", "drawn"):
            self.call("report", "--kind", "list", "--by", by, "--title", "For the winter", "--without", "map,summary,checks", "--output", target)
            words = " ".join(self.text(target).split())
            self.assertTrue(words.startswith("For the winter Everything"), words[:80])
            self.assertNotIn("Map:", words)
            self.assertNotIn("To be checked", words)
            self.assertLess(words.index("Maryport and Ellenborough"), words.index("In no area"))
        self.assertIn("drawn", self.refused("report", "--kind", "list", "--by", "moon", "--output", target, status=2))

    def test_areas_in_a_spreadsheet(self):
        self.call("sample")
        target = self.folder / "list.xlsx"
        self.call("export", "--format", "xlsx", "--output", target)
        with zipfile.ZipFile(target) as book:
            summary = book.read("xl/worksheets/sheet2.xml").decode()
        self.assertLess(summary.index("Maryport and Ellenborough"), summary.index("In no area"))

    def test_what_is_refused(self):
        self.add("name=Hall")
        self.assertIn("areas", self.refused("report", "--kind", "list", "--by", "area", "--output", "x.pdf", status=2))
        self.assertIn("poster", self.refused("report", "--kind", "list", "--without", "map,poster", "--output", "x.pdf", status=2))
        for arguments, words in [(["--output", "x.pdf"], "--kind"), (["--kind", "list"], "--output"),
                                 (["--kind", "poster", "--output", "x.pdf"], "“poster” is neither list nor signposting"),
                                 (["--kind", "list", "--kind=poster", "--output", "x.pdf"], "“poster” is neither"),
                                 (["--kind", "list", "--mode", "x", "--output", "x.pdf"], "--mode")]:
            with self.subTest(arguments):
                self.assertIn(words, self.refused("report", *arguments, status=2))
        self.assertIn("missing", self.refused("report", "--kind", "list", "--output", self.folder / "missing" / "x.pdf"))
        self.assertIn("asset:none", self.refused("report", "--kind", "list", "--output", "x.pdf", "asset:none"))
        self.assertFalse((self.folder / "x.pdf").exists())


if __name__ == "__main__":
    tap.main()
