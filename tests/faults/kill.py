#!/usr/bin/env python3
"""Kills (SIGKILL) a publish of 1,000 pages at random moments, again and again, while readers fetch what is published.

    tests/faults/kill.py                   200 kills
    tests/faults/kill.py --kills 20 --seed 7

Three versions of a site take turns: all pages differ, some come and go with their files and folders, style sheet and fonts too. Half
of the kills fall anywhere between the start of the program and its end, the others are aimed at the moments in which files are moved
and deleted. Readers look at files and ask a web server, all the time. At no moment may a file have bytes that no version has, or a page
name an asset that is not there; the next build makes exactly one version, byte for byte, with nothing left over.
"""
import argparse
import collections
import functools
import http.client
import http.server
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import sites
from sites import LOCK, PENDING, PROGRAM, STAGE, VERSIONS


def from_disk(public):
    def fetch(path):
        try:
            return sites.read(public / path)
        except (FileNotFoundError, NotADirectoryError):
            return None
    return fetch


def from_server(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def fetch(path):
        connection.request("GET", "/" + quote(path))
        answer = connection.getresponse()
        content = answer.read()
        return content if answer.status == 200 else None
    return fetch


def start_server(public):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def keep_reading(versions, public, seed, over_http, counts, problems, stop):
    """A reader: pages and files at random, each looked at as a browser would."""
    chance = random.Random(seed)
    fetch = from_server(start_server(public)) if over_http else from_disk(public)
    pages = sorted(path for path in versions.known if path.endswith(".html"))
    files = sorted(path for path in versions.known if not path.endswith(".html"))
    while not stop.is_set():
        path = chance.choice(pages if chance.random() < 0.7 else files)
        problem = versions.wrong_at(path, fetch)
        if problem:
            problems.put(problem)
        with counts.get_lock():
            counts.value += 1
        # Readers leave the machine to the program that is to be caught.
        time.sleep(0.001)


class Publisher:
    """Builds that are killed, and builds that heal."""

    def __init__(self, work, root, versions, chance):
        self.work, self.root, self.versions, self.chance = work, root, versions, chance
        self.public = root / "public"
        self.phases, self.healed, self.now = collections.Counter(), 0, None
        self.took, self.moving, self.deleting = [], [], []

    def swap(self):
        self.now = self.chance.choice([version for version in VERSIONS if version != self.now])
        self.versions.swap(self.work, self.root, self.now)

    def start(self):
        argv = [str(PROGRAM), "-C", str(self.root), "build"]
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def manifest(self):
        try:
            return os.stat(self.public / "manifest.json").st_ino
        except FileNotFoundError:
            return None

    def wait_for(self, child, has_come):
        while child.poll() is None and not has_come():
            time.sleep(0.00002)

    def measure(self):
        """How long a publish takes that nobody kills, and its last parts."""
        before = self.manifest()
        start = time.monotonic()
        child = self.start()
        self.wait_for(child, (self.public / PENDING).exists)
        pending = time.monotonic()
        self.wait_for(child, lambda: self.manifest() != before)
        listed = time.monotonic()
        self.wait_for(child, lambda: not (self.public / PENDING).exists())
        done = time.monotonic()
        if child.wait() != 0:
            sys.exit("a site that should build does not")
        self.took.append(time.monotonic() - start)
        self.moving.append(listed - pending)
        self.deleting.append(done - listed)

    def kill(self):
        """Kills a publish at a random moment; says in which phase it was."""
        self.swap()
        before = self.manifest()
        is_pending = self.pending_is_there()
        aim = self.chance.random()
        child = self.start()
        if aim < 0.5:
            time.sleep(self.chance.uniform(0, 1.05 * max(self.took)))
        else:
            # A list that an interrupted publish left is replaced by that of the new one.
            old = self.list_of_pending() if is_pending else None
            self.wait_for(child, lambda: self.list_of_pending() not in (None, old))
            if aim < 0.8:
                time.sleep(self.chance.uniform(0, max(self.moving)))
            else:
                self.wait_for(child, lambda: self.manifest() != before)
                time.sleep(self.chance.uniform(0, max(self.deleting)))
        child.kill()
        status = child.wait()
        self.phases[self.phase(status, before, is_pending)] += 1

    def pending_is_there(self):
        return (self.public / PENDING).exists()

    def list_of_pending(self):
        try:
            return os.stat(self.public / PENDING).st_ino
        except FileNotFoundError:
            return None

    def n_kills(self):
        """A program that had ended before was not killed."""
        return sum(n for name, n in self.phases.items() if name != "ended before")

    def phase(self, status, before, was_pending):
        if status != -9:
            return "ended before"
        if self.manifest() != before:
            return "deleting" if self.pending_is_there() else "taking notes"
        if (self.public / STAGE).exists():
            staged = (self.public / STAGE / "manifest.json").exists()
            return "moving" if self.pending_is_there() and staged else "staging"
        return "reading"

    def heal(self):
        """The next build, of the same version or another, makes exactly that."""
        if self.chance.random() < 0.3:
            self.swap()
        code, said = sites.build(self.root)
        if code != 0:
            return [f"the next build ends with {code}: {said}"]
        wrong = sites.differences(sites.tree(self.public), self.versions.trees[self.now])
        empty = [at for at, folders, names in os.walk(self.public) if not folders and not names]
        self.healed += 1
        return [f"after the next build of {self.now}: {path} {what}" for path, what in wrong[:5]] + [f"an empty folder: {at}" for at in empty]

    def look(self):
        """Everything that is there right now."""
        return list(self.versions.wrong_in(sites.tree(self.public)))


def run(a, work):
    print(f"seed {a.seed}, {a.pages} pages, in {work}", flush=True)
    sites.make_versions(work, a.pages)
    versions = sites.Versions(work)
    root = work / "site"
    root.mkdir()
    publisher = Publisher(work, root, versions, random.Random(a.seed))
    publisher.swap()
    sites.built(root)
    for _ in range(3):
        publisher.swap()
        publisher.measure()
    took, moving, deleting = (max(all) for all in (publisher.took, publisher.moving, publisher.deleting))
    print(f"a publish takes {took:.2f} s, of which moving {1000 * moving:.0f} ms and deleting {1000 * deleting:.0f} ms", flush=True)
    counts, problems, stop = multiprocessing.Value("Q"), multiprocessing.Queue(), multiprocessing.Event()
    readers = [multiprocessing.Process(target=keep_reading, daemon=True,
                                       args=(versions, publisher.public, f"{a.seed}/{k}", k == 1, counts, problems, stop)) for k in range(2)]
    for reader in readers:
        reader.start()
    found, told = [], 0
    while publisher.n_kills() < a.kills:
        publisher.kill()
        k = publisher.n_kills()
        found += [f"kill {k}: {problem}" for problem in publisher.look()]
        # Now and then the next publish is killed as well.
        if publisher.chance.random() < 0.75 or k == a.kills:
            found += [f"kill {k}: {problem}" for problem in publisher.heal()]
        while not problems.empty():
            found.append(f"kill {k}: a reader: {problems.get()}")
        if found:
            break
        if k > told and k % 20 == 0:
            told = k
            print(f"{k} kills", flush=True)
    stop.set()
    dead = [reader for reader in readers if not reader.is_alive() and reader.exitcode]
    for reader in readers:
        reader.join(5)
        reader.kill()
    phases = ", ".join(f"{name} {n}" for name, n in publisher.phases.most_common())
    print(f"{publisher.n_kills()} kills ({phases}), {publisher.healed} builds healed, {counts.value} reads", flush=True)
    if dead:
        found.append("a reader stopped")
    if not found:
        enough = [publisher.phases[name] for name in ("staging", "moving", "deleting")]
        if a.kills >= 100 and min(enough) < 5:
            found.append(f"too few kills in one of the phases: {phases}")
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--kills", type=int, default=200)
    ap.add_argument("--pages", type=int, default=1000)
    ap.add_argument("--seed", type=int, default=2569)
    a = ap.parse_args()
    work = sites.workplace()
    try:
        found = run(a, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for problem in found[:20]:
        print("WRONG:", problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
