#!/usr/bin/env python3
"""Publishes onto disks that fail, and into folders that are not what they should be.

    tests/faults/disk.py             every fault
    tests/faults/disk.py full link   those with one of these words in their name

Each fault meets a publish of a second version of a site over the first. Where it cannot be published, the program says why in Thai and
in English and what to do, ends with 2 (1 where the content is to blame), and what was published before is as it was, byte for byte;
once the fault is gone, the next build makes exactly the new version.
"""
import contextlib
import fcntl
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import sites
from sites import LOCK, PENDING, STAGE

THAI = re.compile("[\u0e01-\u0e5b]{4,}")
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


class Skip(Exception):
    """A fault that cannot be made on this machine, and why."""


class Site:
    """A site folder whose version `a` is published, and whose sources say `b`."""

    def __init__(self, work, versions):
        self.work, self.versions = work, versions
        self.root = work / "site"
        self.public = self.root / "public"
        self.n = 0
        self.before = {}

    def make(self):
        self.root.mkdir()
        self.versions.swap(self.work, self.root, "a")
        sites.built(self.root)
        self.versions.swap(self.work, self.root, "b")
        self.before = sites.tree(self.public)

    def remove(self):
        for folder in ("content", "themes"):
            held = self.root / f"{folder}.version"
            if (self.root / folder).is_dir() and not (self.root / folder).is_symlink():
                os.rename(self.root / folder, self.work / held.read_text() / folder)
        shutil.rmtree(self.root)

    def build(self, *argv, lang="en", before=()):
        program = self.work / "bin" / "prongsai"
        argv = [*before, str(program), "-C", str(self.root), "build", "--lang", lang, *argv]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def is_refused(self, th, en, code=2, before=()):
        """Both languages say it, nothing is touched."""
        for lang, words in (("th", th), ("en", en)):
            got, said = self.build(lang=lang, before=before)
            assert got == code, f"ends with {got}, not {code}: {said}"
            assert words in said, f"does not say `{words}`: {said}"
            assert lang == "en" or THAI.search(said), said
            assert "panicked" not in said, said
            self.is_untouched()
            self.n += 1

    def is_untouched(self):
        wrong = sites.differences(sites.tree(self.public), self.before)
        assert not wrong, f"the published site changed: {wrong[:5]}"

    def heals(self, version="b", also=None):
        """The next build makes exactly the version, and leaves files of others (`also`) alone."""
        code, said = self.build()
        assert code == 0, f"does not heal: {said}"
        wrong = sites.differences(sites.tree(self.public), {**self.versions.trees[version], **(also or {})})
        assert not wrong, f"is not {version}: {wrong[:5]}"


@contextlib.contextmanager
def mounted(at, *options):
    argv = ["mount", *options, str(at)]
    if os.geteuid() != 0 or subprocess.run(argv, capture_output=True).returncode != 0:
        raise Skip(f"this machine does not let us: {' '.join(argv)}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


def on_own_disk(site, size):
    """The published site on a disk of its own size."""
    kept = site.root / "kept"
    shutil.move(site.public, kept)
    site.public.mkdir()
    return kept, mounted(site.public, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")


def disk_full(site):
    """disk full, from no room at all to nearly enough"""
    kept, mount = on_own_disk(site, "32m")
    with mount:
        shutil.copytree(kept, site.public, dirs_exist_ok=True)
        filler, full = site.public / "filler.bin", 0
        for room in (0, 4, 64, 512, 1024, 4096, 8192, 16384):
            with filler.open("wb") as file:
                free = shutil.disk_usage(site.public).free - room * 1024
                os.posix_fallocate(file.fileno(), 0, max(free, 1))
            site.before = sites.tree(site.public)
            code, said = site.build(lang="th")
            site.n += 1
            if code == 0:
                break
            full += 1
            assert code == 2 and "ดิสก์เต็ม" in said and "ยังเป็นของเดิม" in said, said
            site.is_untouched()
            code, said = site.build(lang="en")
            assert code == 2 and "the disk is full" in said and "as it was" in said, said
            site.n += 1
            site.is_untouched()
            filler.unlink()
        assert full >= 4, "the disk was not full"
        filler.unlink(missing_ok=True)
        site.heals()
    site.public.rmdir()


def folder_of_the_program_full(site):
    """no room for .prongsai/: the build goes on without it"""
    aside = site.root / ".prongsai"
    shutil.rmtree(aside)
    aside.mkdir()
    with mounted(aside, "-t", "tmpfs", "-o", "size=4k", "tmpfs"):
        site.heals()
        site.n += 1
    site.heals()


def read_only(site):
    """public/ on a disk that can only be read"""
    with mounted(site.public, "--bind", str(site.public)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(site.public)], check=True)
        site.is_refused("อ่านได้อย่างเดียว", "can only be read")
    site.heals()


def read_only_below(site):
    """a folder below public/ on a disk that can only be read"""
    news = site.public / "news"
    with mounted(news, "--bind", str(news)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(news)], check=True)
        site.is_refused("public/news", "public/news")
    site.heals()


