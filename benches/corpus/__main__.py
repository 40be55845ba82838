"""Writes the benchmark sites: python3 benches/corpus --out DIR --n 1000 [--sites prongsai,hugo,zola,cobalt,eleventy].

Every tree has the same N pages, 200 executives, 43 items in 7 fiscal years and 301 PDF files; only front matter, links and templates
differ. prongsai's tree also has measures and reports on them, which the peers know nothing of.
"""
import argparse
import importlib
import os
import shutil

import prongsai
import text


def pages(a, site):
    """The pages of the site, each made when it is asked for."""
    for i in range(a.n):
        item, year = text.place(i)
        if site == "prongsai":
            here = prongsai.is_disclosure({"i": i, "item": item})

            def link(j):
                return prongsai.url_of(j, text.place, text.slug_of)

            def pdf(item, of, here=here, year=year):
                return prongsai.pdf_of(here)(item, of, year)
        else:
            def link(j):
                return f"/{text.rel_of(j)}/"

            def pdf(item, of):
                return f"/files/o{item:02d}-{of}.pdf"
        yield text.page(i, a.n, a.seed, link, pdf)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    ap.add_argument("--n", type=int, required=True)
    ap.add_argument("--sites", default="prongsai,hugo,zola,cobalt,eleventy")
    ap.add_argument("--lean", action="store_true", help="no listing by item, no newest pages on the home page of the peers")
    ap.add_argument("--search", action="store_true", help="zola: build its search index too")
    ap.add_argument("--seed", type=int, default=2567)
    a = ap.parse_args()
    for site in a.sites.split(","):
        root = os.path.join(a.out, site)
        if os.path.isdir(root):
            shutil.rmtree(root)
        importlib.import_module(site).generate(root, a, pages(a, site))


if __name__ == "__main__":
    main()
