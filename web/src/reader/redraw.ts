// Draws the figures of a printed chart anew.
import type { EChartsCoreOption } from "echarts/core";
import { symbol } from "../lib/chart-style";
import type { Exhibit } from "../lib/types";

export type ReadChart = NonNullable<Exhibit["chart"]>;

/** Most categories and series that still make a picture. */
const MOST_CATEGORIES = 40;
const MOST_SERIES = 12;
/** From here on names stand beside the bars, not below them. */
const LONG_NAME = 6;

/** Whether a picture would say something: two figures or more, of one unit, not too many. */
export function isDrawable(chart: ReadChart): boolean {
  const distinct = (values: (string | null)[]): number => new Set(values).size;
  const { points } = chart;
  return points.length > 1
    && distinct(points.map((p) => p.unit)) === 1
    && distinct(points.map((p) => p.category)) <= MOST_CATEGORIES
    && distinct(points.map((p) => p.series)) <= MOST_SERIES;
}

/** The chart and the height it needs. */
export function chartOption(chart: ReadChart): { option: EChartsCoreOption; height: number } {
  const categories = [...new Set(chart.points.map((p) => p.category))];
  const series = [...new Set(chart.points.map((p) => p.series ?? ""))];
  const line = /line|折れ線/i.test(chart.kind ?? "");
  const lying = !line && categories.some((c) => Array.from(c).length > LONG_NAME);
  const names = { type: "category", data: categories, inverse: lying, axisLabel: { width: lying ? 130 : 80, overflow: "truncate", hideOverlap: true } };
  const values = { type: "value", name: chart.points[0]?.unit ?? "" };
  const option = {
    grid: { left: 8, right: 16, top: series.length > 1 ? 44 : 28, bottom: 8, containLabel: true },
    legend: { show: series.length > 1 },
    tooltip: { trigger: "axis" },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: series.map((name, i) => ({
      type: line ? "line" : "bar",
      name,
      symbol: symbol(i),
      data: categories.map((c) => chart.points.find((p) => p.category === c && (p.series ?? "") === name)?.value ?? null),
    })),
  };
  return { option, height: lying ? 90 + categories.length * (16 + 14 * series.length) : 300 };
}
