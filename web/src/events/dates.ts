// Dates of events: years and months they fall in, as far as they are stated.
import type { EventRow } from "../lib/types";

/** The year and month of an event; null where the report does not say. */
export function when(event: EventRow): { year: string; month: number | null } | null {
  const text = event.date ?? event.day ?? "";
  const found = /^(\d{4})(?:-(\d{2}))?/.exec(text) ?? /^(\d{4})(?:-(\d{2}))?/.exec(event.day ?? "");
  if (!found) return null;
  // `day` is the earliest day; where only the year is stated its month would be made up.
  return { year: found[1]!, month: found[2] ? Number(found[2]) : null };
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

/** How many events fall in each month of a year. */
export function perMonth(events: readonly EventRow[], year: string): number[] {
  const counts = Array.from({ length: 12 }, () => 0);
  for (const event of events) {
    const at = when(event);
    if (at?.year === year && at.month && at.month <= 12) counts[at.month - 1]! += 1;
  }
  return counts;
}
