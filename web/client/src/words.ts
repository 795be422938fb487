import type {Eta, JobSnapshot} from './api.js';
import type {ConnectionState} from './stream/connection.js';

const STATUS: Record<string, string> = {
  pending: 'Waiting',
  queued: 'Waiting',
  in_progress: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** A job's state in a word. */
export function statusWord(state: JobSnapshot): string {
  if (state.stalled_since !== undefined && state.status === 'in_progress') {
    return 'Stalled';
  }
  const stopping = state.cancel_requested === true && state.status === 'in_progress';
  return stopping ? 'Stopping' : (STATUS[state.status] ?? state.status);
}

/** The time left, as roughly as it is known: `about 2 min left`. */
export function etaWords(eta: Eta | null | undefined): string {
  if (eta === null || eta === undefined) {
    return '';
  }
  const {seconds} = eta;
  if (seconds < 1) {
    return 'almost done';
  }
  if (seconds < 90) {
    return `about ${Math.ceil(seconds)} s left`;
  }
  return seconds < 5_400
    ? `about ${Math.round(seconds / 60)} min left`
    : `about ${Math.round(seconds / 3_600)} h left`;
}

/** What a page of another origin than the server's needs when it is refused. */
export const FOREIGN_ORIGIN =
  "This page needs a token, or its origin in the server's setting http.allowed-origins";

/** What a person needs to know of the connection; nothing while all is well. */
export function connectionWords(connection: ConnectionState): string {
  switch (connection) {
    case 'connecting':
      return 'Connecting…';
    case 'resuming':
      return 'Reconnecting…';
    case 'offline':
      return 'Offline';
    case 'degraded':
      return 'Delayed';
    case 'refused':
      return 'Sign in again';
    case 'idle':
    case 'live':
    case 'closed':
      return '';
  }
}
