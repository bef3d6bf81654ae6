// Where a text is printed, read from the PDF itself by `hakusho extract`, not asked of the server.
import { execFileSync } from "node:child_process";

const documents = new Map();
const runs = new Map();

function document(name) {
  if (!documents.has(name)) {
    const text = execFileSync(process.env.HAKUSHO, ["extract", "--to", "json", `${process.env.HAKUSHO_SAMPLES}/${name}`], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    documents.set(name, JSON.parse(text));
  }
  return documents.get(name);
}

/** Width of a page, in points. */
export const widthOf = (name, page) => document(name).pages.find((p) => p.index === page).width;

/** The printed lines of a quote, as `{page, x, y, width, height}` in points from the top left. */
export function linesOf(name, quote) {
  const out = [];
  for (const block of document(name).blocks) {
    const at = (block.text ?? "").indexOf(quote);
    if (at < 0) continue;
    const start = Array.from(block.text.slice(0, at)).length;
    const end = start + Array.from(quote).length;
    for (const line of block.lines ?? []) {
      if (line.end <= start || line.start >= end) continue;
      const [x0, y0, x1, y1] = line.bbox;
      out.push({ page: line.page, x: x0, y: y0, width: x1 - x0, height: y1 - y0 });
    }
  }
  return out;
}

/** The glyph runs of a page that end so, a sign of per cent aside, as `{page, x, y, width, height}`. */
export function runsOf(name, page, text) {
  if (!runs.has(name)) {
    const lines = execFileSync(process.env.HAKUSHO, ["extract", "--to", "runs", `${process.env.HAKUSHO_SAMPLES}/${name}`], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    runs.set(name, lines.toString().trim().split("\n").slice(1).map((line) => line.split("\t")));
  }
  return runs.get(name).filter(([on, , , , , , , , , , read]) => Number(on) === page && read.replace(/[%％\s]+$/, "").endsWith(text))
    .map(([, x0, y0, x1, y1]) => ({ page, x: Number(x0), y: Number(y0), width: x1 - x0, height: y1 - y0 }));
}

/** The part of a box that lies in some of the others. */
export function covered(box, others) {
  const share = others.filter((o) => o.page === box.page).map((o) => {
    const width = Math.min(box.x + box.width, o.x + o.width) - Math.max(box.x, o.x);
    const height = Math.min(box.y + box.height, o.y + o.height) - Math.max(box.y, o.y);
    return width > 0 && height > 0 ? (width * height) / (box.width * box.height) : 0;
  });
  return Math.max(0, ...share);
}
