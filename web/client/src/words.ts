import type {Eta, JobSnapshot} from './api.js';
import type {ConnectionState} from './stream/connection.js';

/** Everything that the elements say. `left` has the time in it. */
export const WORDS = {
  waiting: 'Waiting',
  running: 'Running',
  stalled: 'Stalled',
  stopping: 'Stopping',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  left: 'about {time} left',
  soon: 'almost done',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  offline: 'Offline',
  delayed: 'Delayed',
  refused: 'Sign in again',
  nothing: 'There is nothing to show here',
  empty: 'No job has this tag yet',
  cancel: 'Cancel',
  notify: 'Notify me',
};

/** What is said in other words than the usual ones. */
export type Words = {[name in keyof typeof WORDS]?: string | undefined};

/** How the words are to be said. */
export interface Wording {
  words?: Words | undefined;
  /** A language (BCP 47) for numbers and units; English by default. */
  language?: string | undefined;
}

/** What a job is doing, by the name of the word for it. */
export function statusName(state: JobSnapshot): keyof typeof WORDS {
  switch (state.status) {
    case 'completed':
    case 'failed':
    case 'cancelled':
      return state.status;
    case 'in_progress':
      return state.stalled_since !== undefined ? 'stalled' : state.cancel_requested === true ? 'stopping' : 'running';
    case 'pending':
    case 'queued':
      return 'waiting';
  }
}

/** A job's state in a word. */
export function statusWord(state: JobSnapshot, {words = {}}: Wording = {}): string {
  const name = statusName(state);
  return words[name] ?? WORDS[name];
}

/** The time left, as roughly as it is known: `about 2 min left`. */
export function etaWords(eta: Eta | null | undefined, {words = {}, language}: Wording = {}): string {
  if (eta === null || eta === undefined) {
    return '';
  }
  return eta.seconds < 1
    ? (words.soon ?? WORDS.soon)
    : (words.left ?? WORDS.left).replace('{time}', time(eta.seconds, language));
}

function time(seconds: number, language: string | undefined): string {
  if (seconds < 90) {
    return measure(Math.ceil(seconds), 'second', 's', language);
  }
  return seconds < 5_400
    ? measure(Math.round(seconds / 60), 'minute', 'min', language)
    : measure(Math.round(seconds / 3_600), 'hour', 'h', language);
}

function measure(value: number, unit: string, symbol: string, language: string | undefined): string {
  return language === undefined
    ? `${value} ${symbol}`
    : new Intl.NumberFormat(language, {style: 'unit', unit, unitDisplay: 'short'}).format(value);
}

/** What a page of another origin than the server's needs when it is refused. */
export const FOREIGN_ORIGIN =
  "This page needs a token, or its origin in the server's setting http.allowed-origins";

/** What a person needs to know of the connection; nothing while all is well. */
export function connectionWords(connection: ConnectionState, {words = {}}: Wording = {}): string {
  const say = (name: keyof Words) => words[name] ?? WORDS[name];
  switch (connection) {
    case 'connecting':
      return say('connecting');
    case 'resuming':
      return say('reconnecting');
    case 'offline':
      return say('offline');
    case 'degraded':
      return say('delayed');
    case 'refused':
      return say('refused');
    case 'idle':
    case 'live':
    case 'closed':
      return '';
  }
}
