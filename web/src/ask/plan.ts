// The plan of a query as indented lines, with short names in place of whole IRIs.
import { prefixed } from "../lib/query";
import type { Explanation, PlanNode, Terms } from "../lib/types";

/** One line a step, what it takes its rows from below it. */
export function planText(plan: Explanation["plan"], prefixes: Terms["prefixes"]): string {
  if (typeof plan === "string") return plan;
  const lines: string[] = [];
  const walk = (node: PlanNode, depth: number): void => {
    lines.push("  ".repeat(depth) + node.name.replace(/<([^<>\s]*)>/g, (whole, iri: string) => prefixed(iri, prefixes) ?? whole));
    for (const child of node.children ?? []) walk(child, depth + 1);
  };
  walk("plan" in plan ? plan.plan : plan, 0);
  return lines.join("\n");
}
