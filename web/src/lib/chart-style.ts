// Looks of charts, from the colours of the page, so that light and dark hold for them too.
import type { EChartsCoreOption } from "echarts/core";

/** Colours that can be told apart, also by most who do not see red or green; darker on light paper. */
const LIGHT = ["#1b5875", "#b4530a", "#1e6b3c", "#8a3b8f", "#a3261c", "#6b6100", "#3b4fa8", "#5b5b5b"];
const DARK = ["#8cc7e4", "#f3b183", "#84d3a2", "#cfabed", "#ff9d92", "#e0d26a", "#a9b8ff", "#c4c9cc"];
/** Symbols, so that lines are told apart without colour. */
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];

/** The symbol of the series at a position. */
export function symbol(at: number): string {
  // One further at every round: the ninth series has the colour of the first, and must not have its symbol too.
  return SYMBOLS[(at + Math.floor(at / SYMBOLS.length)) % SYMBOLS.length]!;
}

/** Whether the dark scheme is on. */
export function isDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** A chart option with the page's colours; what the option says itself goes first. */
export function styled(option: EChartsCoreOption): EChartsCoreOption {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    color: isDark() ? DARK : LIGHT,
    backgroundColor: "transparent",
    textStyle: { color: color("--text"), fontFamily: color("--sans") },
    animation: false,
    ...option,
    // Text only: tips are never built as HTML from data.
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: color("--surface"),
      borderColor: color("--line-strong"),
      textStyle: { color: color("--text") },
      ...(option.tooltip as object | undefined),
    },
    ...(option.legend ? { legend: { type: "scroll", top: 0, textStyle: { color: color("--text") }, ...(option.legend as object) } } : {}),
    ...(option.xAxis ? { xAxis: { ...axis(color), ...(option.xAxis as object) } } : {}),
    ...(option.yAxis ? { yAxis: { ...axis(color), ...(option.yAxis as object) } } : {}),
  };
}

function axis(color: (name: string) => string): object {
  return {
    axisLabel: { color: color("--text") },
    axisLine: { lineStyle: { color: color("--line-strong") } },
    splitLine: { lineStyle: { color: color("--line") } },
    nameTextStyle: { color: color("--muted") },
  };
}
