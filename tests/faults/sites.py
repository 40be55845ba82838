"""What the tests of faults share: a site in three versions, the program, folders compared byte for byte."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("PRONGSAI", ROOT / "target" / "release" / "prongsai"))
sys.path.insert(0, str(ROOT / "benches" / "corpus"))
from text import pdf_bytes  # noqa: E402

VERSIONS = "abc"
LOCK, PENDING, STAGE = ".prongsai-lock", ".prongsai-pending.json", ".prongsai-stage"


def workplace():
    """A folder in memory where there is one, so that the disk does not slow what is to be fast."""
    ram = Path("/dev/shm")
    has_room = ram.is_dir() and os.access(ram, os.W_OK) and shutil.disk_usage(ram).free > 1 << 30
    return Path(tempfile.mkdtemp(prefix="prongsai-faults-", dir=ram if has_room else None))


def build(root, *more, **how):
    """Builds; gives the exit code and all that was said."""
    argv = [str(PROGRAM), "-C", str(root), "build", *more]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **how)
    return done.returncode, done.stdout


def built(root):
    code, said = build(root)
    if code != 0:
        sys.exit(f"a site that should build does not: {code}\n{said}")


def tree(folder):
    """Every file below a folder but the lock, with its checksum; a link counts with where it leads."""
    files = {}
    for at, folders, names in os.walk(folder):
        for name in names + [name for name in folders if os.path.islink(os.path.join(at, name))]:
            path = os.path.join(at, name)
            files[os.path.relpath(path, folder)] = os.readlink(path) if os.path.islink(path) else digest(read(path))
    files.pop(LOCK, None)
    return files


def read(path):
    with open(path, "rb") as file:
        return file.read()


def digest(content):
    return hashlib.sha256(content).hexdigest()


def differences(found, wanted):
    paths = sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))
    return [(path, "left over" if path not in wanted else "missing" if path not in found else "other bytes") for path in paths]


def assets_of(path, content, published):
    """The local files that a page or style sheet names and that are no pages."""
    if not path.endswith((".html", ".css")):
        return []
    text = content.decode()
    names = re.findall(r'\b(?:href|src|srcset)="([^"]*)"', text) + re.findall(r'url\("?([^")]*)"?\)', text)
    found = set()
    for name in (word.split()[0] for value in names for word in value.split(",") if word.strip()):
        target = unquote(re.sub(r"^https?://[^/]*", "", name.split("#")[0].split("?")[0]))
        local = target.lstrip("/") if target.startswith("/") else os.path.normpath(os.path.join(os.path.dirname(path), target))
        if local in published and not local.endswith(".html"):
            found.add(local)
    return sorted(found)


def corpus(folder, n):
    subprocess.run([sys.executable, str(ROOT / "benches/corpus"), "--out", str(folder), "--n", str(n), "--sites", "prongsai"], check=True)
    return folder / "prongsai"


def make_versions(work, n):
    """The site's sources as they are in each version: `work/a` and so on, each with `content` and `themes`."""
    base = corpus(work, n)
    for version in VERSIONS:
        root = work / version
        shutil.copytree(base / "content", root / "content")
        make_version(root, version)
    shutil.rmtree(base)


