#!/usr/bin/env python3
"""Build the sample editions: PDFs, and the truth beside them. Called by build.sh, which prepares typst and the fonts.

The template leaves one record for every heading, block, exhibit, table row, footnote and reference of the text, with
the page it came to lie on (see src/template.typ). This program compiles an edition, asks typst for those records, puts
them into the order a careful reader reads, and checks the result against itself and against the text layer.
"""
import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from datetime import datetime, timezone
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
EDITIONS = ("mihon-r05", "mihon-r06", "mihon-r07")
SNIPPET = 22


# ------------------------------------------------------------------------------------------ typst

class Edition:
    def __init__(self, name, fonts):
        self.name = name
        self.compiler = typst.Compiler(input=str(HERE / "src" / f"{name}.typ"), root=str(HERE / "src"),
                                       font_paths=[str(fonts)], ignore_system_fonts=True)
        self.about = self.ask("<edition>")[0]
        self.records = self.ask("<truth>")

    def ask(self, selector):
        return json.loads(self.compiler.query(selector, field="value"))

    def pdf(self):
        """The PDF as bytes; the time in it is the date of the edition, never the clock."""
        stamp = datetime(*self.about["date"], tzinfo=timezone.utc)
        pdf, warnings = self.compiler.compile_with_warnings(format="pdf", timestamp=int(stamp.timestamp()),
                                                            pdf_tags=self.about["tagged"])
        if warnings:
            sys.exit(f"{self.name}: {warnings}")
        return pdf


# ------------------------------------------------------------------------------------------ truth

