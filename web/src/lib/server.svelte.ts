// What the page keeps of the server: its status, its terms and the outlines of files, each asked for once.
import { get } from "./api";
import type { FileOutline, Status, Terms } from "./types";

let known = $state.raw<Status | null>(null);
let terms: Promise<Terms> | null = null;
const outlines = new Map<string, Promise<FileOutline>>();

/** The server's status; null until it has answered. */
export function status(): Status | null {
  return known;
}

/** Asks for the status (again). */
export async function loadStatus(): Promise<Status> {
  known = await get<Status>("/api/status");
  return known;
}

/** Prefixes, classes and properties of the data. */
export function loadTerms(): Promise<Terms> {
  terms ??= get<Terms>("/api/terms").catch((error: unknown) => {
    terms = null; // so that a later call asks again
    throw error;
  });
  return terms;
}

/** Pages and sections of a file. */
export function loadOutline(file: string): Promise<FileOutline> {
  let outline = outlines.get(file);
  if (!outline) {
    outline = get<FileOutline>(`/api/files/${encodeURIComponent(file)}`).catch((error: unknown) => {
      outlines.delete(file);
      throw error;
    });
    outlines.set(file, outline);
  }
  return outline;
}
