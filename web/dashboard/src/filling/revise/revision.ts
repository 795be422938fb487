import type {contract} from '@headway/client';
import {useEffect, useRef, useState} from 'preact/hooks';
import {client} from '../../session.js';
import {attempt} from '../../ui/toasts.js';
import {add, EMPTY, type History, redo, undo} from './history.js';
import {described, type LotMove} from './moves.js';

export type ChangedPlan = contract.ChangedPlan;

/** A plan that is being changed, with the server's answer to the moves so far. */
export interface Revision {
  /** Absent before the first move. */
  plan?: ChangedPlan | undefined;
  /** The last move in words. */
  last: string;
  moves: readonly LotMove[];
  canUndo: boolean;
  canRedo: boolean;
  move: (step: readonly LotMove[]) => void;
  undo: () => void;
  redo: () => void;
  clear: () => void;
}

type Steps = History<readonly LotMove[]>;

/**
 * The moves of a schedule's lots; each is checked by the server at once, and one that it refuses is taken back.
 *
 * @param base the version that is changed; 0 for the plan as it was planned
 */
export function useRevision(schedule: number, base: number): Revision {
  const [steps, set] = useState<Steps>(EMPTY);
  const [plan, show] = useState<ChangedPlan>();
  const turn = useRef(0);
  const check = async (next: Steps) => {
    const own = ++turn.current;
    if (next.done.length === 0 && base === 0) {
      set(next);
      show(undefined);
      return;
    }
    await attempt(async () => {
      const path = `/api/v1/schedule/${schedule}/check`;
      const answer = await client.request<ChangedPlan>(path, {method: 'POST', body: {base, moves: next.done.flat()}});
      if (own === turn.current) {
        set(next);
        show(answer);
      }
    });
  };
  useEffect(() => void check(EMPTY), [schedule, base]);
  const last = steps.done.at(-1);
  return {
    plan, moves: steps.done.flat(), canUndo: steps.done.length > 0, canRedo: steps.undone.length > 0,
    last: last === undefined ? 'Nothing is moved yet' : described(last[0]!),
    move: (step) => step.length > 0 && void check(add(steps, step)),
    undo: () => void check(undo(steps)),
    redo: () => void check(redo(steps)),
    clear: () => void check(EMPTY),
  };
}
