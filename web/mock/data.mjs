// Invented answers of the server, to work on the page without it. All reports, names and numbers are made up.

export const BASE = "https://example.org/hakusho/id/";
const FILES = ["a1b2c3d4e5f60718", "0f1e2d3c4b5a6978", "9988776655443322"];
export const PAGE = { width: 595, height: 842 };

const editions = [
  ["mihon-2025", "見本白書2025", "見本白書", "2025", FILES[0]],
  ["mihon-2024", "見本白書2024", "見本白書", "2024", FILES[1]],
  ["kakuu-2025", "架空情報調査報告書 2025年版", "架空情報調査報告書", "2025", FILES[2]],
].map(([slug, title, series, year, file]) => ({
  iri: `${BASE}edition/${slug}`, slug, title, series, year, pages: 23, statements: 48213,
  files: [{
    id: file, name: `${slug}.pdf`, sha256: file.repeat(4), heading: "第3章 サイバーセキュリティの動向", part: null, pages: 23, statements: 48213, graph: `${BASE}graph/${file}`,
    graphHash: "7d".repeat(32), version: "1.0.0", loaded: "2026-04-01T09:30:00Z",
  }],
}));
const edition = (file) => editions.find((e) => e.files[0].id === file) ?? editions[0];
const where = (file, page) => ({ edition: { iri: edition(file).iri, slug: edition(file).slug, title: edition(file).title }, file, page, printed: page > 2 ? String(page - 2) : "" });

export const SENTENCES = [
  "2025年5月、架空大学は、VPN機器のぜい弱性を突かれ、学生約1万2,000人の個人情報が流出した可能性があると公表した。",
  "見本製作所株式会社では、ランサムウェアにより基幹システムが停止し、復旧に3週間を要した＊1。",
  "架空庁は、個人情報保護法に基づき、見本通信株式会社に対して勧告を行った。図表1-1に件数の推移を示す。",
  "調査によれば、電子契約を利用している企業は67.2%であり、前回の41.5%から増えた。",
  "なお、架空銀行は「顧客情報の漏えいはなかった」としている。",
];
/** The line of a sentence on a page, in points. */
export const lineOf = (page, i) => ({ page, x: 70, y: 150 + i * 92, width: 455, height: 16 });
const two = (page, i) => [lineOf(page, i), { ...lineOf(page, i), y: 150 + i * 92 + 22, width: 230 }];

const org = (name, label) => ({ iri: `${BASE}org/x/${name}`, label, kind: "ORG" });
const THINGS = [
  org("kakuu-univ", "架空大学"), org("mihon", "見本製作所株式会社"), org("kakuucho", "架空庁"), org("tsushin", "見本通信株式会社"),
  { iri: `${BASE}law/appi`, label: "個人情報保護法", kind: "LAW" }, { iri: `${BASE}threat/ransomware`, label: "ランサムウェア", kind: "THREAT" },
  { iri: `${BASE}survey/keiyaku`, label: "見本IT活用調査", kind: "SURVEY" },
];

const evidence = (i, file = FILES[0], page = 5) => ({
  iri: `${BASE}ev/${file}/${i}`, quote: SENTENCES[i % 5], prefix: "（前の文。）", suffix: "（次の文。）", where: where(file, page), lines: two(page, i % 5), focus: [], figure: null,
  rules: ["victim-published", "affected-count"], confidence: 0.93, section: "第1章第2節 インシデントの状況", mentions: [THINGS[i % 7], THINGS[(i + 1) % 7]],
  supports: [{ iri: `${BASE}event/${i}`, label: "個人情報の流出（架空大学）", kind: "INCIDENT" }],
  citation: { ja: `見本編集部『${edition(file).title}』${page - 2}ページ，http://127.0.0.1:7878/evidence/${i}`, en: `${edition(file).title}, p. ${page - 2}. http://127.0.0.1:7878/evidence/${i}` },
  url: `http://127.0.0.1:7878/evidence/${i}`,
});

