#!/usr/bin/env python3
"""The schemas of docs/schemas/ against the content of real sites, and against content that is broken in one place each.

    tests/data/schemas.py [SITE…]     sites are folders with content/; those of the project when none is named

Needs jsonschema and PyYAML, which tests/data/validate.sh installs: target/frictionless/venv/bin/python tests/data/schemas.py
Also reads docs/ci/*.yml as YAML.
"""

import copy
import datetime
import fnmatch
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
FENCE = "+++"


def plain(value):
    """TOML as JSON: days and times as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def fields(path):
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    if path.suffix == ".md":
        first, rest = text.split("\n", 1)
        assert first.strip() == FENCE, path
        text = rest.split("\n" + FENCE, 1)[0] if not rest.startswith(FENCE) else ""
    return plain(tomllib.loads(text))


def schema_of(place):
    """The schema of a file, by its place in the site folder."""
    parts = place.split("/")
    if place == "content/site.toml":
        return "site"
    if parts[1] == "catalog":
        return "form"
    return parts[1]


def broken(value, schema):
    """Copies of a document, each broken in one place, and where: a key that nobody knows, a value of a wrong type."""
    unknown = copy.deepcopy(value)
    unknown["nobody_knows_this"] = 1
    yield "an unknown key", unknown
    for key, inner in value.items():
        wrong = copy.deepcopy(value)
        wrong[key] = 5 if isinstance(inner, dict) else {"nobody": ["knows"]}
        free = schema.get("properties", {}).get(key, {})
        yield f"`{key}` of a wrong type", wrong
        row = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], dict) else inner
        if isinstance(row, dict) and "propertyNames" not in json.dumps(free):
            wrong = copy.deepcopy(value)
            (wrong[key][0] if isinstance(inner, list) else wrong[key])["nobody_knows_this"] = 1
            yield f"an unknown key in `{key}`", wrong


def without_required(value, schema):
    required = schema.get("required", []) + schema.get("else", {}).get("required", [])
    for key in required:
        if key in value and value.get("draft") is not True:
            wrong = copy.deepcopy(value)
            del wrong[key]
            yield f"without `{key}`", wrong


def commands(value):
    """Every script of a CI file: `run`, and the lines of `script` and `before_script`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "run":
                yield inner
            elif key in ("script", "before_script"):
                yield "\n".join(inner)
            else:
                yield from commands(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from commands(inner)


def main():
    schemas = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "docs/schemas").glob("*.json"))}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"].endswith("2020-12/schema"), name
    validators = {name: Draft202012Validator(schema) for name, schema in schemas.items()}
    sites = [Path(site) for site in sys.argv[1:]] or [ROOT, ROOT / "tests/sites/complete", ROOT / "tests/sites/small"]
    files = [(path, str(path.relative_to(site))) for site in sites for path in sorted((site / "content").rglob("*"))]
    files = [(path, place) for path, place in files if path.suffix in (".md", ".toml")]
    # A translation has some fields of its document, and none has to be there.
    files = [(path, place) for path, place in files if not fnmatch.fnmatch(path.name, "*.en.md")]
    files += [(path, f"content/catalog/{path.name}") for path in sorted((ROOT / "src/catalog/forms").glob("*.toml"))]
    seen, n_broken = {}, 0
    for path, place in files:
        name, value = schema_of(place), fields(path)
        problems = [f"{error.json_path}: {error.message[:200]}" for error in validators[name].iter_errors(value)]
        assert not problems, f"{path} does not fit schemas/{name}.json:\n" + "\n".join(problems)
        seen[name] = seen.get(name, 0) + 1
        for what, wrong in [*broken(value, schemas[name]), *without_required(value, schemas[name])]:
            assert not validators[name].is_valid(wrong), f"{path} with {what} fits schemas/{name}.json"
            n_broken += 1
    if not sys.argv[1:]:
        unseen = set(schemas) - set(seen) - {"submissions"}
        assert not unseen, f"no file tests {unseen}"
        submission = {"fiscal_year": 2566, "date": "28 เมษายน 2566", "answer": [{"item": "O2", "url": "https://example.go.th/"}]}
        assert validators["submissions"].is_valid(submission)
        for what, wrong in broken(submission, schemas["submissions"]):
            assert not validators["submissions"].is_valid(wrong), what
    print(f"{len(files)} files fit their {len(seen)} schemas; {n_broken} broken copies do not")
    for path in sorted((ROOT / "docs/ci").glob("*.yml")):
        document = yaml.safe_load(path.read_text())
        assert isinstance(document, dict) and document, path
        scripts = list(commands(document))
        assert any("prongsai build" in script for script in scripts) and any("--format sarif" in script for script in scripts), path
        for script in scripts:
            subprocess.run(["bash", "-n", "-c", re.sub(r"\$\{\{[^}]*\}\}", "x", script)], check=True)
        print(f"{path.relative_to(ROOT)}: YAML, and {len(scripts)} scripts that bash reads")


main()
