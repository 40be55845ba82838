#!/usr/bin/env python3
"""Hostile requests to `prongsai serve`, byte by byte: who may ask, for what, how much, how long."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

import sites

HEADERS = ("x-content-type-options: nosniff", "cross-origin-resource-policy: same-origin", "x-frame-options: sameorigin")


class Server:
    """A preview of a site, and what it said."""

    def __init__(self, root, *argv):
        self.child = subprocess.Popen([str(sites.PROGRAM), "-C", str(root), "serve", "--lang", "en", "--port", "0", *argv],
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        first = self.child.stdout.readline()
        found = re.search(r"http://(\S+):(\d+)/", first)
        if not found:
            sys.exit(f"serve does not start: {first}{self.child.stderr.read()}")
        self.host, self.port = found[1].strip("[]"), int(found[2])
        threading.Thread(target=self.child.stdout.read, daemon=True).start()

    def connect(self, host=None):
        return socket.create_connection((host or self.host, self.port), timeout=20)

    def ask(self, raw, host=None):
        """All that comes back until the server closes, or has nothing more to say."""
        with self.connect(host) as connection:
            connection.settimeout(3)
            got = bytearray()
            try:
                connection.sendall(raw)
                while piece := connection.recv(65536):
                    got += piece
                    if b"text/event-stream" in piece:
                        break
            except (TimeoutError, ConnectionResetError, BrokenPipeError):
                pass
            return bytes(got)

    def get(self, target, *lines, method="GET", host=None, version="HTTP/1.1"):
        host = f"{self.host}:{self.port}" if host is None else host
        head = [f"{method} {target} {version}", f"Host: {host}", "Connection: close", *lines]
        return self.ask("\r\n".join([*head, "", ""]).encode("latin-1", "replace"))

    def megabytes(self):
        with open(f"/proc/{self.child.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) / 1024

    def stop(self):
        self.child.kill()
        return self.child.communicate()[1]


def status(answer):
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


class Outcomes:
    """What was tried, and what came of it."""

    def __init__(self):
        self.rows, self.wrong = {}, 0

    def see(self, what, answer, allowed, name=""):
        code = status(answer)
        problem = None if code in allowed else f"{code}, not one of {allowed}: {answer[:200]}"
        # What never reaches our code is answered by the library, without a word.
        if code and code not in (400, 431, 503) and not all(line.encode() in answer.lower() for line in HEADERS):
            problem = problem or f"{code} without the headers: {answer[:300]}"
        if b"root:x:" in answer or b"[agency]" in answer or b"panicked" in answer:
            problem = f"gives away: {answer[:300]}"
        self.note(what, "closed" if code == 0 else code, problem and f"{name}: {problem}")

    def note(self, what, outcome, problem=None):
        row = self.rows.setdefault(what, [])
        row.append(outcome)
        if problem:
            self.wrong += 1
            print(f"WRONG {what}: {problem}", flush=True)

    def show(self):
        for what, row in self.rows.items():
            seen = ", ".join(f"{outcome}" + (f" ×{row.count(outcome)}" if row.count(outcome) > 1 else "") for outcome in sorted(set(row), key=str))
            print(f"{what}: {len(row)} tries: {seen}")


ROUTES = ["/", "/news/extra-0/", "/files/news/extra-0.pdf", "/_prongsai/changes", "/_prongsai/studio/panel.js", "/_prongsai/gallery/", "/nowhere/"]


def who(server, seen):
    port = server.port
    ours = ["127.0.0.1", f"127.0.0.1:{port}", "localhost", f"localhost:{port}", f"LOCALHOST:{port}", f"localhost.:{port}", f"[::1]:{port}", "[::1]"]
    for host in ours:
        seen.see("a Host of this machine", server.get("/", host=host), [200], host)
    theirs = ["evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "user@localhost",
              "%6cocalhost", "127.0.0.%31", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::]", "[::ffff:7f00:1]", "localhost:80:80", "localhost:",
              "localhost:99999", "[::1", "::1", "localhost/", "localhost, evil.example", "local host", "\xff", "localhost\x00", "localhost\t", ""]
    for host in theirs:
        allowed = [200] if host == "localhost\t" else [400, 403]
        seen.see("a Host of somebody else", server.get("/", host=host), allowed, host)
    for route in ROUTES:
        seen.see("DNS rebinding, every route", server.get(route, host="evil.example"), [403], route)
    good = f"Host: localhost:{port}\r\n"
    for version in ("1.1", "1.0"):
        seen.see("no Host", server.ask(f"GET / HTTP/{version}\r\nConnection: close\r\n\r\n".encode()), [400], version)
    for two in (good + good, good + "Host: evil.example\r\n", "Host: evil.example\r\n" + good, good + "hOST: evil.example\r\n"):
        seen.see("two Hosts", server.ask(f"GET / HTTP/1.1\r\n{two}Connection: close\r\n\r\n".encode()), [400], two)
    seen.see("HTTP/1.0 with a Host", server.get("/", version="HTTP/1.0"), [200])
    for target, allowed in ((f"http://localhost:{port}/", [200]), ("http://evil.example/", [403]), (f"http://user@localhost:{port}/", [403]),
                            ("file:///etc/passwd", [400, 403, 404]), ("http:///etc/passwd", [400]), ("gopher://evil.example/", [400, 403])):
        seen.see("a target with a host of its own", server.get(target), allowed, target)
    seen.see("a target with a host of its own", server.get(f"http://localhost:{port}/", host="evil.example"), [403])
    for route in ROUTES:
        for lines in (["Origin: http://evil.example"], ["Origin: null"], [f"Origin: http://localhost:{port + 1}"], ["Sec-Fetch-Site: cross-site"],
                      ["Sec-Fetch-Site: same-site"], ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
                      ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"]):
            seen.see("asked by a page of another origin", server.get(route, *lines), [403], f"{route} {lines}")
    seen.see("asked by its own page", server.get("/_prongsai/studio/panel.js", "Sec-Fetch-Site: same-origin", f"Origin: http://127.0.0.1:{port}"), [200])
    followed = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]
    seen.see("a link followed from elsewhere", server.get("/", *followed), [200])


def what(server, seen):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get"):
        for route in ROUTES:
            seen.see("another method than GET and HEAD", server.get(route, "Content-Length: 0", method=method), [405], f"{method} {route}")
    for target in ("evil.example:443", f"localhost:{server.port}"):
        seen.see("CONNECT", server.get(target, method="CONNECT"), [405], target)
    head = server.get("/", method="HEAD")
    seen.see("HEAD", head, [200])
    seen.note("HEAD", "no body", None if head.endswith(b"\r\n\r\n") else "has a body")
    host = f"Host: localhost:{server.port}\r\n"
    hidden = f"GET /_prongsai/studio/panel.js HTTP/1.1\r\n{host}\r\n"
    bodies = [f"POST / HTTP/1.1\r\n{host}Content-Length: {len(hidden)}\r\n\r\n{hidden}", f"GET / HTTP/1.1\r\n{host}Content-Length: {len(hidden)}\r\n\r\n{hidden}",
              f"GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
              f"GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}",
              f"GET / HTTP/1.1\r\n{host}Content-Length: 0\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}",
              f"GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n{hidden}", f"GET / HTTP/1.1\r\n{host}Content-Length : 5\r\n\r\n{hidden}",
              f"GET / HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\n\r\n{hidden}",
              f"POST / HTTP/1.1\r\n{host}Content-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n"]
    for raw in bodies:
        answer = server.ask(raw.encode())
        seen.see("a body, or a request hidden in one", answer, [400, 405], raw)
        n = len(re.findall(rb"HTTP/1\.[01] \d", answer))
        seen.note("a body, or a request hidden in one", "one answer", None if n <= 1 and b"EventSource" not in answer else f"{n} answers to {raw}")
    odd = [b"\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET  /  HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 600,
           b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\0" * 1000, b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: 1\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
           b"GET / HTTP/1.1\nHost: evil.example\n\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n", os.urandom(4000)]
    for raw in odd:
        seen.see("what is no request", server.ask(raw), [0, 400, 403, 405, 431], repr(raw[:40]))


def changes(server, seen):
    """Who may change something, and what: everything here has to be refused."""
    api = "/_prongsai/api/"
    own = f"Origin: http://{server.host}:{server.port}"
    page = server.get("/_prongsai/studio/").decode()
    token = re.search(r'name="token" content="([^"]+)"', page)[1]

    def post(name, body, *lines):
        head = [f"POST {api}{name} HTTP/1.1", f"Host: {server.host}:{server.port}", "Connection: close", *lines]
        return server.ask("\r\n".join([*head, "", ""]).encode("latin-1", "replace") + body)

    body = json.dumps({"path": "content/news/x.md", "sha256": None, "raw": "x", "anyway": True}).encode()
    kind, length, right = "Content-Type: application/json", f"Content-Length: {len(body)}", f"X-Prongsai-Token: {token}"
    for name in ("save", "delete", "undo", "blank", "preview"):
        for lines, allowed in (
            ([kind, length, own], [403]), ([kind, length, own, "X-Prongsai-Token: "], [403]), ([kind, length, own, right[:-1]], [403]),
            ([kind, length, own, right + "x"], [403]), ([kind, length, right], [403]), ([kind, length, right, "Origin: null"], [403]),
            ([kind, length, right, "Origin: http://evil.example"], [403]), ([kind, length, right, own, "Sec-Fetch-Site: cross-site"], [403]),
            ([kind, length, right, own, "Sec-Fetch-Site: same-site"], [403]),
            (["Content-Type: text/plain", length, own, right], [400]), (["Content-Type: application/x-www-form-urlencoded", length, own, right], [400]),
            (["Content-Type: multipart/form-data; boundary=a", length, own, right], [400]), ([length, own, right], [400]),
            ([kind, own, right], [400]), ([kind, own, right, "Transfer-Encoding: chunked"], [400]), ([kind, own, right, "Content-Length: 90000000000"], [413]),
            ([kind, own, right, length, "Host: evil.example"], [400]),
        ):
            seen.see("a change by somebody else", post(name, body, *lines), allowed, f"{name} {lines}")
    for path in ("../x.md", "content/../x.md", "/etc/x.md", "content/news/../../x.md", "content\\..\\x.md", "themes/default/base.html", "content/x.md",
                 "content/news/x.html", "content/news/C:x.md", ".prongsai/x.md", "content/news/", "content", "", "content/news/a.md/b.md", "content/submissions/../news/.md"):
        raw = json.dumps({"path": path, "sha256": None, "raw": "x", "anyway": True}).encode()
        answer = post("save", raw, kind, f"Content-Length: {len(raw)}", own, right)
        seen.see("a place that is none", answer, [400, 404, 409, 500], path)
    for name in ("../x.png", "a/b.png", "x.md", "x.toml", "..", "", "a\\b.png"):
        raw = json.dumps({"path": "content/news/new.md", "sha256": None, "raw": "x", "anyway": True, "files": [{"name": name, "data": "eA=="}]}).encode()
        answer = post("save", raw, kind, f"Content-Length: {len(raw)}", own, right)
        seen.see("an attachment with a name that is none", answer, [400, 404, 409], name)
    for raw in (b"", b"{", b"[]", b"null", b'{"path": 3}', b'{"path": {}}', b"[" * 100_000, b'{"a":' * 50_000, b"\xff" * 100, b'{"path": "content/news/new.md", "values": []}'):
        for name in ("save", "delete", "blank", "preview"):
            seen.see("a change that cannot be read", post(name, raw, kind, f"Content-Length: {len(raw)}", own, right), [400, 404, 409], f"{name} {raw[:20]}")
    for path in ("/etc/passwd", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "content/site.toml", "content/../Cargo.toml", "themes/default/assets/x.png", "content/seal.svg"):
        seen.see("a picture that is none", server.get(f"/_prongsai/file/{path}"), [404], path)
        seen.see("a document that is none", server.get(f"{api}document?of={path if path != 'content/site.toml' else 'site.toml'}"), [400, 404, 500], path)


def where(server, seen):
    up = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "%c0%ae%c0%ae/", "..;/", "%u002e%u002e/", "....//", "..%00/", ".%2e/", "%ff%fe/"]
    for step in up:
        for start in ("/", "/files/", "/files/news/", "/_prongsai/", "/_prongsai/gallery/", "//"):
            for end in ("etc/passwd", "content/site.toml"):
                for n in (1, 3, 12):
                    target = start + step * n + end
                    seen.see("a way out of the site", server.get(target), [307, 400, 404], target)
    for target in ("/content/site.toml", "/.prongsai/seen", "/themes/", "/etc/passwd", "//etc/passwd", "/C:/Windows/win.ini", "/%00", "/files/news/extra-0.pdf%00.html",
                   "/files/news/extra-0.pdf/", "/files/news/EXTRA-0.pdf/..", "/files", "/files/", "/%", "/%zz", "/" + "%e0%b8%81" * 800, "/?" + "a" * 4000, "/news/..;/"):
        seen.see("a target of no page", server.get(target), [200] if target.startswith("/?") else [307, 404, 400], target)
    for target in ("/a\0b", "/a b", "/\x80\xff", "", "../../etc/passwd", "news/"):
        seen.see("a target that is none", server.get(target), [0, 400, 404], target)
    for target in ("/news%0d%0aSet-Cookie:%20a=b", "/news/extra-0%0d%0aX-Evil:1", "//evil.example", "//evil.example/..", "/%5cevil.example", "/%2f%2fevil.example/news"):
        answer = server.get(target)
        seen.see("headers or a host in the answer", answer, [307, 404], target)
        bad = re.search(rb"\r\n(set-cookie|x-evil)|location: *(//|\\|http)", answer.lower())
        seen.note("headers or a host in the answer", "none", bad and f"{target}: {answer[:300]}")
    for target in ("/news/extra-0", "/news"):
        seen.see("a page without its last sign", server.get(target), [307], target)


def how_much(server, seen):
    for raw, name in ((f"GET /{'a' * 9000} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "target of 9 kB"),
                      (f"GET /{'a' * 70000} HTTP/1.1\r\nHost: localhost\r\n\r\n", "target of 70 kB"),
                      (f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'a' * 20000}\r\n\r\n", "header of 20 kB"),
                      (f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'a' * 5_000_000}\r\n\r\n", "header of 5 MB"),
                      (f"GET / HTTP/1.1\r\nHost: {'a' * 20000}\r\n\r\n", "Host of 20 kB"),
                      ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n" * 1000 + "\r\n", "1,000 headers"),
                      ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "".join(f"X{k}: y\r\n" for k in range(65)) + "\r\n", "66 headers"),
                      ("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n" * 100_000, "headers without end")):
        seen.see(f"too much: {name}", server.ask(raw.encode()), [0, 414, 431], name)
    few = [f"X{k}: {'y' * 50}" for k in range(40)]
    seen.see("as much as a browser may send", server.get("/", *few, "Cookie: " + "c" * 4000), [200])
    ranged = server.get("/files/news/extra-0.pdf", "Range: bytes=" + ",".join(f"{k}-" for k in range(1000)))
    seen.see("a thousand ranges", ranged, [200])
    seen.see("an odd If-None-Match, Accept, Cookie", server.get("/", "If-None-Match: *", "Accept-Encoding: gzip;q=9e99", "Cookie: " + "a=b;" * 900), [200])


def how_long(server, seen):
    """Clients that take their time, and many of them; others are still answered, and all is well afterwards."""
    drips = {"nothing at all": b"", "half a line": b"GET / HT", "half a header": b"GET / HTTP/1.1\r\nHost: local"}
    for name, start in drips.items():
        with server.connect() as connection:
            begin = time.monotonic()
            connection.sendall(start)
            connection.settimeout(1)
            ended = False
            while not ended and time.monotonic() - begin < 15:
                try:
                    ended = not connection.recv(4096)
                except TimeoutError:
                    try:
                        connection.sendall(b"a" if start else b"")
                    except OSError:
                        ended = True
                except OSError:
                    ended = True
            took = time.monotonic() - begin
        seen.note("slow: one sign a second", "closed", None if ended and took < 10 else f"{name}: {took:.0f} s")
    idle = [server.connect() for _ in range(40)]
    for connection in idle:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
    seen.see("40 slow clients, and one that asks", server.get("/"), [200])
    more = [server.connect() for _ in range(300)]
    answers = [status(server.get("/")) for _ in range(5)]
    seen.note("340 connections, and five that ask", "503 or closed", None if set(answers) <= {0, 503} else f"{answers}")
    time.sleep(7)
    seen.see("after they were closed", server.get("/"), [200])
    for connection in idle + more:
        connection.close()
    streams = []
    for _ in range(70):
        connection = server.connect()
        connection.sendall(f"GET /_prongsai/changes HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        connection.settimeout(3)
        try:
            first = connection.recv(4096)
        except OSError:
            first = b""
        streams.append((connection, status(first)))
    n_open = sum(code == 200 for _, code in streams)
    seen.note("70 streams of changes", f"{n_open} open", None if n_open == 64 else f"{n_open} are open")
    for connection, _ in streams:
        connection.close()
    time.sleep(1)
    seen.see("after they were closed", server.get("/"), [200])


def large_files(server, seen, size):
    """Twenty clients ask for a large file and do not read it."""
    start = server.megabytes()
    clients = []
    for _ in range(20):
        connection = server.connect()
        connection.sendall(f"GET /files/news/large.zip HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        assert status(connection.recv(100)) == 200
        clients.append(connection)
    time.sleep(1)
    grown = server.megabytes() - start
    seen.note(f"20 clients do not read a file of {size >> 20} MB", f"under {64} MB of memory", None if grown < 64 else f"{grown:.0f} MB")
    for connection in clients:
        connection.close()
    whole = server.get("/files/news/large.zip")
    seen.note("the same file, read", "whole", None if whole.count(b"\0") > size - 100 else f"{len(whole)} bytes")


def links(server, seen, root):
    """A file that is replaced by a link out of the site while it is served."""
    file = root / "content/news/extra-1.pdf"
    content = file.read_bytes()
    stop, answers = threading.Event(), []

    def keep_asking():
        while not stop.is_set():
            answers.append(server.get("/files/news/extra-1.pdf"))
    asker = threading.Thread(target=keep_asking)
    asker.start()
    for _ in range(10):
        file.unlink()
        file.symlink_to("/etc/passwd")
        time.sleep(0.05)
        file.unlink()
        file.write_bytes(content)
        time.sleep(0.02)
    stop.set()
    asker.join()
    for answer in answers:
        seen.see("a link out of the site in the place of a file", answer, [200, 404, 503])


def addresses(root, seen):
    """Nobody else is let in unless asked; then everybody is warned."""
    server = Server(root)
    with open("/proc/net/tcp") as table:
        listens = [line.split()[1] for line in table if f":{server.port:04X} " in line and " 0A " in line]
    seen.note("without --host", "127.0.0.1 only", None if listens == [f"0100007F:{server.port:04X}"] else f"{listens}")
    said = server.stop()
    seen.note("without --host", "no warning", "WARNING" in said and said)
    for host, theirs in (("0.0.0.0", "pc.office.example"), ("127.0.0.2", "127.0.0.1"), ("::1", "127.0.0.2")):
        server = Server(root, "--host", host)
        own = {"0.0.0.0": "127.0.0.1", "127.0.0.2": "127.0.0.2", "::1": "[::1]"}[host]
        seen.see(f"--host {host}", server.get("/", host=f"{own}:{server.port}"), [200])
        # All of 127.0.0.0/8 is this machine.
        allowed = [200] if theirs.startswith("127.") else [403]
        seen.see(f"--host {host}, another Host", server.get("/", host=theirs), allowed, theirs)
        said = server.stop()
        seen.note(f"--host {host}", "warned" if "WARNING" in said else "not warned", None if ("WARNING" in said) == (host == "0.0.0.0") else said)
    taken = socket.create_server(("127.0.0.1", 0))
    for argv, words in ((["--port", str(taken.getsockname()[1])], "choose another with --port"), (["--host", "192.0.2.1"], "check --host"), (["--host", "evil.example"], "evil.example")):
        done = subprocess.run([str(sites.PROGRAM), "-C", str(root), "serve", "--lang", "en", *argv], capture_output=True, text=True)
        seen.note("an address that cannot be had", done.returncode, None if done.returncode == 2 and words in done.stderr else done.stderr)


def main():
    work = sites.workplace()
    seen = Outcomes()
    try:
        root = work / "site"
        root.mkdir()
        shutil.move(sites.corpus(work, 20) / "content", root / "content")
        sites.make_version(root, "a")
        size = 200 << 20
        sites.page(root / "content/news/large.md", "ไฟล์ใหญ่", ["large.zip"], "a")
        with (root / "content/news/large.zip").open("wb") as file:
            file.write(b"PK\x03\x04")
            file.truncate(size)
        before = sites.tree(root)
        server = Server(root)
        for group in (who, what, changes, where, how_much, how_long):
            group(server, seen)
        large_files(server, seen, size)
        links(server, seen, root)
        seen.note("the server afterwards", "alive", None if server.child.poll() is None else "it stopped")
        seen.see("the server afterwards", server.get("/"), [200])
        said = server.stop()
        seen.note("the server afterwards", "said nothing", said or None)
        wrong = sites.differences(sites.tree(root), before)
        seen.note("what was written", "nothing", f"{wrong[:5]}" if wrong else None)
        addresses(root, seen)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    seen.show()
    sys.exit(1 if seen.wrong else 0)


if __name__ == "__main__":
    main()
