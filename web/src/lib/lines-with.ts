// Words in the blocks of a page, and the lines they stand on.
import type { Block, Box } from "./types";

/** Lines of a page with the words, whatever their spaces, width or case, in the block that says least besides; empty where none has them. */
export function linesWith(blocks: readonly Block[], page: number, words: string): Box[] {
  const wanted = letters(words).map((l) => l.letter).join("");
  if (wanted === "") return [];
  const found = blocks.flatMap((block) => {
    const own = letters(block.text);
    const at = own.map((l) => l.letter).join("").indexOf(wanted);
    if (at < 0) return [];
    const [first, last] = [own[at]!.point, own[at + wanted.length - 1]!.point];
    const lines = block.lines.filter((l) => l.page === page && l.start <= last && l.end > first);
    return lines.length > 0 ? [{ lines, length: own.length }] : [];
  });
  return found.sort((a, b) => a.length - b.length)[0]?.lines ?? [];
}

/** Letters to compare, each a single UTF-16 unit, with the code point of the text it comes from. Marks of a search (【…】) do not count. */
function letters(text: string): { letter: string; point: number }[] {
  return Array.from(text).flatMap((c, point) =>
    [...c.normalize("NFKC").toLowerCase().replace(/[\s【】…]|\.{3}/gu, "").split("")].map((letter) => ({ letter, point })));
}
