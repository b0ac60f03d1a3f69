# SPDX-License-Identifier: GPL-3.0-or-later
"""The built server with one database, and a proxy before it that does what networks and tired servers do."""
import collections
import http.client
import http.server
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time

SERVER = os.environ["SIGNPOST_SERVER"]
NAME, PASSWORD = "ann", "a long password"
FAULTS = ["status", "cut", "lost", "truncate", "shorten", "twice", "delay", "reorder", "repeat", "restart"]


class Server:
    """signpost-server in a folder of its own, with the database “town” and an editor."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = pathlib.Path(self.folder.name)
        self.process = None
        self.command("create", "town")
        self.command("user", "add", "--database", "town", NAME, "editor", text=PASSWORD + "\n")
        self.start()

    def command(self, *args, text=""):
        subprocess.run([SERVER, *args, "--data", str(self.data)], input=text, encoding="utf-8", check=True,
                       stdout=subprocess.DEVNULL)

    def start(self):
        self.process = subprocess.Popen([SERVER, "--data", str(self.data), "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, encoding="utf-8")
        line = self.process.stdout.readline()
        self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])

    def kill(self):
        """As when the power goes."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def store(self):
        return next(self.data.glob("**/town*.db"))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def forward(self, body):
        """The server's answer: status, headers, body."""
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.town.port, timeout=30)
        headers = {name: value for name, value in self.headers.items()
                   if name.lower() not in ("host", "connection", "accept-encoding", "transfer-encoding", "content-length")}
        try:
            upstream.request(self.command, self.path, body, headers)
            answer = upstream.getresponse()
            return answer.status, answer.getheader("Content-Type", "application/json"), answer.read()
        finally:
            upstream.close()

    def answer(self, status, kind, body, sent=None):
        """sent: how much of the body really goes out; the connection ends after that."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if sent is None else body[:sent])
        self.close_connection = self.close_connection or sent is not None

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def handle_one(self):
        body = self.read_body()
        fault = self.server.choose(self.command, self.path)
        try:
            getattr(self, "do_" + fault)(body)
        except (OSError, http.client.HTTPException):  # the server is gone: so are we

            self.close_connection = True

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one

    def do_nothing(self, body):
        self.answer(*self.forward(body))

    def do_status(self, _body):
        status = self.server.random.choice([401, 413, 500, 502, 503])
        self.answer(status, "application/json", b'{"error":"fault","reason":"The proxy says so."}')

    def do_cut(self, _body):
        self.hang_up()

    def do_lost(self, body):
        self.forward(body)
        self.hang_up()

    def do_truncate(self, body):
        status, kind, answer = self.forward(body)
        self.answer(status, kind, answer, sent=len(answer) // 2)

    def do_shorten(self, body):
        """Half an answer that claims to be whole."""
        status, kind, answer = self.forward(body)
        self.answer(status, kind, answer[:len(answer) // 2])

    def do_twice(self, body):
        self.forward(body)
        self.answer(*self.forward(body))

    def do_delay(self, body):
        time.sleep(0.05)
        self.do_nothing(body)

    def change_rows(self, body, change):
        status, kind, answer = self.forward(body)
        if status == 200 and "_changes" in self.path:
            feed = json.loads(answer)
            change(feed["results"])
            answer = json.dumps(feed).encode()
        self.answer(status, kind, answer)

    def do_reorder(self, body):
        self.change_rows(body, self.server.random.shuffle)

    def do_repeat(self, body):
        self.change_rows(body, lambda rows: rows.extend(rows[::-1]))

    def do_restart(self, body):
        """The request may have come through or not when the server is killed."""
        with self.server.lock:
            if self.server.random.random() < 0.5:
                self.forward(body)
            self.server.town.kill()
            self.server.town.start()
        self.hang_up()


class Proxy(http.server.ThreadingHTTPServer):
    """Faults come by chance, from a seed, while rate is above 0; or the next of each request in plan, by its kind."""

    daemon_threads = True

    def __init__(self, town, seed):
        super().__init__(("127.0.0.1", 0), Handler)
        self.town = town
        self.random = random.Random(seed)
        self.rate = 0.0
        self.plan = []
        self.counts = collections.Counter()
        self.requests = []
        self.lock = threading.RLock()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def choose(self, method, path):
        with self.lock:
            self.requests.append((method, path))
            fault = self.plan.pop(0) if self.plan else "nothing"
            if self.random.random() < self.rate:
                fault = self.random.choice(FAULTS)
            self.counts[fault] += 1
            return fault

    def handle_error(self, request, client_address):
        pass  # clients that hang up

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/town"

    def stop(self):
        self.shutdown()
        self.server_close()
        self.thread.join()
