// Talks to the server. Everything that fails is thrown as a `ProblemError`, with the server's own words where it sent any.
import type { Problem } from "./types";
import type { Params } from "./router";

/** A refused or failed request. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
  }

  /** The short name of the kind of failure: `syntax`, `time`, `rows`, … or an empty text. */
  get kind(): string {
    return this.problem.type.replace(/^urn:hakusho:problem:/, "").replace("about:blank", "");
  }
}

/** Reads JSON from an address of the server. */
export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  return (await request(withQuery(path, params), { signal: signal ?? null, headers: { Accept: "application/json" } })).json() as Promise<T>;
}

/** Sends a request; anything but success is thrown. */
export async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ProblemError({ type: "urn:hakusho:problem:network", title: "", status: 0, detail: "" });
  }
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

/** An address with parameters; empty ones are left out. */
export function withQuery(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { type: "about:blank", title: response.statusText, status: response.status, detail: "" };
  if (!response.headers.get("Content-Type")?.includes("json")) return fallback;
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}
