import type {ConnectionState, HeadwayError, Snapshot, TopicEvent, WatchOptions} from '@headway/client';
import {signal, useSignal} from '@preact/signals';
import {useEffect, useRef, useState} from 'preact/hooks';
import {LiveRead} from './live-read.js';
import {client, words} from './session.js';

/** How the connection is doing, and since when nothing has come if it is cut off. */
export const connection = signal<ConnectionState>(client.connection);
export const cutOffAt = signal<Date | undefined>(undefined);

client.onConnection(() => {
  const state = client.connection;
  const well = state === 'live' || state === 'degraded' || state === 'idle' || state === 'connecting';
  cutOffAt.value = well ? undefined : (cutOffAt.peek() ?? new Date());
  connection.value = state;
});

/** A topic as a page sees it. */
export interface Live<S extends Snapshot> {
  state: S | undefined;
  ended: boolean;
  refused: HeadwayError | undefined;
}

/**
 * The newest state of a topic, for as long as the component is shown.
 *
 * @param topic none when undefined
 * @param heard is called with each event
 */
export function useLive<S extends Snapshot>(
  topic: string | undefined,
  options: WatchOptions = {},
  heard?: (event: TopicEvent) => void,
): Live<S> {
  const listener = useRef(heard);
  listener.current = heard;
  const live = useSignal<Live<S>>({state: undefined, ended: false, refused: undefined});
  useEffect(() => {
    live.value = {state: undefined, ended: false, refused: undefined};
    if (topic === undefined) {
      return undefined;
    }
    const watch = client.watch(topic, options);
    const changed = () => {
      const {state, ended, refused} = watch;
      live.value = {state: state as S | undefined, ended, refused};
    };
    const ends = [watch.onChange(changed), watch.onEvent((event) => listener.current?.(event))];
    changed();
    return () => {
      ends.forEach((end) => end());
      watch.close();
    };
  }, [topic, options.after, options.logs]);
  return live.value;
}

/** What a page has read and keeps up to date. */
export interface Read<S> {
  state: S | undefined;
  /** Why it could not be read, if there is no state. */
  failure: string | undefined;
  /** How often it was read. */
  reads: number;
  /** Whether the topic is refused, because it does not exist or is not the visitor's. */
  refused: boolean;
  again: () => void;
}

/**
 * A state that is read by REST and kept up to date by the events of a topic. What failed is read again once the server
 * is back.
 *
 * @param key is read anew whenever it changes
 * @param after the state after an event, which may be among what was read; undefined when it is to be read anew
 */
export function useRead<S>(topic: string, key: string, read: () => Promise<S>, after: (state: S, event: TopicEvent) => S | undefined): Read<S> {
  const [, draw] = useState(0);
  const latest = useRef({read, after});
  latest.current = {read, after};
  const held = useRef<LiveRead<S> | undefined>(undefined);
  useEffect(() => {
    const own = new LiveRead<S>(
      () => latest.current.read(), (state, event) => latest.current.after(state, event), () => draw((before) => before + 1));
    held.current = own;
    return () => own.end();
  }, [topic]);
  useEffect(() => held.current?.again(), [topic, key]);
  const {refused} = useLive(topic, {}, (event) => held.current?.hear(event));
  const again = () => held.current?.again();
  useReturn(() => held.current?.failure !== undefined && again());
  const {state, failure, reads = 0} = held.current ?? {};
  return {state, failure: state === undefined && failure !== undefined ? words(failure) : undefined, reads, refused: refused !== undefined, again};
}

/** Does something each time the server is reached again. */
export function useReturn(then: () => void): void {
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    let away = false;
    return connection.subscribe((state) => {
      if (state === 'live' && away) {
        latest.current();
      }
      away = state !== 'live';
    });
  }, []);
}

/** The present second, for durations that grow; ticks only while something reads it. */
export const now = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    ticking = setInterval(() => (this.value = Date.now()), 1_000);
  },
  unwatched() {
    clearInterval(ticking);
  },
});
let ticking: ReturnType<typeof setInterval> | undefined;
