import {Backoff} from '../backoff.js';
import {HeadwayError} from '../error.js';
import {pause} from '../pause.js';

/** A server that is away for longer than this has given the lease away, too. */
export const PATIENCE_MS = 300_000;

/** Whether the same request may succeed later. */
export function temporary(failure: unknown): boolean {
  return failure instanceof HeadwayError && failure.temporary;
}

/** Whether the same request would be refused again as it stands. */
export function isInvalid(failure: unknown): boolean {
  return failure instanceof HeadwayError && [400, 413, 422].includes(failure.status);
}

/** Tries until it succeeds, is refused for good, or five minutes have passed. */
export async function persistently<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const backoff = new Backoff();
  const until = Date.now() + PATIENCE_MS;
  while (true) {
    try {
      return await attempt();
    } catch (failure) {
      if (!temporary(failure) || Date.now() > until || signal?.aborted) {
        throw failure;
      }
      const advised = (failure as HeadwayError).retryAfterMs ?? 0;
      await pause(Math.max(advised, backoff.next()), signal);
    }
  }
}
