// How the text of a file is cut for reading: parts that load one after the other, pages, and what stands on them.
import type { Block, Exhibit, FileOutline, FileText, Footnote, Section } from "../lib/types";

/** Pages that load together. */
export const PAGES_A_PART = 5;

/** A run of pages of the file, both ends included. */
export interface Part { from: number; to: number }

/** All parts of a file. */
export function partsOf(pages: FileOutline["pages"]): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < pages.length; i += PAGES_A_PART) {
    const last = pages[Math.min(i + PAGES_A_PART, pages.length) - 1]!;
    parts.push({ from: pages[i]!.index, to: last.index });
  }
  return parts;
}

/** What stands on a page, in reading order. */
export interface ReadPage { page: number; items: Item[]; notes: Footnote[] }
export type Item = { block: Block; exhibit: null } | { block: null; exhibit: Exhibit; words: Block[] };

/** Pages of a part with their blocks; an exhibit stands where its first block does, the rest of its blocks are its words. */
export function pagesOf(text: FileText): ReadPage[] {
  const pages = new Map<number, ReadPage>();
  for (let page = text.from; page <= text.to; page++) pages.set(page, { page, items: [], notes: [] });
  const on = (page: number): ReadPage => {
    // What begins on an earlier page than the part does is shown at its beginning.
    return pages.get(Math.min(Math.max(page, text.from), text.to))!;
  };
  const exhibits = new Map(text.exhibits.map((e) => [e.id, e]));
  const shown = new Map<string, Block[]>();
  const noted = new Set(text.notes.map((n) => n.page));
  for (const block of text.blocks) {
    const exhibit = block.exhibit ? exhibits.get(block.exhibit) : undefined;
    if (exhibit) {
      const words = shown.get(exhibit.id);
      if (words) {
        words.push(block);
      } else {
        const first = [block];
        shown.set(exhibit.id, first);
        on(block.page).items.push({ block: null, exhibit, words: first });
      }
    } else if (block.kind !== "footnote" || !noted.has(block.page)) {
      on(block.page).items.push({ block, exhibit: null });
    }
  }
  for (const exhibit of text.exhibits) {
    if (!shown.has(exhibit.id)) on(exhibit.page).items.push({ block: null, exhibit, words: [] });
  }
  for (const note of text.notes) on(note.page).notes.push(note);
  return [...pages.values()];
}

/** A section with those inside it. */
export interface Branch { section: Section; inside: Branch[] }

/** The tree of sections; one whose parent is not known stands at the top. */
export function treeOf(sections: readonly Section[]): Branch[] {
  const branches = new Map(sections.map((section) => [section.id, { section, inside: [] as Branch[] }]));
  const top: Branch[] = [];
  for (const branch of branches.values()) {
    const parent = branch.section.parent === null ? undefined : branches.get(branch.section.parent);
    (parent?.inside ?? top).push(branch);
  }
  return top;
}

/** The section one is in on a page: the last that begins on it or before. */
export function sectionAt(sections: readonly Section[], page: number): Section | null {
  let found: Section | null = null;
  for (const section of sections) {
    if (section.page <= page) found = section;
  }
  return found;
}

/** Ids of a section and of those around it. */
export function around(sections: readonly Section[], section: Section | null): Set<string> {
  const byId = new Map(sections.map((s) => [s.id, s]));
  const ids = new Set<string>();
  for (let s = section; s && !ids.has(s.id); s = s.parent === null ? null : (byId.get(s.parent) ?? null)) ids.add(s.id);
  return ids;
}