def own_disk(site):
    """public/ is a disk of its own"""
    kept, mount = on_own_disk(site, "128m")
    with mount:
        shutil.copytree(kept, site.public, dirs_exist_ok=True)
        site.heals()
        site.n += 1
    site.public.rmdir()


def other_disk_below(site):
    """another disk below public/"""
    files, kept = site.public / "files", site.root / "kept"
    shutil.move(files, kept)
    files.mkdir()
    with mounted(files, "-t", "tmpfs", "tmpfs"):
        shutil.copytree(kept, files, dirs_exist_ok=True)
        site.is_refused("คนละดิสก์", "another disk")
    files.rmdir()
    shutil.move(kept, files)
    site.heals()


def needs_nobody():
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        raise Skip("needs root and setpriv, to be somebody with fewer rights")


def give(folder, user=65534):
    for at, _, names in os.walk(folder):
        os.chown(at, user, user)
        for name in names:
            os.chown(os.path.join(at, name), user, user, follow_symlinks=False)


def no_permission(site):
    """public/ belongs to somebody else"""
    needs_nobody()
    site.is_refused("ไม่มีสิทธิ์", "no permission", before=NOBODY)
    site.heals()


def no_permission_below(site):
    """a folder deep in public/ belongs to somebody else"""
    needs_nobody()
    give(site.public)
    give(site.root / ".prongsai")
    give(site.public / "news", 0)
    site.is_refused("public/news", "public/news", before=NOBODY)
    give(site.public, 0)
    site.heals()


def no_permission_to_make(site):
    """there is no public/, and none may be made"""
    needs_nobody()
    shutil.rmtree(site.public)
    site.before = {}
    site.is_refused("ไม่มีสิทธิ์", "no permission", before=NOBODY)
    assert not site.public.exists()
    site.heals()


def unreadable_source(site):
    """a document and an attachment that may not be read"""
    needs_nobody()
    give(site.public)
    for name in ("extra-30.md", "extra-30.pdf"):
        path = site.root / "content/news" / name
        path.chmod(0)
        site.is_refused("P112", "P112", before=NOBODY)
        path.chmod(0o644)
    give(site.public, 0)
    site.heals()


def link_to_folder(site):
    """public/ is a link to a folder: it is followed"""
    target = site.root / "htdocs"
    os.rename(site.public, target)
    site.public.symlink_to("htdocs")
    site.heals()
    site.n += 1
    assert site.public.is_symlink() and (target / "index.html").is_file()
    site.public.unlink()
    os.rename(target, site.public)


def link_to_nowhere(site):
    """public/ is a link to a folder that is not there"""
    target = site.root / "htdocs"
    os.rename(site.public, target)
    site.public.symlink_to("nowhere")
    site.before = {}
    site.is_refused("เป็นลิงก์ไปโฟลเดอร์ที่ไม่มี", "a link to a folder that is not there")
    assert not (site.root / "nowhere").exists()
    site.public.unlink()
    os.rename(target, site.public)
    site.heals()


def file_for_folder(site):
    """public is a file, or a link to one"""
    target = site.root / "htdocs"
    os.rename(site.public, target)
    note = site.root / "note.txt"
    note.write_text("a note")
    site.before = {}
    for make in (lambda: shutil.copy(note, site.public), lambda: site.public.symlink_to("note.txt")):
        make()
        site.is_refused("มีไฟล์อยู่ในที่ที่ต้องเป็นโฟลเดอร์", "a file is where a folder has to be")
        assert site.public.read_text() == "a note"
        site.public.unlink()
    os.rename(target, site.public)
    site.heals()


