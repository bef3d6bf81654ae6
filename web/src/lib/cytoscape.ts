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
  ORG: "ellipse", LAW: "round-rectangle", THREAT: "triangle", INCIDENT: "diamond", SURVEY: "hexagon", EVENT: "diamond", PRODUCT: "pentagon",
};
const COLOURS: { [kind: string]: string } = { ORG: "--k-org", LAW: "--k-law", THREAT: "--k-threat", INCIDENT: "--k-incident", SURVEY: "--k-survey" };

/** Draws a network into an element. */
export function drawNetwork(container: HTMLElement, network: Network, choose: (id: string) => void): Drawing {
  if (!document.getElementById(STYLE_ID)) {
    const stand = document.createElement("meta");
    stand.id = STYLE_ID;
    document.head.append(stand);
  }
  const core = cytoscape({ container, elements: elements(network), style: style(), minZoom: 0.1, maxZoom: 4 });
  core.layout({ name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 110, nodeRepulsion: () => 12000, padding: 24 }).run();
  core.on("tap", "node", (event) => choose((event.target as { id: () => string }).id()));
  return {
    zoomBy: (factor) => core.zoom({ level: core.zoom() * factor, renderedPosition: middle(core) }),
    fit: () => core.fit(undefined, 24),
    restyle: () => core.style(style()),
    destroy: () => core.destroy(),
  };
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
        label: "data(label)", width: "data(size)", height: "data(size)", "font-size": 12, "font-family": color("--sans"), color: color("--text"),
        "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "130px",
        "text-background-color": color("--surface"), "text-background-opacity": 0.75,
        "background-color": (n: cytoscape.NodeSingular) => kind(String(n.data("kind"))),
        shape: (n: cytoscape.NodeSingular) => (SHAPES[String(n.data("kind"))] ?? "ellipse") as cytoscape.Css.NodeShape,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)", "line-color": color("--line-strong"), "curve-style": "bezier", label: "data(label)", "font-size": 10, color: color("--muted"),
        "target-arrow-shape": (e: cytoscape.EdgeSingular) => (e.data("label") ? "triangle" : "none"), "target-arrow-color": color("--line-strong"),
        "text-rotation": "autorotate", "text-background-color": color("--surface"), "text-background-opacity": 0.75,
      },
    },
  ];
}
