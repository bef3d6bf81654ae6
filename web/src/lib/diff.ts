// The shape of a comparison of editions, as far as the page shows it: that of `hakusho editions diff --json`.

export interface DiffPlace { file: number; page: number; label: string | null; block: string; start: number; end: number }
export interface DiffSide {
  files: { file: string; sha256: string; pages: number }[];
  sections: number; exhibits: number; figures: number; names: number; incidents: number;
}
export interface Part { number: string | null; title: string; within: string[]; place: DiffPlace | null }
export interface PartChange { fate: "moved" | "renamed" | "moved_and_renamed" | "new" | "gone"; likeness: number | null; before: Part | null; after: Part | null }
export interface PartDiff { kept: number; another_year: number; changes: PartChange[] }
export interface Figure { printed: string; value: number; unit: string | null; year: number | null; exhibit: string | null; place: DiffPlace | null }
export interface FigureChange { relation: "revised" | "regrouped" | "updated"; item: string; before: Figure; after: Figure }
export interface RankMove { item: string; entity: string | null; before: number | null; after: number | null; printed_previous: number | null; printed_new: boolean; agrees: boolean | null }
export interface RankingDiff { perspective: string; before: string; after: string; place_before: DiffPlace | null; place_after: DiffPlace | null; checked: boolean; moves: RankMove[] }
export interface Name { id: string; type: string; label: string; listed: boolean; times: number; first: DiffPlace }
export interface ToldIncident { classes: string[]; who: string[]; date: string | null; modalities: string[]; quantities: string[]; text: string; places: DiffPlace[] }
export interface EditionDiff {
  before: DiffSide;
  after: DiffSide;
  sections: PartDiff;
  exhibits: PartDiff;
  figures: { same: number; changes: FigureChange[]; only_before: number; only_after: number };
  rankings: RankingDiff[];
  names: { kept: number; new: Name[]; gone: Name[] };
  incidents: { kept: number; new: ToldIncident[]; gone: ToldIncident[]; retold: { before: ToldIncident; after: ToldIncident }[] };
}

/** The page of a place as the viewer wants it: files are named by the first 16 digits of their SHA-256. */
export function pageOf(side: DiffSide, place: DiffPlace | null | undefined): { file: string; page: number } | null {
  const file = place && side.files[place.file];
  return file && place ? { file: file.sha256.slice(0, 16), page: place.page } : null;
}
