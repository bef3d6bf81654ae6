// Editions by series, the newest first.
import type { Edition } from "../lib/types";

/** What the server calls the series of files that belong to none. */
const NONE = "x";

type Named = Pick<Edition["files"][number], "heading" | "name">;

/** What a file of an edition is called: where there are several, by what it is of the edition. */
export function fileName(file: Named, files: readonly Named[]): string {
  return files.length > 1 ? (file.heading ?? file.name) : file.name;
}

/** Files in the order of their names: the second chapter before the tenth. */
export function filesInOrder<F extends Named>(files: readonly F[]): F[] {
  const collator = new Intl.Collator("ja", { numeric: true });
  return [...files].sort((a, b) => collator.compare(fileName(a, files), fileName(b, files)) || collator.compare(a.name, b.name));
}

/** Whether a series is one; `x` stands for files that belong to none. */
export function isSeries(series: string): boolean {
  return series !== NONE;
}

/** Editions in the order of the shelf, for lists to choose from. */
export function inOrder(editions: readonly Edition[]): Edition[] {
  return shelf(editions).flatMap((s) => s.editions);
}

/** Series in the order of their names, those of no series last; each with its editions from the newest on, those without a year last. */
export function shelf(editions: readonly Edition[]): { series: string; editions: Edition[] }[] {
  const series = new Map<string, Edition[]>();
  for (const edition of editions) series.set(edition.series, [...(series.get(edition.series) ?? []), edition]);
  return [...series]
    .sort(([a], [b]) => Number(a === NONE) - Number(b === NONE) || new Intl.Collator("ja").compare(a, b))
    .map(([name, of]) => ({ series: name, editions: of.sort((a, b) => (b.year ?? "").localeCompare(a.year ?? "") || a.title.localeCompare(b.title)) }));
}
