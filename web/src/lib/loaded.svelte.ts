// Data that is asked for again when what it depends on changes. The old value stays until the new one is there, so that
// forms and lists do not vanish (and lose the focus) at every step.

/** What has been loaded. */
export interface Loaded<T> {
  readonly value: T | null;
  readonly error: unknown;
  readonly busy: boolean;
}

/** Calls `ask` now and whenever the state it reads changes; null: there is nothing to ask. To be called while a component is made. */
export function loaded<T>(ask: (signal: AbortSignal) => Promise<T> | null): Loaded<T> {
  let value = $state.raw<T | null>(null);
  let error = $state.raw<unknown>(null);
  let busy = $state(false);
  $effect(() => {
    const controller = new AbortController();
    const asked = ask(controller.signal);
    busy = asked !== null;
    if (!asked) value = null;
    asked?.then(
      (found) => {
        if (!controller.signal.aborted) [value, error, busy] = [found, null, false];
      },
      (failure: unknown) => {
        if (!controller.signal.aborted) [value, error, busy] = [null, failure, false];
      },
    );
    return () => controller.abort();
  });
  return {
    get value() { return value; },
    get error() { return error; },
    get busy() { return busy; },
  };
}
