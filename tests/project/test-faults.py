#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost sync over a bad line, against a server that is killed, and after a backup: in the end all agree, or the
program says what failed and goes on from there the next time."""
import sqlite3

import signpost
import tap
import town


class Faults(signpost.Case):
    def setUp(self):
        super().setUp()
        self.server = town.Server()
        self.addCleanup(lambda: self.assertEqual(self.server.stop(), 0))
        self.stores = [self.folder / "one.db", self.folder / "two.db"]

    def make_proxy(self, seed=1):
        proxy = town.Proxy(self.server, seed)
        self.addCleanup(proxy.stop)
        return proxy

    def try_sync(self, store, proxy):
        """Whether it went well; if not, it says why."""
        done = self.run_program("sync", "--store", store, "--user", town.NAME, proxy.address,
                                env={"SIGNPOST_PASSWORD": town.PASSWORD}, timeout=120)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        if done.returncode == 1:
            self.assertRegex(done.stderr, r"(?m)^signpost sync: .*\w")
        self.said = done.stderr
        return done.returncode == 0

    def sync(self, store, proxy):
        self.assertTrue(self.try_sync(store, proxy), self.said)

    def documents(self, store):
        return {identifier: body for identifier, body in self.stored(store).items() if identifier.startswith("asset:")}

    def leaves(self, store):
        """Every leaf of every document, with its body."""
        query = "SELECT doc.id, rev.gen || '-' || rev.hash, rev.deleted, rev.body FROM doc JOIN rev ON rev.doc = doc.n WHERE rev.leaf"
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
            return sorted(row for row in database.execute(query) if not row[0].startswith("_design/"))

    def assert_agree(self):
        first = self.leaves(self.stores[0])
        self.assertEqual(first, self.leaves(self.stores[1]))
        self.assertEqual(first, self.leaves(self.server.store()))
        return first

    def fill(self, store, count, prefix):
        rows = "".join(f"{prefix}{i},Hall {prefix} {i},CA15 6AA\n" for i in range(count))
        path = self.folder / f"{prefix}.csv"
        path.write_text("id,name,postcode\n" + rows, encoding="utf-8")
        self.call("import", path, store=store)


class Chance(Faults):
    def run_schedule(self, seed):
        proxy = self.make_proxy(seed)
        shared = [self.add(f"name=Shared {i}", store=self.stores[0]) for i in range(6)]
        self.fill(self.stores[0], 25, "one")
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        proxy.rate = 0.3
        for turn in range(4):
            self.call("edit", shared[turn], f"summary=One {turn}", store=self.stores[0])
            self.call("edit", shared[turn], f"url=https://example.org/{turn}", store=self.stores[1])
            self.fill(self.stores[1], 8, f"two{turn}")
            self.try_sync(self.stores[turn % 2], proxy)
            self.try_sync(self.stores[1 - turn % 2], proxy)
        self.call("delete", shared[5], store=self.stores[1])
        self.try_sync(self.stores[1], proxy)
        proxy.rate = 0.0
        for store in (*self.stores, *self.stores):
            self.sync(store, proxy)
        self.assert_agree()
        documents = self.documents(self.stores[0])
        self.assertEqual(len(documents), 5 + 25 + 4 * 8)
        for turn in range(4):
            self.assertEqual(documents[shared[turn]]["summary"], f"One {turn}")
            self.assertEqual(documents[shared[turn]]["url"], f"https://example.org/{turn}")
        self.assertGreater(sum(proxy.counts[fault] for fault in town.FAULTS), 5)

    def test_first_seed(self):
        self.run_schedule(1)

    def test_second_seed(self):
        self.run_schedule(2)

    def test_third_seed(self):
        self.run_schedule(3)


class OneFault(Faults):
    """Each fault at each request of a sync that has something to pull and something to push."""

    def test_each_fault_at_each_request(self):
        proxy = self.make_proxy()
        self.fill(self.stores[0], 5, "one")
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        proxy.requests.clear()
        self.sync(self.stores[1], proxy)
        most = len(proxy.requests) + 2
        for at in range(most):
            fault = town.FAULTS[at % len(town.FAULTS)]
            with self.subTest(fault=fault, at=at):
                self.add(f"name=First {at}", store=self.stores[0])
                self.sync(self.stores[0], proxy)
                self.add(f"name=Second {at}", store=self.stores[1])
                proxy.plan = ["nothing"] * at + [fault]
                self.try_sync(self.stores[1], proxy)
                proxy.plan = []
        for store in (self.stores[1], self.stores[0]):
            self.sync(store, proxy)
        self.assertEqual(len(self.assert_agree()), 5 + 2 * most)


class Checkpoints(Faults):
    def test_it_goes_on_from_where_it_was(self):
        proxy = self.make_proxy()
        self.fill(self.stores[0], 30, "one")
        self.sync(self.stores[0], proxy)
        self.add("name=Later", store=self.stores[0])
        proxy.plan = ["nothing"] * 4 + ["cut"] * 60
        self.assertFalse(self.try_sync(self.stores[0], proxy))
        proxy.plan = []
        proxy.requests.clear()
        self.sync(self.stores[0], proxy)
        feeds = [path for _, path in proxy.requests if "_changes" in path]
        self.assertTrue(feeds)
        for path in feeds:
            self.assertNotRegex(path, r"since=0(&|$)")
        self.assertEqual(len([path for _, path in proxy.requests if "_bulk_docs" in path]), 1)
        self.sync(self.stores[1], proxy)
        self.assert_agree()

    def test_a_server_that_stays_away(self):
        proxy = self.make_proxy()
        self.fill(self.stores[0], 3, "one")
        proxy.rate = 1.0
        town.FAULTS, faults = ["cut"], town.FAULTS
        try:
            self.assertFalse(self.try_sync(self.stores[0], proxy))
        finally:
            town.FAULTS = faults
        proxy.rate = 0.0
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        self.assertEqual(len(self.assert_agree()), 3)


class Backups(Faults):
    def test_a_laptop_restored_from_a_backup(self):
        proxy = self.make_proxy()
        first = self.add("name=Before", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.call("backup", self.folder / "backup.db", store=self.stores[0])
        self.call("edit", first, "summary=After the backup", store=self.stores[0])
        lost = self.add("name=After the backup, synced", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        other = self.add("name=Of the other", store=self.stores[1])
        self.sync(self.stores[1], proxy)
        self.call("restore", self.folder / "backup.db", store=self.stores[0])
        self.assertNotIn(lost, self.documents(self.stores[0]))
        again = [self.add(f"name=After the restore {i}", store=self.stores[0]) for i in range(8)]
        for store in (*self.stores, *self.stores):
            self.sync(store, proxy)
        self.assert_agree()
        documents = self.documents(self.stores[1])
        self.assertEqual(set(documents), {first, lost, other, *again})
        self.assertEqual(documents[first]["summary"], "After the backup")

    def test_a_server_restored_from_its_files(self):
        """The folder is put back as it was: clients that are ahead of it bring back what it lost."""
        proxy = self.make_proxy()
        first = self.add("name=Before", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        self.server.stop()
        store = self.server.store()
        copy = store.read_bytes()
        self.server.start()
        second = self.add("name=After", store=self.stores[0])
        self.call("edit", first, "summary=After", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.server.stop()
        store.unlink()
        store.write_bytes(copy)
        self.server.start()
        third = [self.add(f"name=Last {i}", store=self.stores[1]) for i in range(6)]
        for one in (*self.stores[::-1], *self.stores[::-1]):
            self.sync(one, proxy)
        self.assert_agree()
        self.assertEqual(set(self.documents(self.stores[1])), {first, second, *third})

    def test_two_copies_of_one_store(self):
        proxy = self.make_proxy()
        first = self.add("name=Before", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.stores[1].write_bytes(self.stores[0].read_bytes())
        mine = [self.add(f"name=Mine {i}", store=self.stores[0]) for i in range(3)]
        theirs = [self.add(f"name=Theirs {i}", store=self.stores[1]) for i in range(5)]
        for store in (*self.stores, *self.stores):
            self.sync(store, proxy)
        self.assert_agree()
        self.assertEqual(set(self.documents(self.stores[0])), {first, *mine, *theirs})


class Erasure(Faults):
    def test_what_was_erased_is_nowhere(self):
        proxy = self.make_proxy()
        first = self.add("name=Hall", "contacts:=[{\"id\":\"c1\",\"name\":\"zqxjbrenda\"}]", store=self.stores[0])
        self.sync(self.stores[0], proxy)
        self.sync(self.stores[1], proxy)
        self.call("edit", first, "summary=Of the other", store=self.stores[1])
        self.call("delete", "--erase=contacts", first, store=self.stores[0])
        for store in (*self.stores, *self.stores):
            self.sync(store, proxy)
        self.assert_agree()
        self.assertEqual(self.documents(self.stores[0])[first]["summary"], "Of the other")
        self.server.stop()
        store = self.server.store()
        for path in (*self.folder.glob("*.db*"), *store.parent.glob(store.name + "*")):
            self.assertNotIn(b"zqxjbrenda", path.read_bytes(), path)
        self.server.start()


if __name__ == "__main__":
    tap.main()
