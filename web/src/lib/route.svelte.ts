// The address that is shown now, as state of the page.
import { address, parseRoute, type Params, type Route, type View } from "./router";

let current = $state.raw<Route>(parseRoute(location.hash));

addEventListener("hashchange", () => {
  current = parseRoute(location.hash);
});

/** The address shown now. */
export function route(): Route {
  return current;
}

/** Goes to a view, as a link would. */
export function go(view: View, params: Params = {}, part = ""): void {
  location.hash = address(view, params, part);
}

/** Changes parameters of this view without a new step of the browser's history. */
export function adjust(params: Params): void {
  if (current.view === "missing") return;
  history.replaceState(null, "", address(current.view, { ...current.params, ...params }, current.part));
  current = parseRoute(location.hash);
}
