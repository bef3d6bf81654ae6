// Cutting text by Unicode code points, which is how the server counts, and marking parts of it.

/** A part of a text between two code points that means something. */
export interface Span { start: number; end: number }

/** A piece of a text: a stretch with or without a span, or a point between two stretches. */
export type Piece<S extends Span, P> = { text: string; span: S | null; point: null } | { text: ""; span: null; point: P };

/** Code points from `start` up to and without `end`. */
export function slicePoints(text: string, start: number, end?: number): string {
  return Array.from(text).slice(start, end).join("");
}

/**
 * Cuts a text into pieces: spans that do not overlap (where two do, the one that begins first, then the longer one stays)
 * and points, which are moved behind the span they would cut.
 */
export function pieces<S extends Span, P extends { offset: number }>(text: string, spans: readonly S[], points: readonly P[] = []): Piece<S, P>[] {
  const letters = Array.from(text);
  const kept = apart(spans, letters.length);
  const waiting = [...points].sort((a, b) => a.offset - b.offset);
  const found: Piece<S, P>[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) found.push({ text: letters.slice(at, to).join(""), span: null, point: null });
    at = Math.max(at, to);
  };
  const pointsUpTo = (limit: number): void => {
    while (waiting[0] && waiting[0].offset <= limit) {
      const point = waiting.shift()!;
      plain(Math.min(point.offset, letters.length));
      found.push({ text: "", span: null, point });
    }
  };
  for (const span of kept) {
    pointsUpTo(span.start);
    plain(span.start);
    found.push({ text: letters.slice(span.start, span.end).join(""), span, point: null });
    at = span.end;
  }
  pointsUpTo(letters.length);
  plain(letters.length);
  for (const point of waiting) found.push({ text: "", span: null, point });
  return found;
}

/** Whether a text has Japanese letters: such text is marked `lang="ja"` on the English page. */
export function langOf(text: string): "ja" | undefined {
  return /[\u3040-\u30ff\u3400-\u9fff]/.test(text) ? "ja" : undefined;
}

/** Pairs `[start, end]` of the search as spans. */
export function spansOf(matches: readonly (readonly [number, number])[]): Span[] {
  return matches.map(([start, end]) => ({ start, end }));
}

function apart<S extends Span>(spans: readonly S[], length: number): S[] {
  const kept: S[] = [];
  let free = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= free && span.end > span.start && span.end <= length) {
      kept.push(span);
      free = span.end;
    }
  }
  return kept;
}
