#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signpost sync with the server: once and live, what is refused, a wrong password, an authority of one's own, certificates, and
what the server's log tells."""
import base64
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest
import urllib.error
import urllib.request

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

    def start_server(self, port=0, *options):
        self.server = subprocess.Popen([SERVER, "--data", self.data, "--listen", f"127.0.0.1:{port}", *options],
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

    def test_a_refused_change_is_proposed(self):
        theirs = self.folder / "theirs.db"
        identifier = self.add("name=Hall", "url=https://example.org/old")
        self.sync()
        self.sync("con", store=theirs)
        before = self.stored(theirs)
        self.call("edit", identifier, "url=https://example.org/new", store=theirs)
        self.call("edit", identifier, "summary=A hall", store=theirs)
        self.sync("con", store=theirs)
        self.assertIn("submissions propose", self.run_program("check", "--store", theirs).stderr)
        proposal = self.call("submissions", "propose", "--refused", "con", identifier, store=theirs).strip()
        self.assertEqual({key: value for key, value in self.stored(theirs).items() if key != proposal}, before)
        self.assertEqual(json.loads(self.call("check", "--json", store=theirs, status=1))["refused"], [])
        self.sync("con", store=theirs)
        self.sync()
        self.call("submissions", "accept", proposal)
        self.sync()
        self.sync("con", store=theirs)
        self.assertEqual(self.stored(), self.stored(theirs))
        document = self.document(identifier, store=theirs)
        self.assertEqual((document["url"], document["summary"]), ("https://example.org/new", "A hall"))

    def test_what_a_memory_stick_has_too_stays(self):
        theirs, stick = self.folder / "theirs.db", self.folder / "stick.db"
        identifier = self.add("name=Hall")
        self.sync()
        self.sync("con", store=theirs)
        self.call("edit", identifier, "name=Shed", store=theirs)
        self.sync("con", store=theirs)
        self.call("sync", stick, store=theirs)
        self.call("submissions", "propose", "--refused", "con", identifier, store=theirs)
        self.assertEqual(self.document(identifier, store=theirs)["name"], "Shed")
        self.refused("submissions", "propose", "--refused", "con", identifier, "name=Barn", store=theirs, status=2)

    def test_a_wrong_password(self):
        message = self.refused("sync", "--user", "ann", self.address, env={"SIGNPOST_PASSWORD": "verysecret"})
        self.assertIn("401", message)
        self.assertNotIn("verysecret", message)

    def test_what_does_not_fit(self):
        self.refused("sync", "--live", self.folder / "other.db", status=2)
        self.assertIn("none.pem", self.refused("sync", "--ca", self.folder / "none.pem", self.address))


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class Certificates(Server):
    """The server does TLS itself, with a certificate that an authority of the test has signed."""

    def setUp(self):
        super().setUp()
        self.stop(self.server)
        self.authority = self.make_authority("ca")

    def openssl(self, *args):
        subprocess.run(["openssl", *map(str, args)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def make_authority(self, name):
        path = self.folder / f"{name}.pem"
        self.openssl("req", "-x509", *self.new_key(name), "-out", path, "-days", 2, "-subj", f"/CN={name} of a test")
        return path

    def new_key(self, name):
        return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.folder / f"{name}.key"

    def lasting(self, days):
        """Older OpenSSL takes a negative number of days, newer one two dates."""
        known = subprocess.run(["openssl", "x509", "-help"], capture_output=True, text=True, check=False)
        if days < 0 and "-not_after" in known.stdout + known.stderr:
            return "-not_before", "20200101000000Z", "-not_after", "20200102000000Z"
        return "-days", days

    def serve(self, subject="IP:127.0.0.1", days=1):
        """Starts the server with a certificate for the subject."""
        request, certificate = self.folder / "server.csr", self.folder / "server.pem"
        self.openssl("req", *self.new_key("server"), "-out", request, "-subj", "/CN=town", "-addext", f"subjectAltName={subject}")
        self.openssl("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", self.folder / "ca.key", "-CAcreateserial",
                     *self.lasting(days), "-copy_extensions", "copy", "-out", certificate)
        self.start_server(0, "--tls-cert", certificate, "--tls-key", self.folder / "server.key")
        self.assertTrue(self.address.startswith("https://"))

    def is_refused(self, *options):
        message = self.refused("sync", "--user", "ann", *options, self.address, env=self.env("ann"))
        self.assertIn("certificate is not to be trusted", message)
        return message

    def test_signed_by_the_authority_that_is_given(self):
        self.serve()
        self.add("name=Hall")
        self.call("sync", "--user", "ann", "--ca", self.authority, self.address, env=self.env("ann"))
        other = self.folder / "other.db"
        self.call("sync", "--user", "ann", "--ca", self.authority, self.address, store=other, env=self.env("ann"))
        self.assertEqual(self.names(store=other), ["Hall"])

    def test_signed_by_somebody_else(self):
        self.serve()
        self.is_refused()
        self.assertIn("nobody known has signed it", self.is_refused("--ca", self.make_authority("stranger")))

    def test_for_another_name(self):
        self.serve("DNS:other.example.org")
        self.assertIn("belongs to another name", self.is_refused("--ca", self.authority))

    def test_expired(self):
        self.serve(days=-1)
        self.assertIn("has expired", self.is_refused("--ca", self.authority))


class Log(Server):
    def test_it_holds_no_secrets(self):
        self.add("name=Hall")
        self.sync()
        login = base64.b64encode(b"ann:ann").decode()
        secrets = [login, "verysecret", "SECRETBODY"]
        for method, path, body in [("GET", "none", None), ("PUT", "asset:1", b'{"type":"asset","name":"SECRETBODY",}'),
                                   ("POST", "_bulk_docs", b'{"docs":[{"_id":"_x","name":"SECRETBODY"}]}'), ("PATCH", "asset:1", b"{}")]:
            self.ask(method, self.address + "/" + path, body, login)
        self.ask("GET", self.address, None, base64.b64encode(b"ann:verysecret").decode())
        status, cookie = self.ask("POST", self.address.removesuffix("town") + "_session", b'{"name":"ann","password":"ann"}')
        self.assertEqual(status, 200)
        secrets.append(cookie.split("=")[1].split(";")[0])
        database = sqlite3.connect(self.data / "town.db")
        database.execute("UPDATE rev SET body = 'SECRETBODY' WHERE body LIKE '%Hall%'")  # something that goes wrong inside
        database.commit()
        database.close()
        self.ask("GET", self.address + "/_all_docs?include_docs=true", None, login)
        self.server.send_signal(signal.SIGTERM)
        said = self.server.stdout.read()
        for secret in secrets:
            self.assertNotIn(secret, said)

    def ask(self, method, url, body, login=None):
        """The status, and the cookie that came with it."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": "Basic " + login} if login else {})
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.headers.get("Set-Cookie")
        except urllib.error.HTTPError as error:
            error.close()
            return error.code, None


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
