import type {EventBatch, TopicEvent} from '../api.js';
import {HeadwayError} from '../error.js';
import type {Rest} from '../rest.js';
import {lines} from './lines.js';
import type {Topic} from './topic.js';

/** How long a proxy may hold back the first byte before it is taken for one that buffers. */
const FIRST_BYTE_MS = 5_000;
/** The server comments every 15 s. */
const SILENCE_MS = 40_000;
const WAIT_SECONDS = 25;

/** A Server-Sent Events answer that does not arrive piece by piece. */
export class BufferedError extends Error {}

/** What a follower does with what it reads. */
export interface Audience {
  happened(event: TopicEvent): void;
  /** The server answers. */
  reached(): void;
}

function path(topic: Topic, more: Record<string, string>): string {
  const query = new URLSearchParams(more);
  if (topic.cursor !== undefined) {
    query.set('after', topic.cursor);
  }
  if (topic.logs) {
    query.set('logs', 'true');
  }
  return `/api/v1/topics/${topic.name}/events?${query}`;
}

/**
 * Follows a topic by Server-Sent Events until the server ends the answer.
 *
 * @throws BufferedError when something on the way holds the answer back
 */
export async function followEvents(
  rest: Rest,
  topic: Topic,
  audience: Audience,
  signal: AbortSignal,
): Promise<void> {
  const patience = new AbortController();
  const stop = () => patience.abort();
  signal.addEventListener('abort', stop);
  let timer = setTimeout(stop, FIRST_BYTE_MS);
  let begun = false;
  try {
    const call = {accept: 'text/event-stream', signal: patience.signal};
    const answer = await rest.open(path(topic, {}), call);
    if (answer.status === 204 || answer.body === null) {
      topic.ended = true;
      return;
    }
    for await (const line of lines(answer.body)) {
      begun = true;
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_MS);
      audience.reached();
      if (line.startsWith('data: ')) {
        audience.happened(JSON.parse(line.slice(6)) as TopicEvent);
      }
    }
  } catch (failure) {
    if (patience.signal.aborted && !signal.aborted && !begun) {
      throw new BufferedError();
    }
    throw failure;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    patience.abort();
  }
}

/** Asks once what has happened since the topic's cursor, waiting for it if `wait` is above 0. */
export async function poll(
  rest: Rest,
  topic: Topic,
  audience: Audience,
  signal: AbortSignal,
  wait = WAIT_SECONDS,
): Promise<void> {
  const timeout = AbortSignal.any([signal, AbortSignal.timeout((wait + 15) * 1_000)]);
  const batch = await rest.json<EventBatch>(path(topic, {wait: String(wait)}), {signal: timeout});
  audience.reached();
  if (!batch.recovered && batch.snapshot) {
    const {topic: name, cursor, snapshot} = batch;
    audience.happened({topic: name, cursor, type: 'snapshot', data: snapshot});
  }
  batch.events.forEach((event) => audience.happened(event));
  topic.cursor = batch.cursor;
  topic.ended ||= batch.ended === true;
}

/** Whether a failure says that the server is there, whatever it thinks of the request. */
export function answered(failure: unknown): boolean {
  return failure instanceof HeadwayError && failure.status > 0 && failure.status < 500;
}
