"""A page with TOML front matter, as Hugo and Zola read it."""
from text import q


def toml_page(p, table, a, tax_table=False):
    tax = "" if a.lean else f'oit = ["o{p["item"]:02d}"]\n'
    head = f"+++\ntitle = {q(p['title'])}\ndate = {p['date']}\n"
    if tax and not tax_table:
        head += tax
    elif tax:
        head += "[taxonomies]\n" + tax
    return (head + f"[{table}]\noit_item = \"O{p['item']:02d}\"\nfiscal_year = {p['year']}\n"
            f"unit = {q(p['unit'])}\n+++\n\n" + p["body"])