def link_below(site):
    """a link inside public/, and in the place of our own files there"""
    elsewhere = site.root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("precious")
    shutil.move(site.public / "news", site.root / "kept")
    (site.public / "news").symlink_to(elsewhere)
    site.before = sites.tree(site.public)
    site.is_refused("เป็นลิงก์", "is a symbolic link")
    (site.public / "news").unlink()
    shutil.move(site.root / "kept", site.public / "news")
    (site.public / STAGE).symlink_to(elsewhere)
    site.heals()
    lock = site.public / LOCK
    lock.unlink()
    lock.symlink_to(elsewhere / "precious.txt")
    code, said = site.build()
    assert code in (0, 2), said
    lock.unlink()
    site.n += 2
    assert sites.tree(elsewhere) == {"precious.txt": sites.digest(b"precious")}, "written through a link"


def inside_one_another(site):
    """public/ inside content/, content/ inside public/, both the same"""
    content, kept = site.root / "content", site.root / "kept"
    os.rename(site.public, kept)
    sources = sites.tree(content)
    for target in ("content", "content/news", "."):
        site.public.symlink_to(target)
        for lang, words in (("th", "ซ้อนกัน"), ("en", "lie in one another")):
            code, said = site.build(lang=lang)
            assert code == 2 and words in said, said
            site.n += 1
        assert sites.tree(content) == sources, "the sources changed"
        site.public.unlink()
    os.rename(kept, site.public)
    os.rename(content, site.public / "src")
    content.symlink_to("public/src")
    site.before = sites.tree(site.public)
    site.is_refused("ซ้อนกัน", "lie in one another")
    content.unlink()
    os.rename(site.public / "src", content)
    site.heals()


