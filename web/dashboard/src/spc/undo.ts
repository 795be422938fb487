import {useState} from 'preact/hooks';

/** A draft with the states before it. */
export interface Undoable<T> {
  draft: T;
  /**
   * Changes the draft.
   *
   * @param field successive changes of one field are undone together
   */
  set: (draft: T, field?: string) => void;
  /** Takes the last change back; undefined where there is none. */
  undo: (() => void) | undefined;
}

/** The drafts of a form, the newest last. */
export interface Drafts<T> {
  states: readonly T[];
  field: string | undefined;
}

/** The drafts after a change. */
export function changed<T>({states, field}: Drafts<T>, draft: T, own?: string): Drafts<T> {
  const kept = own !== undefined && own === field && states.length > 1 ? states.slice(0, -1) : states;
  return {states: [...kept, draft], field: own};
}

/** The drafts without the last change. */
export function undone<T>({states}: Drafts<T>): Drafts<T> {
  return {states: states.length > 1 ? states.slice(0, -1) : states, field: undefined};
}

/** A draft whose changes can be taken back until it is saved. */
export function useUndo<T>(first: T): Undoable<T> {
  const [drafts, put] = useState<Drafts<T>>({states: [first], field: undefined});
  return {
    draft: drafts.states.at(-1)!,
    set: (draft, field) => put((before) => changed(before, draft, field)),
    undo: drafts.states.length > 1 ? () => put(undone) : undefined,
  };
}