const event = (i) => {
  const date = ["2025-05", "2025-05-14", "2024-11-02/2024-12", "2024", null][i % 5];
  return {
    iri: `${BASE}event/${i}`, type: ["incident", "incident", "enforcement", "announcement", "incident"][i % 5],
    label: ["個人情報の流出の可能性", "ランサムウェアによる停止", "個人情報保護法に基づく勧告", "調査結果の公表", "漏えいの否定"][i % 5],
    date, day: date ? `${date.slice(0, 7).padEnd(7, "-01")}-01`.slice(0, 10) : null, certainty: ["可能性", "確定", "確定", "確定", "否定"][i % 5],
    victims: i % 5 < 2 ? [THINGS[i % 5]] : [], actors: [], authorities: i % 5 === 2 ? [THINGS[2]] : [], targets: i % 5 === 2 ? [THINGS[3]] : [], concerns: i % 5 === 2 ? [THINGS[4]] : [],
    kinds: [], vectors: i % 5 === 1 ? [THINGS[5]] : [], sectors: i % 5 === 0 ? ["教育"] : ["製造業"], dataKinds: [],
    quantities: i % 5 === 0 ? [{ text: "約1万2,000人", value: 12000, max: null, unit: "人" }] : [], quote: SENTENCES[i % 5], evidence: `${BASE}ev/${FILES[0]}/${i}`, where: where(FILES[0], 5),
  };
};
const events = Array.from({ length: 12 }, (_, i) => event(i));
const facet = (value, ja, en, count) => ({ value, label: { ja, en }, count });

const outline = (file) => ({
  id: file, name: `${edition(file).slug}.pdf`, edition: where(file, 1).edition,
  pages: Array.from({ length: 23 }, (_, i) => ({ index: i + 1, printed: i > 1 ? String(i - 1) : "", ...PAGE })),
  sections: [
    ["s1", null, 1, "第1章", "架空の情報セキュリティの動向", 3], ["s2", "s1", 2, "第1節", "概況", 3], ["s3", "s1", 2, "第2節", "インシデントの状況", 5], ["s4", "s3", 3, "1", "大学", 5],
    ["s5", null, 1, "第2章", "見本企業のIT活用", 12], ["s6", "s5", 2, "第1節", "電子契約", 12], ["s7", null, 1, null, "資料", 20],
  ].map(([id, parent, level, label, title, page]) => ({ id, parent, level, label, title, page })),
  exhibits: [{ id: "x5", label: "図表1-1", caption: "架空の勧告件数の推移", kind: "chart", page: 5 }, { id: "x12", label: "図表2-1", caption: "電子契約の利用状況", kind: "table", page: 12 }],
});

const block = (page, i) => {
  const text = SENTENCES[i];
  const at = (word) => Array.from(text.slice(0, text.indexOf(word))).length;
  const name = (word, kind, thing) => (text.includes(word) ? [{ start: at(word), end: at(word) + Array.from(word).length, kind, iri: thing?.iri ?? null, label: word }] : []);
  return {
    id: `b${page}-${i}`, kind: i === 4 ? "list_item" : "paragraph", section: "s3", level: null, month: null, text, page, exhibit: null, lines: two(page, i).map((l) => ({ ...l, start: 0, end: 9 })),
    mentions: [...name("架空大学", "ORG", THINGS[0]), ...name("見本製作所株式会社", "ORG", THINGS[1]), ...name("ランサムウェア", "THREAT", THINGS[5]), ...name("個人情報保護法", "LAW", THINGS[4]), ...name("流出", "INCIDENT", null)],
    notes: text.includes("＊1") ? [{ offset: at("＊1"), footnote: `n${page}` }] : [], refs: text.includes("図表1-1") ? [{ start: at("図表1-1"), end: at("図表1-1") + 5, exhibit: "x5", section: null }] : [],
  };
};
const heading = (s, page) => ({ ...block(page, 4), id: `h${s.id}`, kind: "heading", section: s.id, level: s.level, text: `${s.label ?? ""} ${s.title}`.trim(), mentions: [], notes: [], refs: [] });

