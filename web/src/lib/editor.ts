// The query editor: CodeMirror with SPARQL. Loaded only when the Ask view is open.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldEffect, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting, unfoldAll } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./completion";
import type { Both, Terms } from "./types";

/** A place in the query that the server complains about; line and column from 1. */
export interface Mark { line: number; column: number; message: string }

export interface Editor {
  text: () => string;
  setText: (text: string) => void;
  mark: (mark: Mark | null) => void;
  focus: () => void;
  destroy: () => void;
}

export interface EditorOptions {
  label: string;
  terms: () => Terms | null;
  pick: (both: Both) => string;
  changed: (text: string) => void;
  run: () => void;
}

/**
 * An editor in `parent`. It lives in a shadow root: there CodeMirror adopts style sheets, where in the document itself it
 * would write <style> elements, which the security policy refuses.
 */
export function createEditor(parent: HTMLElement, text: string, options: EditorOptions): Editor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  const view = new EditorView({ root, parent: root as unknown as Element, state: EditorState.create({ doc: text, extensions: extensions(options) }) });
  foldPrefixes(view);
  return {
    text: () => view.state.doc.toString(),
    setText: (next) => {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      foldPrefixes(view);
    },
    mark: (mark) => {
      view.dispatch(setDiagnostics(view.state, mark ? [diagnostic(view, mark)] : []));
      if (mark) unfoldAll(view);
      if (mark) view.dispatch({ effects: EditorView.scrollIntoView(diagnostic(view, mark).from) });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** Folds the PREFIX lines a text begins with: they are the same in most, and push the question out of sight. */
function foldPrefixes(view: EditorView): void {
  const { doc } = view.state;
  const isPrefix = (line: number): boolean => line <= doc.lines && /^\s*prefix\b/i.test(doc.line(line).text);
  let last = 0;
  while (isPrefix(last + 1)) last++;
  if (last < 2) return;
  const from = doc.line(1).from + /^\s*prefix/i.exec(doc.line(1).text)![0].length;
  view.dispatch({ effects: foldEffect.of({ from, to: doc.line(last).to }) });
}

function diagnostic(view: EditorView, mark: Mark): { from: number; to: number; severity: "error"; message: string } {
  const line = view.state.doc.line(Math.min(Math.max(mark.line, 1), view.state.doc.lines));
  const from = Math.min(line.from + Math.max(mark.column - 1, 0), line.to);
  // At the end of a line there is nothing to underline but what stands before it.
  const start = from === line.to ? Math.max(line.from, from - 1) : from;
  return { from: start, to: Math.min(line.to, start + wordLength(view, start)), severity: "error", message: mark.message };
}

function wordLength(view: EditorView, from: number): number {
  return /^[\w:?$-]+/.exec(view.state.doc.sliceString(from, from + 80))?.[0].length ?? 1;
}

function extensions(options: EditorOptions) {
  return [
    lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(), lintGutter(),
    search({ top: true }),
    EditorState.allowMultipleSelections.of(true),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": options.label, "data-testid": "sparql-editor", tabindex: "0" }),
    sparql(),
    syntaxHighlighting(colours),
    looks,
    autocompletion({ override: [completions(options.terms, options.pick)], icons: false }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.changed(update.state.doc.toString());
    }),
    keymap.of([
      { key: "Mod-Enter", preventDefault: true, run: () => (options.run(), true) },
      // Tab is left to the browser, so that the keyboard is never caught in here.
      ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
    ]),
  ];
}

// Custom properties of the page reach into the shadow root.
const looks = EditorView.theme({
  "&": { backgroundColor: "var(--surface)", color: "var(--text)", fontSize: "0.95rem", maxHeight: "26rem" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "8rem", overflow: "auto" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--accent-soft)", border: "1px solid var(--accent)", color: "var(--accent)", padding: "0 0.5em", margin: "0 0.3em" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent-soft) 45%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-soft)" },
  ".cm-matchingBracket": { outline: "1px solid var(--accent)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "6px", maxWidth: "min(34rem, 90vw)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--sans)", marginLeft: "1em" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "var(--k-org)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--k-incident)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--k-survey)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--k-law)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--muted)" },
  { tag: [tags.namespace, tags.url, tags.typeName, tags.propertyName, tags.tagName], color: "var(--k-threat)" },
]);