class Truth:
    """One pass over the records of an edition."""

    def __init__(self, edition, pdf, names):
        self.edition, self.names = edition, names
        self.sections, self.exhibits, self.tables, self.chart_data = [], [], [], []
        self.footnotes, self.xrefs, self.artifacts, self.ranking = [], [], [], []
        self.passages, self.events, self.observations = [], [], []
        self.blocks, self.open, self.stack, self.exhibit = [], {}, [], None
        self.in_column, self.pair, self.note_pages = None, None, []
        for record in edition.records:
            getattr(self, "on_" + record["kind"].replace("-", "_"))(record)
        self.finish(pdf)

    # -- records

    def block(self, record, kind, text, **more):
        row = {"page": record["page"], "kind": kind, "head": text[:SNIPPET], "tail": text[-SNIPPET:], **more}
        self.blocks.append({"row": row, "y": record["y"], "page": record["page"],
                            "float": bool(self.exhibit and self.exhibit["float"])})
        if self.in_column:
            row["in_box"] = self.in_column
        if self.exhibit and self.exhibit["float"]:
            row["float"] = True
        return row

    def section_id(self):
        return self.stack[-1]["id"] if self.stack else None

    def on_heading(self, r):
        while self.stack and self.stack[-1]["level"] >= r["level"]:
            self.stack.pop()
        section = {"id": f"s{len(self.sections) + 1}", "level": r["level"], "label": r["label"], "title": r["title"],
                   "page": r["page"], "parent": self.section_id()}
        if r["role"] != "heading":
            section["role"] = r["role"]
        self.sections.append(section)
        self.stack.append(section)
        self.in_column = None
        text = "　".join(t for t in (r["label"], r["title"]) if t)
        self.block(r, "heading", text, section=section["id"])
        if r["role"] == "column":
            self.in_column = section["id"]

    def prose(self, r, where):
        row = self.block(r, r["kind"], r["text"])
        self.open[r["kind"], r["text"]] = row
        if r["kind"] not in ("paragraph", "list_item", "chronology_entry"):
            return row
        passage = {"id": f"p{len(self.passages) + 1}", "page": r["page"], "where": where, "section": self.section_id(), "text": r["text"]}
        self.passages.append(passage)
        row["passage"] = passage["id"]
        for event in r["events"]:
            if r["kind"] == "chronology_entry":
                event = {**event, "date_role": "column_month", "region": r["side"]}
            self.events.append({"passage": passage["id"], "page": r["page"], **event})
        for fact in r["observations"]:
            self.observations.append({"page": r["page"], "passage": passage["id"], **fact})
        return row

    def on_paragraph(self, r):
        self.prose(r, "paragraph")

    def on_list_item(self, r):
        self.prose(r, "list item")

    def on_box(self, r):
        self.prose(r, "box")

    def on_chronology_entry(self, r):
        self.prose(r, "chronology").update(month=r["month"], side=r["side"])

    def on_note(self, r):
        self.prose(r, "note")["exhibit"] = r["number"]

    def on_end(self, r):
        if r["of"] == "exhibit":
            if r["page"] != self.exhibit["page"]:
                self.exhibit["pages"] = list(range(self.exhibit["page"], r["page"] + 1))
            self.exhibit = None
        elif r["of"] == "pair":
            self.pair = None
        elif r["of"] == "column":
            self.in_column = None
        else:
            row = self.open.pop((r["of"], r["text"]))
            if r["page"] != row["page"]:
                row["pages"] = list(range(row["page"], r["page"] + 1))

    def on_pair(self, r):
        self.pair = r

    def on_exhibit(self, r):
        label = "図表" + r["number"]
        self.exhibit = {"number": r["number"], "label": label, "caption": r["caption"], "kind": r["exhibit"],
                        "page": r["page"], "source": r["source"], "notes": r["notes"], "section": self.section_id(),
                        "float": r["float"] or bool(self.pair and self.pair["float"])}
        if self.pair:
            self.exhibit["beside"] = True
        if r["chart-type"]:
            self.exhibit["chart_type"] = r["chart-type"]
        self.exhibits.append(self.exhibit)
        self.block(r, "caption", label + "　" + r["caption"], exhibit=r["number"])
        self.block(r, r["exhibit"], "", exhibit=r["number"])
        if r["rows"]:
            usual = {"rowspan": 1, "colspan": 1, "header": False}       # left out where a cell has just these
            rows = [[{k: v for k, v in cell.items() if usual.get(k) != v} for cell in row] for row in r["rows"]]
            self.tables.append({"exhibit": r["number"], "page": r["page"], "rows": rows,
                                "row_pages": [r["page"]] * len(r["rows"])})
        for point in r["data"]:
            self.chart_data.append({"exhibit": r["number"], "page": r["page"],
                                    **{k: v for k, v in point.items() if v is not None}})
        for entry in (r["ranking"] or {}).get("entries", []):
            self.ranking.append({"list": r["ranking"]["list"], "edition": r["ranking"]["edition"],
                                 "rank": entry["rank"], "name": entry["name"], "exhibit": r["number"],
                                 "page": r["page"], "prev_edition": str(int(r["ranking"]["edition"]) - 1),
                                 "prev_rank": [entry["previous"]] if entry["previous"] else [],
                                 "new": entry["new"], "prev_printed": entry["printed"]})

    def on_row(self, r):
        self.tables[-1]["row_pages"][r["row"]] = r["page"]

    def on_source_note(self, r):
        self.block(r, "source_note", r["text"], exhibit=r["number"])

    def on_anchor(self, r):
        note = {"marker": f"＊{len(self.footnotes) + 1}", "page": r["page"], "text": r["text"],
                "anchor_page": r["page"], "anchor_before": r["before"][-15:], "urls": r["urls"]}
        self.footnotes.append(note)
        if self.exhibit:
            self.exhibit.setdefault("source_markers", []).append(note["marker"])

    def on_note_start(self, r):
        self.note_pages.append([r["page"]])

    def on_note_end(self, r):
        self.note_pages[-1].append(r["page"])

    def on_xref(self, r):
        self.xrefs.append({"page": r["page"], "text": r["text"], "target": r["target"], "section": self.section_id()})

    def on_artifact(self, r):
        self.artifacts.append({"page": r["page"], "kind": r["artifact"], "text": r["text"]})

    # -- the whole

    def finish(self, pdf):
        for note, pages in zip(self.footnotes, self.note_pages, strict=True):
            note["page"] = pages[0]
            if pages[0] != pages[1]:
                note["pages"] = pages
        known = {e["number"]: e["page"] for e in self.exhibits}
        for x in self.xrefs:
            if x["target"] not in known:
                x["stale"] = True
            elif known[x["target"]] > x["page"] + 1:
                x["ahead"] = True
        for e in self.exhibits:
            if not e["float"]:
                del e["float"]
        self.column_heads()
        self.artifacts.sort(key=lambda a: a["page"])
        count = max(a["page"] for a in self.artifacts)
        labels = {a["page"]: a["text"] for a in self.artifacts if a["kind"] == "page_number"}
        about = self.edition.about
        self.data = {
            "doc": self.edition.name, "file": f"{self.edition.name}.pdf", "sha256": hashlib.sha256(pdf).hexdigest(),
            "licence": "CC0-1.0", "fictional": True,
            "series": about["series"], "edition": about["name"], "year": about["year"], "part": about["part"],
            "publisher": about["publisher"], "style": about["style"], "tagged": about["tagged"],
            "complete": {**{k: "all" for k in (
                "sections", "reading_order", "exhibits", "tables", "chart_data", "footnotes", "xrefs", "artifacts",
                "ranking")},
                "mentions": False, "events": "all in the listed passages; none from tables, footnotes and boxes",
                "observations": "figures of surveys, counts and shares in body prose"},
            "defects": about["defects"], "not_comparable": about["not-comparable"],
            "surveys": [{k.replace("-", "_"): v for k, v in s.items()} for s in about["surveys"]],
            "aliases": [{"alias": a, "name": n} for a, n in about["aliases"]],
            "pages": [{"index": i, "label": labels[i]} for i in range(1, count + 1)],
            "sections": self.sections, "reading_order": self.reading_order(count), "exhibits": self.exhibits,
            "tables": self.tables, "chart_data": self.chart_data, "footnotes": self.footnotes, "xrefs": self.xrefs,
            "artifacts": self.artifacts, "ranking": self.ranking, "passages": self.passages, "events": self.events,
            "observations": self.observations,
        }
        self.data["entities"] = self.entities()

    def column_heads(self):
        """The heads 国内 and 海外 stand at the top of the chronology on each of its pages."""
        rows = [b["row"] for b in self.blocks if b["row"]["kind"] == "chronology_entry"]
        pages = sorted({p for r in rows for p in r.get("pages", [r["page"]])})
        self.artifacts += [{"page": p, "kind": "column_header", "text": t} for p in pages for t in ("国内", "海外")]

    def reading_order(self, count):
        order = []
        for page in range(1, count + 1):
            here = [b for b in self.blocks if b["page"] == page]
            floats = {}
            for b in here:
                if b["float"]:
                    floats.setdefault(b["row"]["exhibit"], []).append(b)
            for b in here:
                if b["float"]:
                    continue
                for number in [n for n, group in floats.items() if group[0]["y"] < b["y"]]:
                    order += [f["row"] for f in floats.pop(number)]
                order.append(b["row"])
            order += [f["row"] for group in floats.values() for f in group]
            for n in self.footnotes:
                if n["page"] == page:
                    order.append({"page": page, "kind": "footnote", "head": n["text"][:SNIPPET],
                                  "tail": n["text"][-SNIPPET:], "marker": n["marker"]})
        for i, row in enumerate(order):
            row["n"] = i + 1
        return order

    def entities(self):
        """Names of the list in canonical.json that are printed in this edition, longest match first."""
        text = "\n".join([p["text"] for p in self.passages] + [n["text"] for n in self.footnotes]
                         + [c["text"] for t in self.tables for row in t["rows"] for c in row]
                         + [e["caption"] for e in self.exhibits] + [e["source"] or "" for e in self.exhibits])
        owner = {n: e["id"] for e in self.names for n in e["names"]}
        found = {}
        for hit in re.finditer("|".join(sorted(map(re.escape, owner), key=len, reverse=True)), text):
            found.setdefault(owner[hit.group()], {}).setdefault(hit.group(), 0)
            found[owner[hit.group()]][hit.group()] += 1
        return [{"id": e["id"], "type": e["type"], "name": e["name"], "printed": found[e["id"]],
                 **({"fictional": True} if e.get("fictional") else {})} for e in self.names if e["id"] in found]


