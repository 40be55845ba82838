#!/usr/bin/env python3
"""Tries every example of the guide: runs its commands and lets the program check its files, in a temporary folder.

    PROGRAM=target/release/prongsai examples/guide/try.py [page …]

Takes names of pages (default: all); exits with 1 when an example is wrong. Each page is one story, told in one folder. A page whose first
command is `prongsai init` begins in an empty folder, every other one in a copy of the example site of this repository.

    ```sh                 each line is run: prongsai, cd, mv or ssh-keygen; `exit=1` after sh says how the last one ends (else 0)
    ```text               after sh: these lines are in what was printed, in this order; a line of … stands for any
    ```toml, ```markdown  a file: the line above the block names it as `content/…` or `themes/…`; it is written and must have no error
                          `part` after toml: only a part, put into the file that is there; `wrong=P107`: has to raise that rule
    ```csv                a table of an office; the line above the block names it as `….csv`
    ```console, ```…      shown only, not tried

The newest commands are counted and left out where the program is too old for them; with --strict that is an error, too."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ.get("PROGRAM", str(ROOT / "target/release/prongsai"))
PAGES = HERE / "content/pages"
# Commands that a program may be too old for.
NEWEST = {"import", "export", "year", "schema", "cms"}
FENCE = re.compile(r"^(`{3,})(.*)$")


class Wrong(Exception):
    """An example does not do what the guide says."""


def blocks(text):
    """Blocks of code of a page: line number, words after the fence, lines, and the line above it."""
    found, fence, above = [], None, ""
    for number, line in enumerate(text.splitlines(), 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence, begin = match[1], (number, match[2].split(), [], above)
        elif fence is not None and match and len(match[1]) >= len(fence) and not match[2].strip():
            found.append(begin)
            fence = None
        elif fence is not None:
            begin[2].append(line)
        elif line.strip():
            above = line.strip()
    return found


def pdf(n_pages):
    """A small PDF with text on every page."""
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(n_pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"]
    for page in range(n_pages):
        words = f"BT /F 12 Tf 72 700 Td (Sample page {page + 1} of the guide, made up for its examples) Tj ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * page} 0 R /Resources << /Font << /F 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(words)} >>\nstream\n{words}\nendstream")
    text, table = "%PDF-1.4\n", ""
    for number, each in enumerate(objects, 1):
        table += f"{len(text):010d} 00000 n \n"
        text += f"{number} 0 obj\n{each}\nendobj\n"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return (text + end).encode()


class Story:
    """One page, tried from its first block to its last."""

    def __init__(self, folder, lang, commands, page_blocks):
        self.commands, self.printed, self.n_tried, self.skipped = commands, "", 0, []
        self.env = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LANG": lang, "SOURCE_DATE_EPOCH": "1681948800"}
        (folder / "home").mkdir()
        tools = folder / "tools"
        tools.mkdir()
        (tools / "prongsai").symlink_to(pathlib.Path(PROGRAM).resolve())
        self.env["PATH"] = f"{tools}:{self.env['PATH']}"
        self.folder = folder / "work"
        first = next((line for _, words, lines, _ in page_blocks if words[:1] == ["sh"] for line in lines if line.startswith("prongsai")), "")
        if first.startswith("prongsai init"):
            self.folder.mkdir()
        else:
            shutil.copytree(ROOT / "content", self.folder / "content")
            (self.folder / "content/history.jsonl").unlink(missing_ok=True)

    def run(self, words, lines):
        """Runs a block of commands."""
        expected = next((int(word[5:]) for word in words if word.startswith("exit=")), 0)
        lines = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        self.printed = ""
        for line in lines:
            name = line.split()[0]
            if name == "cd":
                self.folder = self.folder / line.split()[1]
                if not self.folder.is_dir():
                    raise Wrong(f"no folder: {line}")
                continue
            if name not in ("prongsai", "mv", "ssh-keygen"):
                raise Wrong(f"`{name}` is not run; write the block as ```console: {line}")
            if name == "ssh-keygen" and not shutil.which("ssh-keygen"):
                self.skipped.append(line)
                return
            asked = next((word for word in line.split()[1:] if not word.startswith("-")), "")
            if name == "prongsai" and asked in NEWEST - self.commands:
                self.skipped.append(line)
                self.printed = None
                return
            self.n_tried += 1
            wanted = expected if line == lines[-1] else 0
            code = self.serve(line) if asked == "serve" else self.command(line)
            if code != wanted:
                raise Wrong(f"`{line}` ended with {code}, not {wanted}:\n{self.printed}")

    def command(self, line):
        """Runs one command to its end; its exit code."""
        done = subprocess.run(["sh", "-c", line], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120)
        self.printed += done.stdout + done.stderr
        return done.returncode

    def serve(self, line):
        """Starts a preview, looks at it and at the studio, and stops it."""
        server = subprocess.Popen(["sh", "-c", f"exec {line}"], cwd=self.folder, env=self.env, stdout=subprocess.PIPE, text=True)
        try:
            said = server.stdout.readline()
            self.printed += said
            origin = re.search(r"http://[\d.:]+", said)
            if not origin:
                raise Wrong(f"`{line}` shows no address: {said}")
            for path in ("/", "/_prongsai/studio/"):
                with urllib.request.urlopen(origin[0] + path, timeout=30) as answer:
                    if answer.status != 200:
                        raise Wrong(f"{path} answers {answer.status}")
        finally:
            server.terminate()
            server.wait()
        return 0

    def printed_has(self, lines):
        """That these lines were printed, in this order."""
        printed = [line.strip() for line in self.printed.splitlines()]
        at = 0
        for line in (line.strip() for line in lines):
            if line in ("", "…"):
                continue
            parts = line.split("…")
            match = re.compile(".*".join(re.escape(part) for part in parts))
            found = next((n for n in range(at, len(printed)) if match.fullmatch(printed[n])), None)
            if found is None:
                near = [shown for shown in printed if parts[0][:12] in shown][:5] or printed[-12:]
                raise Wrong(f"not printed (or not in this place):\n  {line}\nprinted was, among others:\n  " + "\n  ".join(near))
            at = found + 1
        self.n_tried += 1

    def file(self, words, lines, above):
        """Writes a file, or a part of one, and lets the program check it."""
        name = re.findall(r"`((?:content|themes)/[^`]+)`", above)
        if not name:
            raise Wrong(f"the line above does not name a file as `content/…` or `themes/…`: {above}")
        path, text = self.folder / name[-1], "\n".join(lines) + "\n"
        before = path.read_bytes() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(merged(before.decode(), text) if "part" in words and before else text, encoding="utf-8", newline="\n")
        self.beside(path, text)
        found = self.problems(name[-1])
        wrong = [word[6:] for word in words if word.startswith("wrong=")]
        self.n_tried += 1
        if wrong:
            missing = [code for code in wrong if code not in {problem["code"] for problem in found}]
            if missing:
                raise Wrong(f"{name[-1]} does not raise {missing}: {found}")
            return
        errors = [f'{problem["code"]} line {problem["start"]["line"]}: {problem["message"]["en"]}' for problem in found if problem["severity"] == "error"]
        if errors:
            raise Wrong(f"{name[-1]}: " + "; ".join(errors))

    def table(self, lines, above):
        """Writes a table of an office, which a command after it reads."""
        name = re.findall(r"`([\w.-]+\.csv)`", above)
        if not name:
            raise Wrong(f"the line above does not name the table as `….csv`: {above}")
        (self.folder / name[-1]).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def beside(self, path, text):
        """The photos and files that a document names lie beside it."""
        for file in re.findall(r'^\s*(?:photo|file|seal) = "([^"/]+)"', text, re.M) + re.findall(r"!\[[^\]]*\]\(([^)/]+)\)", text):
            target = path.parent / file
            if target.exists():
                continue
            if file.endswith(".pdf"):
                target.write_bytes(pdf(3))
            elif file.endswith((".png", ".jpg")):
                shutil.copy(ROOT / "content/executives/01-mayor.png", target)

    def problems(self, name):
        """What the program finds in a file."""
        done = subprocess.run([PROGRAM, "--format", "json", "check"], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120)
        return [found for line in done.stdout.splitlines() if "code" in (found := json.loads(line)) and (found["path"] == name or name.startswith("themes/"))]


def merged(there, part):
    """A file of TOML with a part put in: tables into their tables, keys before the first table; lines of the same key are replaced."""
    lines, table = there.splitlines(), None
    for line in part.splitlines():
        if line.startswith("["):
            table = line.strip()
            if table.startswith("[[") or table not in lines:
                lines += ["", table]
            continue
        key = re.match(r"[\w\"/.-]+ =", line)
        first = next((n for n, other in enumerate(lines) if other.startswith("[")), len(lines))
        if key and table is None:
            same = next((n for n in range(first) if lines[n].startswith(key[0])), None)
            lines[same if same is not None else first:(same + 1) if same is not None else first] = [line]
        elif table and not table.startswith("[["):
            at = lines.index(table)
            end = next((n for n in range(at + 1, len(lines)) if lines[n].startswith("[")), len(lines))
            same = next((n for n in range(at + 1, end) if key and lines[n].startswith(key[0])), None)
            lines[same if same is not None else at + 1:(same + 1) if same is not None else at + 1] = [line]
        elif line.strip():
            lines.insert(first, line) if table is None else lines.append(line)
    return "\n".join(lines) + "\n"


def commands():
    """Names of the commands that the program has."""
    said = subprocess.run([PROGRAM, "--lang", "en", "--help"], capture_output=True, text=True, check=True).stdout
    return {match[1] for match in re.finditer(r"^  ([a-z]+)  ", said, re.M)} | {"help"}


def trial(page, known):
    """Tries a page; how many examples were tried, and what was left out."""
    found = blocks(page.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="prongsai-guide-") as folder:
        lang = "en_GB.UTF-8" if page.name.endswith(".en.md") else "th_TH.UTF-8"
        story = Story(pathlib.Path(folder), lang, known, found)
        for number, words, lines, above in found:
            try:
                if words[:1] == ["sh"]:
                    story.run(words, lines)
                elif words[:1] == ["text"] and story.printed is not None:
                    story.printed_has(lines)
                elif words[:1] == ["csv"]:
                    story.table(lines, above)
                elif words[:1] in (["toml"], ["markdown"]):
                    story.file(words, lines, above)
            except Wrong as wrong:
                raise Wrong(f"{page.name}:{number}: {wrong}") from None
            if words[:1] != ["sh"]:
                # What was printed belongs to the block right above.
                story.printed = ""
    return story.n_tried, story.skipped


def main():
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    # The page of rules is made of examples that the program's own tests try.
    pages = [page for page in sorted(PAGES.glob("*.md")) if not page.name.startswith("rules.") and (not wanted or page.name.split(".")[0] in wanted)]
    known, failures, n_tried, skipped = commands(), 0, 0, []
    for page in pages:
        begun = time.monotonic()
        try:
            n, left = trial(page, known)
        except Wrong as wrong:
            failures += 1
            print(f"WRONG {wrong}")
            continue
        n_tried, skipped = n_tried + n, skipped + left
        print(f"ok    {page.name}: {n} examples in {time.monotonic() - begun:.1f} s" + (f", {len(left)} left out" if left else ""))
    print(f"{len(pages)} pages, {n_tried} examples, {failures} wrong, {len(skipped)} left out" + "".join(f"\n      {line}" for line in skipped))
    if failures or (skipped and "--strict" in sys.argv):
        sys.exit(1)


if __name__ == "__main__":
    main()
