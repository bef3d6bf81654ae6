// Example queries, gathered by topic.
import type { Examples } from "./types";

type Example = Examples["examples"][number];

/** Topics in the order they first come, each with its examples. */
export function byTopic(examples: readonly Example[]): { topic: string; examples: Example[] }[] {
  const topics = new Map<string, Example[]>();
  for (const example of examples) topics.set(example.topic, [...(topics.get(example.topic) ?? []), example]);
  return [...topics].map(([topic, found]) => ({ topic, examples: found }));
}