# ------------------------------------------------------------------------------------------ checks

def fold(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def page_texts(pdf):
    """The text layer, page by page, or None where pdftotext is not installed."""
    if not shutil.which("pdftotext"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.pdf"
        path.write_bytes(pdf)
        out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True)
    return [fold(t) for t in out.stdout.decode("utf-8").split("\f")]


def check(truth, names, texts):
    """What is wrong with the truth of one edition, as a list of messages."""
    wrong, ids = [], {e["id"] for e in names}
    say = lambda *words: wrong.append(f"{truth['doc']}: " + " ".join(map(str, words)))
    passages = {p["id"]: p["text"] for p in truth["passages"]}
    for o in truth["observations"]:
        if o["text"] not in passages[o["passage"]]:
            say("quote not in its passage:", o["text"])
        plain = re.sub(r"(\d+)万(\d*)", lambda m: str(int(m[1]) * 10000 + int(m[2] or 0)), o["text"].replace(",", ""))
        plain = re.sub(r"(\d)割", r"\g<1>0", plain)
        if o["value"] not in [float(n) for n in re.findall(r"\d+(?:\.\d+)?", plain)]:
            say("value not in its quote:", o["text"], o["value"])
    for e in truth["events"]:
        text = passages[e["passage"]]
        for slot in [*e["actor"], *e["affected"], *filter(None, [e.get("law"), e.get("via")])]:
            if slot not in ids:
                say("unknown id:", slot)
            elif not any(n in text for x in names if x["id"] == slot for n in x["names"]) and slot != e.get("law"):
                say("name of", slot, "not in", text[:30])
        for c in e["counts"]:
            if c["printed"] not in text:
                say("count not in its passage:", c["printed"])
        if e.get("negated") and e["negated"] not in text:
            say("denial not in its passage:", e["negated"])
    for d in truth["chart_data"]:
        if float(d["printed"].replace(",", "")) != d["value"]:
            say("printed value differs:", d)
    sums = {}
    for d in truth["chart_data"]:
        kind = next(e["chart_type"] for e in truth["exhibits"] if e["number"] == d["exhibit"])
        if kind in ("pie", "stacked horizontal bar"):
            key = d["exhibit"], None if kind == "pie" else d["category"]
            sums[key] = sums.get(key, 0) + d["value"]
        if kind == "stacked bar":
            key = d["exhibit"], d["category"], "difference"
            sums[key] = sums.get(key, 0) + (-1 if d["series"] == "合計" else 1) * d["value"]
    for key, total in sums.items():
        if abs(total - (0 if key[-1] == "difference" else 100)) > 1e-6:
            say("does not add up:", key, total)
    stale = [x["text"] for x in truth["xrefs"] if x.get("stale")]
    if stale != [d["text"] for d in truth["defects"] if d["code"] == "dangling-reference"]:
        say("stale references:", stale)
    for d in truth["defects"]:
        if d["page-label"] not in [p["label"] for p in truth["pages"]]:
            say("defect on no page:", d)
    if texts is not None:
        check_text(truth, texts, say)
    return wrong


def check_text(truth, texts, say):
    """Every string of the truth stands in the text layer of its page."""
    marker = re.compile(r"\*\d+")

    def look(pages, *strings):
        here = "".join(texts[p - 1] for p in pages)
        bare = marker.sub("", here)
        for s in strings:
            if s and fold(s) not in here and fold(s) not in bare:
                say("not on page", pages, s)

    for b in truth["reading_order"]:
        pages = b.get("pages", [b["page"]])
        look(pages[:1], b["head"][:8]), look(pages[-1:], b["tail"][-8:])
    for e in truth["exhibits"]:
        pages = e.get("pages", [e["page"]])
        look(pages[:1], e["label"], e["caption"]), look(pages[-1:], e["source"], *e["notes"])
    for t in truth["tables"]:
        for row, page in zip(t["rows"], t["row_pages"]):
            look([page], *(c["text"] for c in row))
    for d in truth["chart_data"]:
        look([d["page"]], d["printed"], d["category"], d.get("series") if d.get("series") not in ("件数", "相談件数", "合計") else None)
    for n in truth["footnotes"]:
        look([n["page"]], n["marker"], n["text"], *n["urls"]), look([n["anchor_page"]], n["anchor_before"][-8:])
    for x in truth["xrefs"]:
        look([x["page"]], x["text"])
    for a in truth["artifacts"]:
        look([a["page"]], a["text"])


def check_rankings(truths):
    """Previous ranks agree with the previous edition, but for the declared defect."""
    wrong, before = [], {}
    for truth in truths:
        ranks = {r["name"]: r["rank"] for r in truth["ranking"]}
        found = []
        for r in truth["ranking"] if before else []:
            printed = (r["prev_rank"] or [None])[0]
            real = before.get(r["name"])
            agrees = printed == real if real else printed is None or printed > 10
            if not agrees:
                r["agrees_with_previous_edition"] = False
                found.append((r["name"], printed, real))
        declared = [(d["text"], d["printed"], d["in-previous-edition"]) for d in truth["defects"]
                    if d["code"] == "previous-rank-disagrees"]
        if found != declared:
            wrong.append(f"{truth['doc']}: ranking disagrees {found}, declared {declared}")
        before = ranks
    return wrong


# ------------------------------------------------------------------------------------------ files

def dump(data):
    """JSON with one list item a line: small, and readable in a diff."""
    one = lambda v: json.dumps(v, ensure_ascii=False)
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            parts.append(f"{one(key)}: [\n" + ",\n".join(" " + one(v) for v in value) + "\n]")
        else:
            parts.append(f"{one(key)}: {one(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    options = argparse.ArgumentParser(description="Build the sample editions.")
    options.add_argument("--fonts", required=True, type=Path, help="folder with the three font files")
    options.add_argument("--check", action="store_true", help="write nothing; compare with the committed files")
    options = options.parse_args()
    names = json.loads((HERE / "truth" / "canonical.json").read_text("utf-8"))
    files, truths, wrong = {}, [], []
    for name in EDITIONS:
        edition = Edition(name, options.fonts)
        pdf = edition.pdf()
        if pdf != Edition(name, options.fonts).pdf():
            wrong.append(f"{name}: two builds differ")
        truth = Truth(edition, pdf, names).data
        texts = page_texts(pdf)
        wrong += check(truth, names, texts)
        files[HERE / f"{name}.pdf"] = pdf
        truths.append(truth)
        print(f"{name}: {len(truth['pages'])} pages, {len(pdf) / 1024:.0f} KiB"
              + ("" if texts else ", text layer not checked (pdftotext is not installed)"))
    wrong += check_rankings(truths)
    files |= {HERE / "truth" / f"{t['doc']}.gold.json": dump(t).encode("utf-8") for t in truths}
    for path, data in files.items():
        if not options.check:
            path.write_bytes(data)
        elif not path.exists() or path.read_bytes() != data:
            wrong.append(f"{path.name}: differs from what the sources give")
    for message in wrong:
        print(message, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
