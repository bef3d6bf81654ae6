// Dates of events: years and months they fall in, as far as they are stated.
import type { EventRow } from "../lib/types";

/** The year and month of an event; null where the report does not say. */
export function when(event: EventRow): { year: string; month: number | null } | null {
  const stated = /^(\d{4})(?:-(\d{2}))?/.exec(event.date ?? event.day ?? "");
  if (stated) return { year: stated[1]!, month: stated[2] ? Number(stated[2]) : null };
  // A decade (195X) or the like: the year of its earliest day; that day's month would be made up.
  const earliest = /^\d{4}/.exec(event.day ?? "")?.[0];
  return earliest ? { year: earliest, month: null } : null;
}

/** Events of a stretch of time under one heading; `key` is empty for those without a date. */
export interface Stretch { key: string; year: string; month: number | null; events: EventRow[] }

/** Events by year and month, in the order they come. */
export function stretches(events: readonly EventRow[]): Stretch[] {
  const found = new Map<string, Stretch>();
  for (const event of events) {
    const at = when(event);
    const key = at ? `${at.year}-${at.month ?? ""}` : "";
    const stretch = found.get(key) ?? { key, year: at?.year ?? "", month: at?.month ?? null, events: [] };
    stretch.events.push(event);
    found.set(key, stretch);
  }
  return [...found.values()];
}

/** Longest stretch that is drawn year for year; over more, only years with events are. */
const MOST_YEARS = 100;

/** Counts by year with the years between that have none, so that gaps are seen as such. */
export function everyYear(counts: readonly { value: string; count: number }[]): { year: string; count: number }[] {
  const years = counts.map((c) => Number(c.value)).filter((y) => Number.isInteger(y));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const known = new Map(counts.map((c) => [c.value, c.count]));
  if (years.length < counts.length || years.length === 0 || last - first >= MOST_YEARS) {
    return counts.map((c) => ({ year: c.value, count: c.count })).sort((a, b) => a.year.localeCompare(b.year));
  }
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i)).map((year) => ({ year, count: known.get(year) ?? 0 }));
}

/** How many events fall in each month of a year. */
export function perMonth(events: readonly EventRow[], year: string): number[] {
  const counts = Array.from({ length: 12 }, () => 0);
  for (const event of events) {
    const at = when(event);
    if (at?.year === year && at.month && at.month <= 12) counts[at.month - 1]! += 1;
  }
  return counts;
}
