// The last queries of this browser, kept in its local storage and nowhere else.

/** A query that was run. */
export interface Past { query: string; at: string; rows: number | null }

const KEY = "hakusho.queries";
const MOST = 50;

/** The queries, the newest first. */
export function pastQueries(storage: Storage = localStorage): Past[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isPast) : [];
  } catch {
    return []; // edited by hand, or storage is off
  }
}

/** Takes a query up as the newest; the same text is kept once. */
export function remember(past: Past, storage: Storage = localStorage): Past[] {
  const all = [past, ...pastQueries(storage).filter((p) => p.query !== past.query)].slice(0, MOST);
  store(all, storage);
  return all;
}

/** Forgets all queries. */
export function forget(storage: Storage = localStorage): Past[] {
  store([], storage);
  return [];
}

function store(all: Past[], storage: Storage): void {
  try {
    storage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Full or switched off: the history is a comfort, not a duty.
  }
}

function isPast(value: unknown): value is Past {
  return typeof value === "object" && value !== null && typeof (value as Past).query === "string";
}
