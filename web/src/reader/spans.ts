// What is linked inside a block: names and references to exhibits and sections.
import type { Block, FileOutline } from "../lib/types";

export type Mention = Block["mentions"][number];
/** A stretch of a block that leads somewhere. */
export interface LinkedSpan { start: number; end: number; mention: Mention | null; page: number | null; section: string | null }

/** Spans of a block; names only when they are to be marked. */
export function spansOfBlock(block: Block, outline: FileOutline, marks: boolean): LinkedSpan[] {
  const refs = block.refs.map((ref) => ({
    start: ref.start,
    end: ref.end,
    mention: null,
    section: ref.section,
    page: outline.exhibits.find((e) => e.id === ref.exhibit)?.page ?? outline.sections.find((s) => s.id === ref.section)?.page ?? null,
  }));
  const names = marks ? block.mentions.map((m) => ({ start: m.start, end: m.end, mention: m, page: null, section: null })) : [];
  return [...refs.filter((r) => r.page !== null), ...names];
}
