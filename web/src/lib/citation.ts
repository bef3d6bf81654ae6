// How a printed page is cited where the server has no evidence to cite: title, page, address.

/** Parts of a citation. */
export interface Cited { title: string; printed: string; page: number; url: string }

/** A citation in the language of the page. */
export function cite(what: Cited, language: "ja" | "en"): string {
  const { title, printed, page, url } = what;
  if (language === "ja") return `『${title}』${printed ? `${printed}ページ` : `（PDFの${page}ページ目）`}，${url}`;
  return `${title}, ${printed ? `p. ${printed}` : `page ${page} of the PDF`}. ${url}`;
}

/** A quote with its citation, to paste into a text. */
export function quoted(quote: string, citation: string, language: "ja" | "en"): string {
  if (!quote) return citation;
  return language === "ja" ? `「${quote}」（${citation}）` : `“${quote}” (${citation})`;
}
