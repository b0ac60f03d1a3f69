#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost sync with the server: once and live, what is refused, a wrong password, an authority of one's own."""
import json
import os
import signal
import subprocess
import time

import signpost
import tap

SERVER = os.environ["SIGNPOST_SERVER"]
PATIENCE = 60  # seconds before a test gives up


class Server(signpost.Case):
    """A server with a town, of which ann is an editor and con a contributor. Their passwords are their names."""

    def setUp(self):
        super().setUp()
        self.data = self.folder / "data"
        self.run_server("create", "--data", self.data, "town")
        for name, role in [("ann", "editor"), ("con", "contributor")]:
            self.run_server("user", "add", "--data", self.data, "--database", "town", name, role, input=name + "\n")
        self.start_server()

    def run_server(self, *args, **options):
        subprocess.run([SERVER, *map(str, args)], check=True, encoding="utf-8", stdout=subprocess.PIPE, **options)

    def start_server(self, port=0):
        self.server = subprocess.Popen([SERVER, "--data", self.data, "--listen", f"127.0.0.1:{port}"],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        self.addCleanup(self.stop, self.server)
        self.address = self.server.stdout.readline().split()[-1] + "town"

    def stop(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        if process.stdout:
            process.stdout.close()

    def env(self, user):
        return {"SIGNPOST_PASSWORD": user}

    def sync(self, user="ann", store=None, **options):
        return self.call("sync", "--user", user, self.address, store=store, env=self.env(user), **options)

    def live(self, store, user="ann"):
        """A sync that goes on; its output can be read line by line."""
        process = subprocess.Popen([signpost.PROGRAM, "sync", "--live", "--store", str(store), "--user", user, self.address],
                                   env={**os.environ, "HOME": str(self.folder), **self.env(user)},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        self.addCleanup(process.stderr.close)
        self.addCleanup(self.stop, process)
        return process

    def wait_for(self, process, start):
        for line in process.stdout:
            if line.startswith(start):
                return line
        self.fail(f"“{start}” was never said")

    def wait_until(self, what):
        end = time.monotonic() + PATIENCE
        while not what():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)


class Once(Server):
    def test_both_ways(self):
        other = self.folder / "other.db"
        self.add("name=Hall")
        self.add("name=Shed", store=other)
        self.sync()
        self.sync(store=other)
        self.sync()
        self.assertEqual(self.stored(), self.stored(other))
        self.assertEqual(sorted(self.names()), ["Hall", "Shed"])

    def test_the_file_of_a_server(self):
        self.add("name=Hall")
        self.sync()
        file, backup = self.data / "town.db", self.folder / "backup.db"
        self.call("backup", backup, store=file)  # while it runs
        self.add("name=Shed")
        self.sync()
        self.stop(self.server)
        self.assertEqual(sorted(self.names(store=file)), ["Hall", "Shed"])
        self.assertEqual(self.names(store=backup), ["Hall"])
        self.start_server()
        self.add("name=Café")
        self.sync()
        self.stop(self.server)
        self.assertEqual(sorted(self.names(store=file)), ["Café", "Hall", "Shed"])
        self.assertEqual(self.stored(file).keys() - {"_design/signpost"}, self.stored().keys() - {"_design/signpost"})

    def test_refused_documents_are_remembered(self):
        identifier = self.add("name=Hall")
        self.sync("con")
        done = self.run_program("check", "--json", "--store", self.store)
        (refused,) = json.loads(done.stdout)["refused"]
        self.assertEqual((done.returncode, refused["id"], refused["name"], refused["direction"]), (1, identifier, "Hall", "sent"))
        self.assertIn("does not take it", self.call("check", status=1))
        self.assertNotIn("refused", json.dumps(self.document(identifier)))
        self.sync("con")  # offered again, and refused again
        self.assertEqual(len(json.loads(self.call("check", "--json", status=1))["refused"]), 1)
        self.sync("ann")
        self.assertEqual(json.loads(self.call("check", "--json"))["refused"], [])

    def test_a_wrong_password(self):
        message = self.refused("sync", "--user", "ann", self.address, env={"SIGNPOST_PASSWORD": "verysecret"})
        self.assertIn("401", message)
        self.assertNotIn("verysecret", message)

    def test_what_does_not_fit(self):
        self.refused("sync", "--live", self.folder / "other.db", status=2)
        self.assertIn("none.pem", self.refused("sync", "--ca", self.folder / "none.pem", self.address))


class Live(Server):
    def test_changes_travel_at_once(self):
        other = self.folder / "other.db"
        here, there = self.live(self.store), self.live(other)
        self.wait_for(here, "synced")
        self.wait_for(there, "synced")
        self.add("name=Hall")
        self.wait_until(lambda: other.exists() and "Hall" in [body.get("name") for body in self.stored(other).values()])
        self.add("name=Shed", store=other)
        self.wait_until(lambda: "Shed" in [body.get("name") for body in self.stored().values()])
        for process in here, there:
            self.stop(process)
            self.assertEqual(process.returncode, 0)

    def test_a_server_that_comes_back(self):
        process = self.live(self.store)
        self.wait_for(process, "synced")
        port = self.address.split(":")[2].split("/")[0]
        self.stop(self.server)
        self.wait_for(process, "offline")
        identifier = self.add("name=Hall")
        self.start_server(port)
        self.wait_for(process, "synced")
        other = self.folder / "other.db"
        self.wait_until(lambda: self.sync(store=other) is not None and identifier in self.stored(other))

    def test_a_wrong_password_is_said_once(self):
        process = self.live(self.store, "nobody")
        self.assertIn("401", self.wait_for(process, "refused"))


if __name__ == "__main__":
    tap.main()
