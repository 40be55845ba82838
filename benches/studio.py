#!/usr/bin/env python3
"""How long a save in the studio takes to reach the screen: from sending it to the page that shows it, on sites of N pages.

Usage: benches/studio.py [PAGES,…]   (100,1000,10000 when none is given; PRONGSAI=… for another program)
"""
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "faults"))
import sites  # noqa: E402

N_TRIES = 15


def ask(origin, path, body=None, token=None):
    headers = {"Content-Type": "application/json", "Origin": origin, "X-Prongsai-Token": token} if body is not None else {}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(origin + path, data=data, headers=headers)) as answer:
        return answer.read().decode()


def measure(n_pages):
    work = sites.workplace()
    try:
        root = work / "site"
        root.mkdir()
        shutil.move(sites.corpus(work, n_pages) / "content", root / "content")
        post = root / "content" / "news" / "studio.md"
        post.parent.mkdir(exist_ok=True)
        post.write_text('+++\ntitle = "ก"\ndate = "20 เมษายน 2566"\n+++\n')
        server = subprocess.Popen([str(sites.PROGRAM), "-C", str(root), "serve", "--lang", "en", "--port", "0"], stdout=subprocess.PIPE, text=True)
        origin = re.search(r"http://\S+?:\d+", server.stdout.readline())[0]
        token = re.search(r'name="token" content="([^"]+)"', ask(origin, "/_prongsai/studio/"))[1]
        saved, shown = [], []
        for n in range(N_TRIES):
            time.sleep(1 if n_pages < 5000 else 4)
            document = json.loads(ask(origin, "/_prongsai/api/document?of=content/news/studio.md"))
            begin = time.perf_counter()
            answer = ask(origin, "/_prongsai/api/save", {"path": document["path"], "sha256": document["sha256"],
                                                        "values": {**document["values"], "title": f"แก้ครั้งที่ {n}"}, "body": "ก"}, token)
            saved.append(time.perf_counter() - begin)
            assert json.loads(answer).get("saved"), answer[:300]
            page = ask(origin, "/news/studio/")
            shown.append(time.perf_counter() - begin)
            # The site may show the number in its own digits, so the words of the title are looked for.
            assert "แก้ครั้งที่" in re.sub(r"<[^>]*>|\u00a0|\u200b|\u2060", "", page), page[:300]
        server.kill()
        middle = lambda values: f"{statistics.median(values) * 1000:.0f} ({min(values) * 1000:.0f}–{max(values) * 1000:.0f})"
        print(f"| {n_pages} | {middle(saved)} | {middle(shown)} |", flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def main():
    sizes = [int(size) for size in (sys.argv[1] if len(sys.argv) > 1 else "100,1000,10000").split(",")]
    print("| pages | saved, ms (median, min–max) | on the screen, ms |\n|---|---|---|")
    for size in sizes:
        measure(size)


if __name__ == "__main__":
    main()