function fileText(file, from, to) {
  const blocks = [], exhibits = [], notes = [];
  for (let page = from; page <= to; page++) {
    for (const s of outline(file).sections.filter((x) => x.page === page)) blocks.push(heading(s, page));
    for (let i = 0; i < 5; i++) blocks.push(block(page, i));
    notes.push({ id: `n${page}`, marker: "＊1", text: "見本新聞「架空の記事」2025年6月1日。", urls: ["https://example.org/news/1"], page });
    if (page === 5) {
      blocks.push({ ...block(page, 0), id: "bx5", kind: "caption", text: "図表1-1 架空の勧告件数の推移", exhibit: "x5", mentions: [], refs: [], notes: [] });
      const points = [["2022", 12], ["2023", 18], ["2024", 31], ["2025", 27]].flatMap(([category, value]) => ["勧告", "命令"].map((series, k) => ({ series, category, value: Math.round(value / (k * 3 + 1)), unit: "件", printed: String(value) })));
      exhibits.push({ id: "x5", iri: `${BASE}exhibit/x5`, label: "図表1-1", caption: "架空の勧告件数の推移", kind: "chart", page, source: "架空庁「年次報告」", notes: ["2025年は速報値。"], tables: [], chart: { kind: "bar", points }, regions: [{ page, x: 80, y: 600, width: 430, height: 150 }] });
    }
    if (page === 12) {
      const cell = (text, header = false, colSpan = 1) => ({ text, rowSpan: 1, colSpan, header });
      exhibits.push({ id: "x12", iri: `${BASE}exhibit/x12`, label: "図表2-1", caption: "電子契約の利用状況", kind: "table", page, source: null, notes: [], chart: null, regions: [{ page, x: 80, y: 300, width: 430, height: 120 }],
        tables: [[[cell("", true), cell("利用状況", true, 2)], [cell("調査", true), cell("利用中", true), cell("検討中", true)], [cell("2024年", true), cell("41.5%"), cell("22.0%")], [cell("2025年", true), cell("67.2%"), cell("14.1%")]]] });
    }
  }
  return { from, to, blocks, exhibits, notes };
}

const place = (page) => ({ file: 0, page, label: String(page - 2), block: "b1", start: 0, end: 10 });
const side = (e) => ({ files: [{ file: e.files[0].name, sha256: e.files[0].sha256, pages: 23 }], sections: 41, exhibits: 27, figures: 912, names: 310, incidents: 36 });
const told = (i, page) => ({ classes: ["data_leak"], who: ["架空大学"], date: "2025-05", modalities: ["fact"], quantities: ["約1万2,000人"], text: SENTENCES[i], places: [place(page)] });
const diff = (before, after) => ({
  compared: [before, after].map((e) => ({ edition: e.slug, title: e.title })),
  diff: {
    before: side(before), after: side(after),
    sections: { kept: 36, another_year: 3, changes: [{ fate: "renamed", likeness: 640, before: { number: "第1節", title: "現状", within: ["第1章"], place: place(3) }, after: { number: "第1節", title: "概況", within: ["第1章"], place: place(3) } }, { fate: "new", likeness: null, before: null, after: { number: "第3節", title: "生成AIの利用", within: ["第2章"], place: place(15) } }] },
    exhibits: { kept: 25, another_year: 0, changes: [] },
    figures: { same: 803, only_before: 40, only_after: 61, changes: [{ relation: "updated", item: "電子契約を利用している企業", before: { printed: "41.5%", value: 41.5, unit: "%", year: 2024, exhibit: "図表2-1", place: place(12) }, after: { printed: "67.2%", value: 67.2, unit: "%", year: 2025, exhibit: "図表2-1", place: place(12) } }] },
    rankings: [{ perspective: "組織", before: "表1 架空の脅威", after: "表1 架空の脅威", place_before: place(8), place_after: place(8), checked: true, moves: [{ item: "ランサムウェア", entity: THINGS[5].iri, before: 2, after: 1, printed_previous: 2, printed_new: false, agrees: true }] }],
    names: { kept: 290, new: [{ id: THINGS[3].iri, type: "ORG", label: THINGS[3].label, listed: false, times: 4, first: place(5) }], gone: [] },
    incidents: { kept: 30, new: [told(0, 5)], gone: [told(4, 6)], retold: [{ before: told(1, 7), after: told(1, 9) }] },
  },
});

