// The language of the page: chosen by the reader, else by the browser.
import { en } from "./en";
import { ja, type Words } from "./ja";
import type { Both } from "../lib/types";

export type Language = "ja" | "en";

const KEY = "hakusho.language";
let language = $state<Language>(first());
document.documentElement.lang = language;

/** The words of the page. */
export function w(): Words {
  return language === "ja" ? ja : en;
}

/** The language of the page. */
export function lang(): Language {
  return language;
}

/** The text of the page's language. */
export function pick(both: Both): string {
  return both[language] || both.ja || both.en;
}

/** The name of a thing in the page's language, as far as it has one. */
export function called(thing: { label: string; english?: string | null }): string {
  return language === "en" ? thing.english || thing.label : thing.label;
}

/** Chooses a language and keeps the choice. */
export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is off: the choice holds until the page is loaded again.
  }
}

/** A number in the page's language. */
export function number(value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** A moment (RFC 3339) in the page's language and the reader's time. */
export function moment(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(date);
}

/** The word for a kind of thing. */
export function kindName(kind: string): string {
  const names: { [kind: string]: string } = w().kinds;
  return names[kind] ?? names.OTHER!;
}

/** The word for a trade of the lists; what has none is shown as the lists have it. */
export function sectorName(sector: string): string {
  return w().events.sectorNames[sector] ?? sector.replace(/_/g, " ");
}

function first(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "ja" || kept === "en") return kept;
  } catch {
    // Storage is off.
  }
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}
