// Draws networks. Loaded only when one is opened.
import cytoscape, { type Core, type StylesheetJson } from "cytoscape";
import type { Network } from "./graph";

/** A drawn network. */
export interface Drawing {
  zoomBy: (factor: number) => void;
  fit: () => void;
  restyle: () => void;
  destroy: () => void;
}

// Cytoscape would add a <style> element of its own, which the security policy refuses; it does without where this id exists.
const STYLE_ID = "__________cytoscape_stylesheet";

/** Shapes of kinds, so that they are told apart without colour. */
const SHAPES: { [kind: string]: string } = {
  FROM: "ellipse", TO: "round-rectangle", ORG: "ellipse", LAW: "round-rectangle", THREAT: "triangle", INCIDENT: "diamond", SURVEY: "hexagon", EVENT: "diamond", PRODUCT: "pentagon",
};
const COLOURS: { [kind: string]: string } = { FROM: "--k-org", TO: "--k-incident", ORG: "--k-org", LAW: "--k-law", THREAT: "--k-threat", INCIDENT: "--k-incident", SURVEY: "--k-survey" };

/** Draws a network into an element. */
export function drawNetwork(container: HTMLElement, network: Network, choose: (id: string) => void): Drawing {
  if (!document.getElementById(STYLE_ID)) {
    const stand = document.createElement("meta");
    stand.id = STYLE_ID;
    document.head.append(stand);
  }
  const core = cytoscape({ container, elements: elements(network), style: style(), minZoom: 0.1, maxZoom: 4 });
  core.layout({ name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 100, nodeRepulsion: () => 12000, nodeOverlap: 20, componentSpacing: 30, padding: 24 }).run();
  roomy(core);
  label(core);
  let asked = 0;
  core.on("zoom resize", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => label(core));
  });
  core.on("mouseover", "node", (event) => void (event.target as cytoscape.NodeSingular).addClass("told"));
  core.on("mouseout", "node", (event) => void (event.target as cytoscape.NodeSingular).removeClass("told"));
  core.on("tap", "node", (event) => choose((event.target as { id: () => string }).id()));
  return {
    zoomBy: (factor) => core.zoom({ level: core.zoom() * factor, renderedPosition: middle(core) }),
    fit: () => roomy(core),
    restyle: () => {
      core.style(style());
      label(core);
    },
    destroy: () => {
      cancelAnimationFrame(asked);
      core.destroy();
    },
  };
}

/** Size of labels on the screen, at every zoom, and the widest a label may be. */
const FONT = 12;
const WIDEST = 170;

/**
 * Labels as on a map: of one size at every zoom, and where two would cover each other, that of the lesser thing waits until
 * there is room (or the pointer is on it).
 */
function label(core: Core): void {
  const zoom = core.zoom();
  const taken: { x1: number; y1: number; x2: number; y2: number }[] = [];
  const free = (box: { x1: number; y1: number; x2: number; y2: number }): boolean => {
    if (taken.some((t) => box.x1 < t.x2 && box.x2 > t.x1 && box.y1 < t.y2 && box.y2 > t.y1)) return false;
    taken.push(box);
    return true;
  };
  core.batch(() => {
    core.elements().style({ "font-size": FONT / zoom, "text-max-width": `${WIDEST / zoom}px`, "text-margin-y": 4 / zoom } as object);
    core.edges().style({ "font-size": (FONT - 2) / zoom, "text-margin-y": 0 } as object);
    for (const node of core.nodes().sort((a, b) => b.data("size") - a.data("size"))) {
      const { x, y } = node.renderedPosition();
      const half = widthOf(String(node.data("label")), FONT) / 2;
      const top = y + node.renderedHeight() / 2;
      node.toggleClass("quiet", !free({ x1: x - half, x2: x + half, y1: top, y2: top + FONT + 8 }));
    }
    for (const edge of core.edges()) {
      if (!edge.data("label")) continue;
      const { x, y } = edge.renderedMidpoint();
      const half = widthOf(String(edge.data("label")), FONT - 2) / 2;
      edge.toggleClass("quiet", !free({ x1: x - half, x2: x + half, y1: y - FONT / 2, y2: y + FONT / 2 }));
    }
  });
}

/** All of it, but never larger than life: a handful of things would fill the window with blots. */
function roomy(core: Core): void {
  core.fit(undefined, 40);
  if (core.zoom() <= 1.1) return;
  core.zoom(1.1);
  core.center();
}

/** About how wide a text is set: Japanese letters are square, others half of that. */
function widthOf(text: string, size: number): number {
  const width = Array.from(text).reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e80 ? size : size * 0.58), 0);
  return Math.min(width, WIDEST) + 6;
}

function middle(core: Core): { x: number; y: number } {
  return { x: core.width() / 2, y: core.height() / 2 };
}

function elements(network: Network): cytoscape.ElementDefinition[] {
  const most = Math.max(1, ...network.nodes.map((n) => n.weight));
  const heaviest = Math.max(1, ...network.edges.map((e) => e.weight));
  return [
    // A circle to begin with: the layout starts from these places and so always ends at the same picture.
    ...network.nodes.map((n, i) => ({
      data: { id: n.id, label: n.label, kind: n.kind, size: 16 + 30 * Math.sqrt(n.weight / most) },
      position: { x: 300 * Math.cos((2 * Math.PI * i) / network.nodes.length), y: 300 * Math.sin((2 * Math.PI * i) / network.nodes.length) },
    })),
    ...network.edges.map((e, i) => ({ data: { id: `edge ${i}`, source: e.from, target: e.to, label: e.label, width: 1 + (4 * e.weight) / heaviest } })),
  ];
}

function style(): StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const color = (name: string): string => page.getPropertyValue(name).trim();
  const kind = (k: string): string => color(COLOURS[k] ?? "--k-other");
  return [
    {
      selector: "node",
      style: {
        label: "data(label)", width: "data(size)", height: "data(size)", "font-size": FONT, "font-family": color("--sans"), color: color("--text"),
        "text-valign": "bottom", "text-wrap": "ellipsis", "text-max-width": `${WIDEST}px`,
        "text-background-color": color("--surface"), "text-background-opacity": 0.75,
        "background-color": (n: cytoscape.NodeSingular) => kind(String(n.data("kind"))),
        shape: (n: cytoscape.NodeSingular) => (SHAPES[String(n.data("kind"))] ?? "ellipse") as cytoscape.Css.NodeShape,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)", "line-color": color("--line-strong"), "curve-style": "bezier", label: "data(label)", "font-family": color("--sans"), color: color("--muted"),
        "target-arrow-shape": (e: cytoscape.EdgeSingular) => (e.data("label") ? "triangle" : "none"), "target-arrow-color": color("--line-strong"),
        "text-background-color": color("--surface"), "text-background-opacity": 0.75,
      },
    },
    { selector: ".quiet", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: ".told", style: { "text-opacity": 1, "text-background-opacity": 1, "z-index": 10 } },
  ];
}
