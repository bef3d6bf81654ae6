// Points of a series as lines: what differs in respondents, series, survey or unit is another line.
import type { SeriesPoint } from "../lib/types";

export interface Line { name: string; points: SeriesPoint[] }

/** Lines in the order they first come; their names tell only what tells them apart. */
export function linesOf(points: readonly SeriesPoint[], everyone: string): Line[] {
  const parts = (p: SeriesPoint): string[] => [p.survey ?? "", p.series ?? "", p.respondents ?? everyone, p.unit ?? ""];
  const telling = [0, 1, 2, 3].filter((i) => new Set(points.map((p) => parts(p)[i])).size > 1);
  const lines = new Map<string, Line>();
  for (const point of points) {
    const key = JSON.stringify(parts(point));
    const name = telling.map((i) => parts(point)[i]).filter((t) => t !== "").join(" / ") || everyone;
    const line = lines.get(key) ?? { name, points: [] };
    line.points.push(point);
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Times of all points, in order. */
export function timesOf(points: readonly SeriesPoint[]): string[] {
  return [...new Set(points.map((p) => p.time))].sort(new Intl.Collator("ja", { numeric: true }).compare);
}
