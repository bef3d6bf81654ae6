// The token that decisions are sent with: typed by the reader, kept for this tab only.

const KEY = "hakusho.token";

/** The token; an empty text where there is none. */
export function readToken(storage: Storage = sessionStorage): string {
  try {
    return storage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a token, or forgets it when it is empty. */
export function keepToken(token: string, storage: Storage = sessionStorage): void {
  try {
    if (token) storage.setItem(KEY, token);
    else storage.removeItem(KEY);
  } catch {
    // Storage is off: the token holds until the view is left.
  }
}
