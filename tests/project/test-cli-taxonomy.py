#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The categories and words of a partnership: from a file into the store, and from there into every search."""
import json

import signpost
import tap

COAST = {"type": "taxonomy",
         "headings": [{"code": "coast", "name": "The coast", "shape": "anchor", "colour": "navy"}],
         "categories": [{"code": "harbour", "name": "Harbour", "heading": "coast", "synonyms": ["marina"],
                         "needs": ["misses the boats"]},
                        {"code": "food-bank", "needs": ["the Friday bags"]}]}


class Taxonomy(signpost.Case):
    def setUp(self):
        super().setUp()
        self.add("name=Old Quay", "categories=harbour")
        self.add("name=Larder", "categories=food-bank")

    def read(self, document, *args):
        path = self.folder / "words.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return json.loads(self.call("import", "--json", *args, path))

    def names(self, *args):
        return [entry["name"] for entry in self.find(*args)]

    def test_words_of_a_partnership_are_understood(self):
        self.assertNotIn("Larder", self.names("the Friday bags"))
        report = self.read(COAST)
        self.assertEqual((report["read"], report["added"], report["errors"]), (1, 1, []))
        self.assertEqual(self.names("misses the boats"), ["Old Quay"])
        self.assertEqual(self.names("--category", "marina"), ["Old Quay"])
        self.assertEqual(self.names("the Friday bags"), ["Larder"])
        self.assertEqual(self.document("taxonomy:local")["headings"], COAST["headings"])

    def test_the_next_edition_and_undo(self):
        self.read(COAST)
        shorter = dict(COAST, categories=COAST["categories"][1:])
        report = self.read(shorter)
        self.assertEqual(report["updated"], 1)
        self.assertEqual(self.read(shorter, "--format", "taxonomy")["unchanged"], 1)
        self.assertNotIn("Old Quay", self.names("misses the boats"))
        self.call("undo", report["import"])
        self.assertEqual(self.names("misses the boats"), ["Old Quay"])

    def test_a_mistake_is_told_and_nothing_changes(self):
        path = self.folder / "words.json"
        for document, words in (({"type": "taxonomy", "categories": [{"code": "harbour", "name": "H", "heading": "nowhere"}]}, "code of a heading"),
                                ({"type": "asset", "name": "taxonomy", "categories": []}, "This is not a taxonomy")):
            path.write_text(json.dumps(document), encoding="utf-8")
            self.assertIn(words, self.refused("import", "--format", "taxonomy", path))
        self.assertNotIn("Old Quay", self.names("misses the boats"))


if __name__ == "__main__":
    tap.main()
