/** What was done, step by step, and what can be done again. */
export interface History<Step> {
  done: readonly Step[];
  undone: readonly Step[];
}

export const EMPTY: History<never> = {done: [], undone: []};

export function add<Step>({done}: History<Step>, step: Step): History<Step> {
  return {done: [...done, step], undone: []};
}

export function undo<Step>(history: History<Step>): History<Step> {
  const last = history.done.at(-1);
  return last === undefined ? history : {done: history.done.slice(0, -1), undone: [...history.undone, last]};
}

export function redo<Step>(history: History<Step>): History<Step> {
  const next = history.undone.at(-1);
  return next === undefined ? history : {done: [...history.done, next], undone: history.undone.slice(0, -1)};
}