const places = (ranks) => ranks.flatMap((rank, i) => (rank ? [{ year: String(2021 + i), rank, previous: ranks[i - 1] || null, isNew: i > 0 && !ranks[i - 1], evidence: `${BASE}ev/${FILES[0]}/1`, edition: "見本白書2025" }] : []));
const rankings = ["組織", "個人"].map((perspective) => ({
  survey: "架空の脅威番付", perspective, years: ["2021", "2022", "2023", "2024", "2025"],
  items: [["ランサムウェアによる被害", [3, 2, 1, 1, 1]], ["標的型攻撃", [1, 1, 2, 3, 4]], ["サプライチェーンの弱点を悪用した攻撃", [4, 3, 3, 2, 2]], ["内部不正", [2, 4, 4, 4, 3]], ["生成AIをめぐるリスク", [0, 0, 0, 5, 5]], ["予期せぬIT基盤の障害", [5, 5, 5, 0, 0]]]
    .map(([label, ranks], i) => ({ label, iri: i === 0 ? THINGS[5].iri : null, places: places(ranks) })),
}));

const seriesItem = { iri: `${BASE}item/keiyaku`, label: "電子契約を利用している企業", kind: "FIGURE" };
const point = (time, value, respondents, n) => ({ iri: `${BASE}obs/${time}-${n}`, time, value, unit: "%", printed: `${value}%`, sampleSize: n, respondents, series: null, survey: "見本IT活用調査", exhibit: "図表2-1", evidence: `${BASE}ev/${FILES[0]}/3`, where: where(FILES[0], 12) });

const question = (id, kind, surface, candidates) => ({
  id, kind, surface, type: "ORG", count: 7, places: [{ file: FILES[0], name: "mihon-2025.pdf", block: "b5-0", page: 5, quote: SENTENCES[0], lines: two(5, 0) }],
  candidates,
});
const questions = [
  question("q1", "ambiguous", "架空大学", [{ entity: THINGS[0].iri, label: "架空大学（東）", score: 420, reasons: ["別名が報告書にある"] }, { entity: THINGS[1].iri, label: "架空大学（西）", score: 390, reasons: ["同じ国"] }]),
  question("q2", "unlisted", "見本製作所", [{ entity: THINGS[1].iri, label: "見本製作所株式会社", score: 810, reasons: ["名前の先頭"] }]),
  { ...question("q3", "undated", "5月", []), type: "DATE" },
];

const PREFIXES = { hk: "https://example.org/hakusho/ns#", skos: "http://www.w3.org/2004/02/skos/core#", schema: "https://schema.org/", rdfs: "http://www.w3.org/2000/01/rdf-schema#", hko: `${BASE}org/x/` };
const term = (name, ja, en, count) => ({ iri: PREFIXES[name.split(":")[0]] + name.split(":")[1], name, label: { ja, en }, comment: { ja: `${ja}。見本の説明。`, en: `${en}: sample text.` }, count });

const lit = (value, type, lang) => ({ type: "literal", value: String(value), ...(type ? { datatype: `http://www.w3.org/2001/XMLSchema#${type}` } : {}), ...(lang ? { "xml:lang": lang } : {}) });
const uri = (value) => ({ type: "uri", value });
const rows = Array.from({ length: 260 }, (_, i) => ({
  victim: uri(THINGS[i % 4].iri), name: lit(THINGS[i % 4].label, null, "ja"), vector: uri(THINGS[4 + (i % 3)].iri), year: lit(2021 + (i % 5), "gYear"), n: lit((i * 37) % 997, "integer"),
  edition: lit("見本白書2025"), page: lit(3), quote: lit(SENTENCES[i % 5], null, "ja"), seeAlso: uri("https://example.org/else"),
}));
export const SELECT = { head: { vars: Object.keys(rows[0]) }, results: { bindings: rows } };
export const TURTLE = `@prefix hk: <${PREFIXES.hk}> .\n<${THINGS[0].iri}> hk:hitBy <${THINGS[5].iri}> .\n`;
export const TRIPLES = THINGS.slice(1).map((t) => `<${THINGS[0].iri}> <${PREFIXES.hk}namedWith> <${t.iri}> .\n<${t.iri}> <${PREFIXES.skos}prefLabel> "${t.label}"@ja .`).join("\n");

