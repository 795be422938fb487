import {useCallback, useEffect, useMemo, useState, useSyncExternalStore} from 'react';
import type {Snapshot, TopicEvent} from './api.js';
import type {HeadwayClient} from './client.js';
import {connect} from './client.js';
import type {HeadwayError} from './error.js';
import {OutputText} from './output.js';
import type {WatchOptions} from './stream/board.js';
import type {ConnectionState} from './stream/connection.js';
import type {Watch} from './stream/watch.js';

export interface ProgressOptions extends WatchOptions {
  /** The client to use; by default one for the whole page, which talks to the page's own server. */
  client?: HeadwayClient;
  /** Called with each event, for what is more than the newest state. */
  onEvent?: (event: TopicEvent) => void;
}

export interface ProgressView<S> {
  /** The newest state; undefined until the first answer. */
  state: S | undefined;
  connection: ConnectionState;
  ended: boolean;
  /** Why the server will not show the topic. */
  refused: HeadwayError | undefined;
  /** Asks the work to stop. */
  cancel: () => Promise<'requested' | 'too_late'>;
}

let shared: HeadwayClient | undefined;

/** One client for the whole page. */
function pageClient(): HeadwayClient {
  return (shared ??= connect());
}

/**
 * A topic's live state in a React component; null watches nothing.
 *
 *     const {state, connection, cancel} = useProgress<JobSnapshot>(`job:${id}`);
 */
export function useProgress<S extends Snapshot = Snapshot>(
  topic: string | null,
  options: ProgressOptions = {},
): ProgressView<S> {
  const client = options.client ?? pageClient();
  const watch = useWatch(client, topic, options);
  const {onEvent} = options;
  useEffect(() => (onEvent ? watch?.onEvent(onEvent) : undefined), [watch, onEvent]);
  const state = useWatched(watch, (present) => present?.state);
  const connection = useWatched(watch, (present) => present?.connection ?? 'idle');
  const ended = useWatched(watch, (present) => present?.ended ?? false);
  const refused = useWatched(watch, (present) => present?.refused);
  const cancel = useCallback(() => client.cancel(topic ?? ''), [client, topic]);
  return useMemo(
    () => ({state: state as S | undefined, connection, ended, refused, cancel}),
    [state, connection, ended, refused, cancel],
  );
}

/**
 * The text of a job's open output as it grows, from its beginning, in a React component; null watches
 * nothing.
 *
 *     const answer = useOutput(id, 'answer');
 */
export function useOutput(id: string | null, name: string, options: {client?: HeadwayClient} = {}): string {
  const client = options.client ?? pageClient();
  const [text, setText] = useState('');
  useEffect(() => {
    setText('');
    if (id === null) {
      return undefined;
    }
    const watch = client.watch(`job:${id}`, {logs: true});
    const output: OutputText = new OutputText(
      name,
      (after) => client.logs(id, after, name),
      () => setText(output.text),
    );
    const unfollow = watch.onEvent((event) => output.take(event));
    return () => {
      unfollow();
      watch.close();
    };
  }, [client, id, name]);
  return text;
}

/** One reading of a watch, anew after each change; a server that renders the page watches nothing. */
function useWatched<T>(watch: Watch | undefined, read: (watch: Watch | undefined) => T): T {
  const subscribe = useCallback(
    (changed: () => void) => watch?.onChange(changed) ?? (() => {}),
    [watch],
  );
  return useSyncExternalStore(
    subscribe,
    () => read(watch),
    () => read(undefined),
  );
}

function useWatch(client: HeadwayClient, topic: string | null, options: WatchOptions) {
  const [watch, setWatch] = useState<Watch>();
  const {after, logs} = options;
  useEffect(() => {
    if (topic === null) {
      return undefined;
    }
    const begun = client.watch(topic, {after, logs: logs ?? false});
    setWatch(begun);
    return () => {
      begun.close();
      setWatch(undefined);
    };
    // A cursor says where to begin; it does not begin again.
  }, [client, topic, logs]);
  return watch;
}
