// Editions by series, the newest first.
import type { Edition } from "../lib/types";

/** Series in the order of their names, each with its editions from the newest on; those without a year come last. */
export function shelf(editions: readonly Edition[]): { series: string; editions: Edition[] }[] {
  const series = new Map<string, Edition[]>();
  for (const edition of editions) series.set(edition.series, [...(series.get(edition.series) ?? []), edition]);
  return [...series]
    .sort(([a], [b]) => new Intl.Collator("ja").compare(a, b))
    .map(([name, of]) => ({ series: name, editions: of.sort((a, b) => (b.year ?? "").localeCompare(a.year ?? "") || a.title.localeCompare(b.title)) }));
}