const example = (name, topic, ja, en, text) => ({ name, topic, title: { ja, en }, text: `# ${ja}\n${text}` });
const SAMPLE = "SELECT ?victim ?when ?quote WHERE {\n  ?i a hk:Incident ; hk:victim ?victim ; hk:evidence ?ev .\n  OPTIONAL { ?i hk:edtf ?when }\n  ?ev hk:text ?quote . FILTER(LANG(?quote) = \"ja\" && ?n > 10)\n} ORDER BY ?when LIMIT 50";

const matches = (text, q) => (q && text.includes(q) ? [[Array.from(text.slice(0, text.indexOf(q))).length, Array.from(text.slice(0, text.indexOf(q))).length + Array.from(q).length]] : [[2, 4]]);

/** Answers of /api by path; each gets the parameters. */
export const API = {
  "/api/status": () => ({ name: "Hakusho", version: "1.0.0", base: BASE, stamp: "mock", statements: 1254871, editions: 3, files: 3, pages: 69, loaded: "2026-04-01T09:30:00Z", limits: { seconds: 30, rows: 100000, bytes: 64000000, memoryMb: 2048 }, review: true, update: false }),
  "/api/examples": () => ({ examples: [
    example("q1", "incidents", "大学が被害を受けたインシデント（影響数・原文・ページ）", "Incidents at universities, with count, quote and page", SAMPLE), example("q2", "incidents", "影響の大きい事案", "Largest incidents", SAMPLE),
    example("q3", "rankings", "順位表の順位変動", "How places of a ranking moved", SAMPLE), example("q4", "laws", "法令に基づく処分", "Steps taken under laws", SAMPLE), example("q5", "figures", "電子契約の利用率の推移", "Use of electronic contracts", SAMPLE),
    example("q6", "search", "全文検索", "Full-text search", SAMPLE), example("q7", "organizations", "事案のつながり（グラフ）", "A graph of incidents", "CONSTRUCT { ?a hk:namedWith ?b } WHERE { ?a hk:namedWith ?b }"),
  ] }),
  "/api/terms": () => ({ prefixes: Object.entries(PREFIXES).map(([prefix, iri]) => ({ prefix, iri })), classes: [term("hk:Incident", "インシデント", "Incident", 812), term("hk:Ranking", "順位表", "Ranking", 10)], properties: [term("hk:victim", "被害者", "victim", 700), term("hk:evidence", "根拠", "evidence", 90000), term("hk:text", "本文", "text", 90000), term("skos:prefLabel", "名称", "preferred label", 5000)] }),
  "/api/evidence": (p) => ({ evidence: p.iri?.startsWith(`${BASE}org`) ? [0, 1, 2].map((i) => evidence(i)) : p.quote ? [evidence(Math.max(0, SENTENCES.indexOf(p.quote)))] : [evidence(Number(p.iri?.split("/").pop()) || 0)] }),
  "/api/editions": () => ({ editions }),
  "/api/diff": (p) => diff(editions.find((e) => e.slug === p.before) ?? editions[1], editions.find((e) => e.slug === p.after) ?? editions[0]),
  "/api/entities": (p) => ({ total: 120, kinds: [{ kind: "ORG", count: 80 }, { kind: "LAW", count: 20 }, { kind: "THREAT", count: 20 }], entities: THINGS.filter((t) => !p.kind || t.kind === p.kind).map((t, i) => ({ ...t, english: i % 2 ? "Sample Name Ltd." : null, sentences: 190 - i * 23, editions: 3 - (i % 3) })) }),
  "/api/entity": (p) => {
    const self = THINGS.find((t) => t.iri === p.iri) ?? THINGS[0];
    const others = THINGS.filter((t) => t !== self);
    return {
      ...self, english: "Sample Thing", names: ["見本", "ミホン"], types: [{ iri: "https://schema.org/Organization", label: "組織", kind: "OTHER" }], identifiers: [{ name: "hojinBango", label: { ja: "法人番号", en: "Corporate number" }, value: "0000000000000", url: "https://example.org/0" }, { name: "identifier", label: { ja: "識別子", en: "Identifier" }, value: "M-1", url: null }], same: ["https://example.org/same"],
      events: events.slice(0, 4), byEdition: editions.map((e, i) => ({ edition: e, sentences: 60 - i * 21 })), related: others.map((t, i) => ({ ...t, sentences: 30 - i * 4 })), evidence: [0, 1, 2].map((i) => evidence(i)),
      network: { nodes: [self, ...others].map((t, i) => ({ ...t, sentences: 40 - i * 5 })), edges: [...others.map((t, i) => ({ from: self.iri, to: t.iri, sentences: 20 - i * 3 })), { from: others[0].iri, to: others[2].iri, sentences: 5 }] },
    };
  },
  "/api/events": (p) => {
    const found = events.filter((e) => (!p.type || e.type === p.type) && (!p.certainty || e.certainty === p.certainty) && (!p.from || (e.date ?? "") >= p.from));
    return { total: found.length, events: found, facets: { type: [facet("incident", "インシデント", "Incident", 8), facet("enforcement", "処分・執行", "Enforcement", 2)], vector: [facet(THINGS[5].iri, "ランサムウェア", "Ransomware", 3)], sector: [facet("edu", "教育", "Education", 4)], year: [facet("2025", "2025", "2025", 6), facet("2024", "2024", "2024", 5), facet("2023", "2023", "2023", 2)] } };
  },
  "/api/rankings": () => ({ rankings }),
  "/api/series": () => ({ total: 1, series: [{ item: seriesItem, survey: "見本IT活用調査", times: ["2023", "2024", "2025"], figures: 6, unit: "%" }] }),
  "/api/series/points": () => ({ item: seriesItem, points: [point("2023", 43.3, null, 878), point("2023", 51.2, "大企業", 215), point("2024", 41.5, null, 900), point("2024", 55.9, "大企業", 220), point("2025", 67.2, null, 981), point("2025", 78, "大企業", 240)], notes: [{ ja: "標本数が878から981に変わっています。", en: "The sample grew from 878 to 981." }, { ja: "問いの言い回しが2025年に変わりました。", en: "The wording changed in 2025." }] }),
  "/api/search": (p) => {
    const hits = SENTENCES.map((text, i) => ({ node: `${BASE}block/${i}`, kind: ["passage", "caption", "title", "exhibit", "passage"][i], label: null, text, matches: matches(text, p.q), score: 9 - i, where: where(FILES[i % 3], 5), lines: [lineOf(5, i)] }));
    return { total: 6, hits: [{ node: THINGS[5].iri, kind: "label", label: THINGS[5].label, text: THINGS[5].label, matches: [[0, 3]], score: 12, where: null, lines: [] }, ...hits].filter((h) => !p.kind || h.kind === p.kind) };
  },
  "/api/review": (p) => ({ total: questions.length, kinds: [{ kind: "ambiguous", count: 1 }, { kind: "unlisted", count: 1 }, { kind: "undated", count: 1 }], questions: questions.filter((q) => !p.kind || q.kind === p.kind) }),
};

/** Answers whose path holds a name. */
export function named(path, p) {
  const [, kind, name, what] = /^\/api\/(editions|files)\/([^/]+)(\/text)?$/.exec(path) ?? [];
  if (kind === "editions") {
    const found = editions.find((e) => e.slug === name);
    return found && { ...found, counts: { ORG: 120, LAW: 31, INCIDENT: 36, EXHIBIT: 27, FIGURE: 912 }, history: [{ number: 1, kind: "load", started: "2026-04-01T09:29:40Z", ended: "2026-04-01T09:30:00Z", file: `${name}.pdf`, statements: 48213, graphHash: "7d".repeat(32), gone: [] }] };
  }
  if (kind === "files" && FILES.includes(name)) return what ? fileText(name, Number(p.from), Number(p.to)) : outline(name);
  return undefined;
}
