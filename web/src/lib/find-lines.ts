// Finds words on a page of which nothing is known but the page: rows of an answer without evidence of their own, titles.
import { get } from "./api";
import { linesWith } from "./lines-with";
import { loadOutline } from "./server.svelte";
import type { EvidenceRequest } from "./results";
import type { Box, Editions, FileText } from "./types";
import type { PageTarget } from "./viewer.svelte";

/** Lines of a page with the words. */
export async function linesOnPage(file: string, page: number, words: string): Promise<Box[]> {
  // One page more: a block may begin before the page that its words stand on.
  const { blocks } = await get<FileText>(`/api/files/${file}/text`, { from: Math.max(1, page - 1), to: page });
  return linesWith(blocks, page, words);
}

/** The page that a row names by the title of an edition and the printed number; null where there is none. */
export async function pageOfRow(request: EvidenceRequest): Promise<PageTarget | null> {
  if (!("quote" in request) || !request.edition || !request.page) return null;
  const { editions } = await get<Editions>("/api/editions");
  const files = editions.find((e) => e.title === request.edition)?.files ?? [];
  for (const { id } of files) {
    const page = (await loadOutline(id)).pages.find((p) => p.printed === request.page)?.index;
    if (page === undefined) continue;
    const lines = await linesOnPage(id, page, request.quote);
    return { file: id, page, lines, quote: request.quote };
  }
  return null;
}
