#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Open Referral UK through the program: files, folders, and feeds of a server on this machine."""
import csv
import http.server
import json
import threading
import urllib.parse

import signpost
import tap


def service(number, **members):
    """A service as directories publish it; invented."""
    return {"id": f"5f0c1d6e-0c52-4f1f-9d39-{number:012x}", "name": f"Club {number}", "status": "active",
            "description": f"What club {number} does.", "last_modified": "2026-11-01T10:00:00Z",
            "contacts": [{"id": f"6f0c1d6e-0c52-4f1f-9d39-{number:012x}", "phones": [{"id": "x", "number": f"01632 960{100 + number}"}]}],
            "service_at_locations": [{"id": "y", "location": {
                "id": "z", "location_type": "physical", "latitude": 54.7 + number / 1000, "longitude": -3.5}}], **members}


class Feed(http.server.BaseHTTPRequestHandler):
    """/services by pages of three; what a test puts into `pages` instead is answered as it is."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Nothing."""

    def do_GET(self):
        state = self.server.state
        address = urllib.parse.urlparse(self.path)
        query = urllib.parse.parse_qs(address.query)
        state["asked"].append(self.path)
        number = int(query.get("page", ["1"])[0])
        if address.path == "/list.csv":
            self.answer(200, "text/csv", b"Name,Postcode\nHarbour Hall,CA15 8AB\n")
        elif address.path != "/services":
            self.answer(404, "text/plain", b"")
        elif number in state["pages"]:
            self.answer(*state["pages"][number])
        else:
            entries = state["services"]
            part = entries[(number - 1) * 3:number * 3]
            total = max(1, (len(entries) + 2) // 3)
            self.answer(200, "application/json", json.dumps({
                "total_items": len(entries), "total_pages": total, "page_number": number, "size": len(part),
                "first_page": number == 1, "last_page": number == total, "empty": not part, "contents": part}).encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Case(signpost.Case):
    def read(self, *args, **options):
        return json.loads(self.call("import", "--json", *args, env=self.env(), **options))

    def env(self):
        return {"XDG_CACHE_HOME": str(self.folder / "cache"), "GIO_USE_PROXY_RESOLVER": "dummy"}

    def rows(self, store):
        path = self.folder / "list.csv"
        self.call("export", "--format", "csv", "--output", path, store=store)
        with open(path, encoding="utf-8-sig", newline="") as file:
            return {row["_id"]: {name: text for name, text in row.items() if text} for row in csv.DictReader(file)}


class Files(Case):
    def test_from_csv_through_a_store_and_back(self):
        first, second, third = (self.folder / f"{name}.db" for name in ("first", "second", "third"))
        self.call("sample", store=first)
        rows = self.rows(first)
        text = (self.folder / "list.csv").read_bytes()
        self.assertGreater(len(rows), 100)
        self.call("import", self.folder / "list.csv", store=second)
        page = self.folder / "feed.json"
        self.call("export", "--format", "oruk", "--output", page, store=second)
        report = json.loads(self.call("import", "--json", page, store=third))
        self.assertEqual((report["added"], report["skipped"], report["errors"]), (len(rows), 0, []))
        self.assertEqual(self.rows(third), rows)
        self.assertEqual((self.folder / "list.csv").read_bytes(), text)
        again = json.loads(self.call("import", "--json", page, store=third))
        self.assertEqual((again["unchanged"], again["gone"]), (len(rows), 0))

    def test_a_folder(self):
        self.call("sample")
        folder = self.folder / "feed"
        self.call("export", "--format", "oruk", "--output", folder)
        pages = sorted((folder / "services").glob("page-*.json"))
        found = []
        for number, path in enumerate(pages, 1):
            page = json.loads(path.read_text(encoding="utf-8"))
            self.assertEqual((page["page_number"], page["total_pages"], page["last_page"]), (number, len(pages), number == len(pages)))
            self.assertEqual(page["size"], len(page["contents"]))
            found += page["contents"]
        self.assertEqual(len(found), page["total_items"])
        by_id = {entry["id"]: entry for entry in found}
        run = [entry for entry in found if entry.get("organization_id") in by_id and entry["organization_id"] != entry["id"]]
        self.assertGreater(len(run), 5)
        for entry in run:
            self.assertEqual(entry["organization"]["name"], by_id[entry["organization_id"]]["name"])
        for entry in found:
            self.assertEqual(json.loads((folder / "services" / f"{entry['id']}.json").read_text(encoding="utf-8")), entry)
        place = json.loads((folder / "service_at_locations" / "page-1.json").read_text(encoding="utf-8"))["contents"][0]
        self.assertEqual(json.loads((folder / "service_at_locations" / f"{place['id']}.json").read_text(encoding="utf-8")), place)
        self.assertIn(place["service"]["id"], [entry["id"] for entry in found])
        self.assertEqual(self.rows(self.store), self.taken_in(pages))
        self.assertEqual(self.rows(self.store), self.taken_in([folder]))
        self.assertIn("already", self.refused("export", "--format", "oruk", "--output", folder))
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith(".feed")], [])

    def taken_in(self, pages):
        other = self.folder / "other.db"
        self.call("import", *pages, store=other)
        rows = self.rows(other)
        other.unlink()
        return rows

    def test_a_folder_of_something_else(self):
        (self.folder / "lists" / "services").mkdir(parents=True)
        (self.folder / "lists" / "services" / "list.csv").write_text("name\nHall\n", encoding="utf-8")
        self.assertIn("is a folder", self.refused("import", self.folder / "lists"))
        self.assertFalse(self.store.exists())

    def test_an_empty_list(self):
        self.add("name=Hall", "kind=place")
        self.call("export", "--format", "oruk", "--output", self.folder / "none", "nothing-is-called-this")
        page = json.loads((self.folder / "none" / "services" / "page-1.json").read_text(encoding="utf-8"))
        self.assertEqual((page["contents"], page["empty"], page["total_items"]), ([], True, 0))