def held_lock(site):
    """another build is publishing"""
    with (site.public / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site.is_refused("มี prongsai อีกตัวกำลังเผยแพร่", "another prongsai is publishing")
    site.heals()


def builds_at_once(site):
    """eight builds at once, over an old site and where there is none"""
    for again in range(10):
        if again % 2:
            shutil.rmtree(site.public)
        else:
            site.versions.swap(site.work, site.root, "ba"[again // 2 % 2])
        outcomes = []
        threads = [threading.Thread(target=lambda: outcomes.append(site.build())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        site.n += 8
        codes = sorted(code for code, _ in outcomes)
        assert codes[0] == 0 and set(codes) <= {0, 2}, outcomes
        assert all("another prongsai" in said for code, said in outcomes if code == 2), outcomes
        now = (site.root / "content.version").read_text()
        wrong = sites.differences(sites.tree(site.public), site.versions.trees[now])
        assert not wrong, wrong[:5]
    site.versions.swap(site.work, site.root, "b")


def clock_back(site):
    """the clock goes back a day, a year; files from the future"""
    post = site.root / "content/news/extra-30.md"
    text = post.read_text()
    fakes = [["faketime", "-f", fake] for fake in ("-1d", "-365d", "+365d", "-3650d")]
    if shutil.which("faketime") is None:
        print("   LOUD: faketime is not installed, so only files from the future are tried")
        fakes = []
    for k, before in enumerate([*fakes, [], []]):
        # The same length, so that only the times tell.
        post.write_text(text.replace("ข่าว 30", f"ข่าว {31 + k}"))
        when = time.time() + (86400 * 365 * 80 if k % 2 else 0)
        os.utime(post, (when, when))
        code, said = site.build(before=before)
        site.n += 1
        assert code == 0, said
        assert f"ข่าว {31 + k}" in (site.public / "news/extra-30/index.html").read_text().replace("\u00a0", " "), "the old text"
    post.write_text(text)
    site.heals()


def injected(site, *what):
    """The program below strace, which makes system calls fail."""
    if shutil.which("strace") is None:
        raise Skip("needs strace, to make system calls fail")
    return ["strace", "-f", "-qq", "-o", "/dev/null", *what]


def vanished(site):
    """an attachment vanishes between reading and copying"""
    name = site.root / "content/news/extra-30.pdf"
    chance, codes = random.Random(7), []
    start = time.monotonic()
    site.build("--format", "json")
    took = time.monotonic() - start
    site.before = sites.tree(site.public)
    for k in range(40):
        site.versions.swap(site.work, site.root, "ab"[k % 2])
        content = name.read_bytes()
        remover = threading.Timer(chance.uniform(0, took), name.unlink)
        remover.start()
        code, said = site.build()
        remover.join()
        codes.append(code)
        assert code in (0, 1, 2) and "panicked" not in said, said
        problems = list(site.versions.wrong_in(sites.tree(site.public)))
        assert not problems, problems[:3]
        if code == 2:
            assert "deleted meanwhile" in said and "as it was" in said or "P112" in said, said
        if code != 0:
            site.is_untouched()
        site.before = sites.tree(site.public)
        name.write_bytes(content)
        site.n += 1
    site.heals()
    return "ends with " + ", ".join(f"{code}: {codes.count(code)}" for code in sorted(set(codes)))


def written_meanwhile(site):
    """an attachment is being written while it is copied"""
    name = site.root / "content/news/extra-30.pdf"
    content = name.read_bytes()
    stop, codes = threading.Event(), []

    def keep_writing():
        k = 0
        while not stop.is_set():
            k += 1
            name.write_bytes(content + b"%% %d\n" % k * (k % 50))
    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for _ in range(30):
            code, said = site.build()
            codes.append(code)
            assert code in (0, 1, 2) and (code != 2 or "changed while" in said), said
            files = json.loads((site.public / "manifest.json").read_text())["files"]
            wrong = [path for path, entry in files.items() if sites.digest(sites.read(site.public / path)) != entry["sha256"]]
            assert not wrong, f"not what the list says: {wrong}"
            site.n += 1
    finally:
        stop.set()
        writer.join()
    name.write_bytes(content)
    site.heals()
    return "ends with " + ", ".join(f"{code}: {codes.count(code)}" for code in sorted(set(codes)))


def system_calls(site):
    """write, rename, mkdir, unlink or sync fails at a random moment"""
    chance, codes = random.Random(11), []
    calls = {"write": 300, "/^rename.*": 700, "/^mkdir.*": 60, "/^unlink.*": 60, "syncfs": 2, "/^rmdir.*": 10}
    for k in range(90):
        call = sorted(calls)[k % len(calls)]
        site.versions.swap(site.work, site.root, "abc"[(k + k // 7) % 3] if k else "c")
        when, error = chance.randint(1, calls[call]), chance.choice(["EIO", "ENOSPC", "EACCES", "EROFS"])
        code, said = site.build(before=injected(site, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"))
        codes.append(code)
        site.n += 1
        assert code in (0, 2) and "panicked" not in said, said
        assert code == 0 or "(os error" in said and "try again" in said, said
        problems = list(site.versions.wrong_in(sites.tree(site.public)))
        assert not problems, f"{call} {error} {when}: {problems[:3]}"
        if k % 4 == 3:
            site.heals((site.root / "content.version").read_text())
    site.versions.swap(site.work, site.root, "b")
    site.heals()
    return "ends with " + ", ".join(f"{code}: {codes.count(code)}" for code in sorted(set(codes)))


def same_names(site):
    """names that differ in capitals, or in the order of Thai marks"""
    folder = site.root / "content/news"
    for pair in (("Plan.pdf", "plan.pdf"), ("ก\u0e38\u0e48ง.pdf", "ก\u0e48\u0e38ง.pdf"), ("Album/1.pdf", "album/2.pdf")):
        post = folder / "pair.md"
        sites.page(post, "คู่", [], "b")
        post.write_text(post.read_text() + "".join(f"\n[{name}](<{name}>)\n" for name in pair))
        for name in pair:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(sites.pdf_bytes("pair"))
        site.is_refused("P220", "P220", code=1)
        post.unlink()
        for name in pair:
            (folder / name).unlink()
            if "/" in name:
                (folder / name).parent.rmdir()
    site.heals()


def long_names(site):
    """names that are longer than disks take"""
    stem = "ก" * 84
    person = site.root / f"content/executives/{stem}.md"
    person.write_text('+++\nname = "นายตัวอย่าง ใจดี"\nposition = "ปลัดเทศบาล"\ngroup = "permanent"\n+++\n')
    site.is_refused("P223", "P223", code=1)
    person.unlink()
    site.heals()


def windows_names(site):
    """names that Windows does not take: a warning"""
    post = site.root / "content/news/nul.md"
    sites.page(post, "ศูนย์", [], "b")
    done = subprocess.run([str(site.work / "bin" / "prongsai"), "-C", str(site.root), "check"], capture_output=True, text=True)
    assert done.returncode == 0 and "P224" in done.stdout, done.stdout
    site.n += 1
    post.unlink()
    site.heals()


def foreign_files(site):
    """files of others: beside ours, in a folder that goes, in the place of one of ours, changed by hand"""
    also = {}
    for path in (".htaccess", "note.txt", "news/extra-0/note.txt", "files/own/plan.pdf", ".well-known/acme/token"):
        (site.public / path).parent.mkdir(parents=True, exist_ok=True)
        (site.public / path).write_text("of others")
        also[path] = sites.digest(b"of others")
    hand = "news/extra-1/index.html"
    (site.public / hand).write_text("changed by hand")
    also[hand] = sites.digest(b"changed by hand")
    site.before = sites.tree(site.public)
    inway = site.public / "2572/laws/index.html"
    inway.parent.mkdir(parents=True)
    inway.write_text("of others")
    site.before = sites.tree(site.public)
    site.is_refused("2572/laws/index.html", "a file that prongsai did not make")
    inway.unlink()
    inway.mkdir()
    site.before = sites.tree(site.public)
    site.is_refused("2572/laws/index.html", "2572/laws/index.html")
    inway.rmdir()
    inway.parent.rmdir()
    inway.parent.write_text("of others")
    site.before = sites.tree(site.public)
    site.is_refused("2572/laws", "2572/laws")
    inway.parent.unlink()
    site.heals(also=also)


def own_files_broken(site):
    """manifest.json of somebody else, broken notes of our own, what killed builds left"""
    manifest = site.public / "manifest.json"
    ours = manifest.read_text()
    for text in ('{"name": "an app"}', "", "\0" * 4096, ours[: len(ours) // 2], '{"generator": "prongsai", "files": {"../../etc/passwd": 1}}'):
        manifest.write_text(text)
        site.before = sites.tree(site.public)
        site.is_refused("manifest.json", "manifest.json")
    manifest.write_text(ours)
    for name in ("seen", "attachments"):
        for content in (b"", b"\0" * 100_000, os.urandom(100_000)):
            (site.root / ".prongsai" / name).write_bytes(content)
            site.versions.swap(site.work, site.root, "a")
            site.heals("a")
            site.versions.swap(site.work, site.root, "b")
            site.heals()
            site.n += 2
    for content in (b"", b"\0" * 4096, b'{"files": {"../../../precious.txt": []}}'):
        (site.public / PENDING).write_bytes(content)
        (site.public / STAGE / "news").mkdir(parents=True)
        (site.public / STAGE / "news/half.html").write_bytes(b"half")
        site.heals()
        site.n += 1


FAULTS = [
    disk_full, folder_of_the_program_full, read_only, read_only_below, own_disk, other_disk_below, no_permission, no_permission_below,
    no_permission_to_make, unreadable_source, link_to_folder, link_to_nowhere, file_for_folder, link_below, inside_one_another, held_lock,
    builds_at_once, clock_back, vanished, written_meanwhile, system_calls, same_names, long_names, windows_names, foreign_files, own_files_broken,
]


def run(site, fault):
    site.n = 0
    site.make()
    try:
        more = fault(site) or "as it should be"
        return "ok", f"{site.n:3}  {more}"
    except Skip as skip:
        return "SKIPPED", f"{skip}"
    except AssertionError as wrong:
        return "WRONG", f"{wrong}"
    finally:
        site.remove()


def main():
    wanted = sys.argv[1:]
    work = sites.workplace()
    work.chmod(0o755)
    outcomes = []
    try:
        (work / "bin").mkdir()
        shutil.copy(sites.PROGRAM, work / "bin" / "prongsai")
        sites.make_versions(work, 60)
        versions = sites.Versions(work)
        site = Site(work, versions)
        for fault in FAULTS:
            if wanted and not any(word in fault.__name__ for word in wanted):
                continue
            outcome, more = run(site, fault)
            outcomes.append(outcome)
            print(f"{outcome:8} {fault.__doc__}: {more}", flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if "WRONG" in outcomes else 0)


if __name__ == "__main__":
    main()
