// Addresses of the page: everything behind `#`, so that nothing that is asked or read reaches a server log.

/** Names of views. */
export const VIEWS = [
  "home", "ask", "search", "editions", "edition", "read", "entities", "entity",
  "events", "rankings", "series", "diff", "review", "evidence",
] as const;
export type View = (typeof VIEWS)[number];

/** Views whose address has a part behind their name: `#/edition/{slug}`, `#/read/{file}`. */
const WITH_PART: readonly View[] = ["edition", "read"];

/** An address taken apart. */
export interface Route {
  view: View | "missing";
  part: string;
  params: { [name: string]: string };
}

/** Values of parameters; those that are empty are left out of the address. */
export type Params = { [name: string]: string | number | null | undefined };

/** Takes `#/view/part?name=value` apart; `missing` where no view has that address. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = split(hash.replace(/^#?\/?/, ""), "?");
  const [name = "", part = ""] = split(path, "/");
  const params = Object.fromEntries(new URLSearchParams(query));
  const view = name === "" ? "home" : VIEWS.find((v) => v === name && v !== "home");
  if (!view || WITH_PART.includes(view) !== (part !== "")) return { view: "missing", part: "", params };
  return { view, part: decode(part), params };
}

/** The address of a view. */
export function address(view: View, params: Params = {}, part = ""): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const path = view === "home" ? "" : view + (part ? `/${encodeURIComponent(part)}` : "");
  const text = query.toString();
  return `#/${path}${text ? `?${text}` : ""}`;
}

function split(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % typed by hand
  }
}