class Feeds(Case):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
        self.server.state = self.state = {"services": [service(number) for number in range(1, 8)], "pages": {}, "asked": []}
        thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.base}/services?key=secret"

    def test_the_next_edition(self):
        report = self.read(self.url)
        self.assertEqual((report["read"], report["added"]), (7, 7))
        self.assertEqual(len(self.state["asked"]), 3)
        document = self.document(self.find("Club 3")[0]["id"])
        self.assertEqual(document["source"]["feed"], f"{self.base}/services")
        self.assertEqual(document["contacts"][0]["phone"], "01632 960103")
        self.assertFalse(list((self.folder / "cache" / "signpost" / "feeds").iterdir()), "nothing is kept")

        entries = self.state["services"]
        entries[0]["description"] = "Something else."
        del entries[6]
        entries.append(service(9))
        report = self.read("--close-gone", self.url)
        self.assertEqual((report["added"], report["updated"], report["unchanged"], report["gone"], report["closed"]), (1, 1, 5, 1, 1))
        self.assertEqual(self.names("--status", "inactive"), ["Club 7"])

    def test_it_goes_on_where_it_broke_off(self):
        self.state["pages"][3] = (503, "text/plain", b"")
        self.assertIn("busy", self.refused("import", self.url, env=self.env()))
        self.state["pages"].clear()
        self.state["asked"].clear()
        self.assertEqual(self.read(self.url)["added"], 7)
        self.assertEqual([path for path in self.state["asked"] if "page=2" in path], [])

    def test_bad_feeds(self):
        deep = b"[" * 100000 + b"]" * 100000
        for answer, word in [((200, "text/html", b"<html>Log in</html>"), "text/html"), ((404, "text/plain", b""), "404"),
                             ((200, "application/json", b'{"contents":'), "page 2"),
                             ((200, "application/json", b'{"total_items":7,"total_pages":3,"x":' + deep + b',"contents":[]}'), "page 2"),
                             ((200, "application/json", json.dumps({"total_items": 7, "total_pages": 3, "contents": self.state["services"][:3]}).encode()),
                              "again and again"),
                             ((200, "application/json", json.dumps({"total_items": 8, "total_pages": 3, "contents": []}).encode()), "changes")]:
            with self.subTest(word):
                self.state["pages"][2] = answer
                self.assertIn(word, self.refused("import", self.url, env=self.env()))
        self.assertFalse(self.store.exists(), "nothing was written")

    def test_other_lists(self):
        self.assertEqual(self.read(f"{self.base}/list.csv?key=secret")["added"], 1)
        document = self.document(self.find("harbour")[0]["id"])
        self.assertEqual(document["source"]["feed"], f"{self.base}/list.csv")
        self.state["pages"][1] = (200, "text/html", b"<!DOCTYPE html><html></html>")
        message = self.refused("import", self.url, env=self.env())
        self.assertIn("web page", message)
        self.assertNotIn("secret", message)
        self.assertIn("404", self.refused("import", f"{self.base}/nothing", env=self.env()))


if __name__ == "__main__":
    tap.main()
