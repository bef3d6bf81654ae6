// What the evidence viewer shows. Any part of the page can open it.
import type { EvidenceRequest } from "./results";
import type { Box } from "./types";

/** A page to show without an evidence of its own: a hit of the search, a page of the reader. */
export interface PageTarget { file: string; page: number; lines: Box[]; quote: string }
export type Target = { kind: "evidence"; request: EvidenceRequest } | ({ kind: "page" } & PageTarget);

let target = $state.raw<Target | null>(null);
let opener: HTMLElement | null = null;

/** What is shown; null: nothing. */
export function shown(): Target | null {
  return target;
}

/** Shows the evidence of something. */
export function showEvidence(request: EvidenceRequest): void {
  open({ kind: "evidence", request });
}

/** Shows a page with lines marked. */
export function showPage(page: PageTarget): void {
  open({ kind: "page", ...page });
}

/** Shuts the viewer and gives the focus back to what opened it. */
export function closeViewer(): void {
  target = null;
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function open(next: Target): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !active.closest("dialog")) opener = active;
  target = next;
}