def make_version(root, version):
    content, at = root / "content", VERSIONS.index(version)
    settings = (content / "site.toml").read_text()
    # Every page names the agency, so that every page changes.
    settings = re.sub(r'^name = "', f'name = "ฉบับ {version} ', settings, count=1, flags=re.M)
    # A history grows with every build; here each version always has the same bytes.
    (content / "site.toml").write_text("history = false\n" + settings)
    style = root / "themes/default/components/tel/tel.css"
    style.parent.mkdir(parents=True)
    style.write_text((ROOT / "themes/default/components/tel/tel.css").read_text() + f"\n.version-{version} {{ color: inherit }}\n")
    # Old pages link to files in a folder that is new in each version.
    album = content / f"news/album-{version}/files"
    album.mkdir(parents=True)
    for k, post in enumerate(sorted((content / "news").glob("*.md"))[:40]):
        (album / f"{k}.pdf").write_bytes(pdf_bytes(f"album {version} {k}"))
        with post.open("a") as file:
            file.write(f"\n\n[เอกสารแนบ](album-{version}/files/{k}.pdf)\n")
    # Pages that come and go, each with a file that changes under its name and one whose name changes.
    for k in range(at * 20, at * 20 + 40):
        page(content / f"news/extra-{k}.md", f"ข่าว {k} {version}", [f"extra-{k}.pdf", f"plan-{version}-{k}.pdf"], version)
    for k in range(10):
        page(content / f"pages/only-{version}-{k}.md", f"หน้า {k} {version}", [f"only-{version}-{k}.pdf"], version, dated=False)
    # A fiscal year whose folders are new, of pages and of files.
    if at > 0:
        for topic in ["annual-report", "laws", "service-manual"]:
            page(content / f"disclosures/{2571 + at}/{topic}.md", f"{topic} {version}", [f"{topic}.pdf"], version)
    # Files of the corpus with other contents under the same names.
    for k, file in enumerate(sorted((content / "disclosures").glob("*/*.pdf"))):
        if k % 3 == at:
            file.write_bytes(pdf_bytes(f"{file.name} {version}"))


def page(path, title, files, version, dated=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    date = "date = 2023-04-20\n" if dated else ""
    links = "\n".join(f"- [เอกสาร {name}]({name})" for name in files)
    path.write_text(f'+++\ntitle = "{title}"\n{date}+++\n\n{title}\n\n{links}\n')
    for name in files:
        (path.parent / name).write_bytes(pdf_bytes(f"{name} {version}"))


class Versions:
    """What each version publishes, and which assets each of its pages needs."""

    def __init__(self, work):
        self.trees, self.needs, self.known = {}, {}, {}
        for version in VERSIONS:
            built(work / version)
            public = work / version / "public"
            files = tree(public)
            self.trees[version] = files
            for path, checksum in files.items():
                self.known.setdefault(path, set()).add(checksum)
                self.needs.setdefault((path, checksum), assets_of(path, read(public / path), files))
            shutil.rmtree(public)
            shutil.rmtree(work / version / ".prongsai")
        trees = self.trees.values()
        self.always = set.intersection(*(set(files) for files in trees))

    def swap(self, work, root, version):
        """Puts the sources of a version into the site folder."""
        for folder in ("content", "themes"):
            held = root / f"{folder}.version"
            if (root / folder).exists():
                os.rename(root / folder, work / held.read_text() / folder)
            os.rename(work / version / folder, root / folder)
            held.write_text(version)

    def wrong_in(self, files):
        """What is wrong with a site that nobody changes just now, given as a `tree`."""
        for path in sorted(self.always - files.keys()):
            yield f"{path} is missing, which every version has"
        for path, checksum in files.items():
            # The program's own names; the next build removes them.
            if path == PENDING or path.startswith(STAGE):
                continue
            if checksum not in self.known.get(path, ()):
                yield f"{path} has bytes that no version has"
                continue
            for asset in self.needs[path, checksum]:
                if asset not in files:
                    yield f"{path} names {asset}, which is not there"

    def wrong_at(self, path, fetch):
        """What is wrong with what is published at `path` at this moment; `fetch` gives bytes, or None where nothing is."""
        content = fetch(path)
        if content is None:
            return f"{path} is missing, which every version has" if path in self.always else None
        checksum = digest(content)
        if checksum not in self.known.get(path, ()):
            return f"{path} has {len(content)} bytes that no version has"
        for asset in self.needs[path, checksum]:
            # When the page was replaced in between, it may name another file by now.
            if fetch(asset) is None and fetch(path) == content:
                return f"{path} names {asset}, which is not there"
        return None
