import type {TopicEvent} from '../api.js';
import {Backoff} from '../backoff.js';
import {HeadwayError} from '../error.js';
import {Alarm} from '../pause.js';
import type {Rest} from '../rest.js';
import type {Credentials} from '../token.js';
import {advice} from './advice.js';
import {HttpFollowers} from './followers.js';
import {answered, poll} from './http.js';
import type {Hello, SocketEnd, SocketHost, WebSocketConstructor, WebSocketLike} from './socket.js';
import {SILENT, StreamSocket} from './socket.js';
import {Topic} from './topic.js';
import {Watch} from './watch.js';

/**
 * How the connection is doing. `degraded`: live, but the server has lost touch with other nodes;
 * `resuming`: cut off and about to be back; `offline`: the server cannot be reached; `refused`: a
 * newer token is needed.
 */
export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'live'
  | 'degraded'
  | 'resuming'
  | 'offline'
  | 'refused'
  | 'closed';

/** How events come: by WebSocket, or over plain HTTP where there is none. */
export type TransportKind = 'websocket' | 'http';

export interface StreamOptions {
  WebSocket: WebSocketConstructor | undefined;
  /** After how many milliseconds of silence the other side is asked for a sign of life. */
  silenceMs: number | undefined;
  /** How long a connection must hold before its failures are forgotten. */
  stableMs: number;
  /** How long plain HTTP is used before a WebSocket is tried again. */
  httpMs: number;
  random: () => number;
}

export interface WatchOptions {
  /** Where to begin: a cursor, such as that of a submitted job; by default the present state. */
  after?: string | undefined;
  /** Whether lines of the job's log are wanted, too. */
  logs?: boolean;
}

const FOREVER_MS = 2 ** 31 - 1;
/** How long an unwatched connection is kept, for the next watch that follows at once. */
const LINGER_MS = 1_000;
/** Sockets that did not open while plain HTTP got through. */
const BLOCKED_AFTER = 2;
/** A socket that was too slow at once would be so again at once. */
const AT_ONCE_AFTER_MS = 1_000;

/** All watched topics over one connection that is mended whenever it breaks. */
export class Stream implements SocketHost {
  private readonly topics = new Map<string, Topic>();
  private readonly backoff: Backoff;
  private readonly alarm = new Alarm();
  private readonly followers: HttpFollowers;
  private socket: StreamSocket | undefined;
  private connection: ConnectionState = 'idle';
  private running = false;
  private closed = false;
  private unopened = 0;
  private shown: string | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private steadying: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly rest: Rest,
    private readonly credentials: Credentials,
    private readonly options: StreamOptions,
  ) {
    this.backoff = new Backoff(options.random);
    this.followers = new HttpFollowers(rest, options.random, this);
    credentials.onReplaced(() => void this.reauthenticate());
  }

  get state(): ConnectionState {
    return this.connection;
  }

  /** How events come at present. */
  get transport(): TransportKind {
    return this.followers.active ? 'http' : 'websocket';
  }

  /** Calls back when the connection's state changes; returns what ends that. */
  onState(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Watches a topic. A topic that is watched already goes on from where it is: its present state
   * comes first, and `after` is not needed.
   */
  watch(name: string, options: WatchOptions = {}): Watch {
    if (this.closed) {
      throw new HeadwayError(0, {detail: 'The client has been closed', code: 'CONNECTION_ERROR'});
    }
    const topic = this.joined(name, options);
    const watch: Watch = new Watch(topic, () => this.connection, (from) =>
      this.left(from, watch),
    );
    topic.watches.add(watch);
    void this.run();
    return watch;
  }

  /** Ends every watch and the connection. */
  close(): void {
    this.closed = true;
    for (const topic of [...this.topics.values()]) {
      [...topic.watches].forEach((watch) => watch.close());
    }
    this.become('closed');
    this.stop();
  }

  /** Tries at once what would be tried later: the network is back, or the page is seen again. */
  wake(): void {
    this.alarm.ring();
    this.followers.wake();
    this.socket?.probe();
  }

  private joined(name: string, options: WatchOptions): Topic {
    const known = this.topics.get(name);
    if (known !== undefined && (known.logs || options.logs !== true)) {
      return known;
    }
    const topic = new Topic(name, known?.cursor ?? options.after, options.logs === true);
    if (known !== undefined) {
      topic.adopt(known);
    }
    this.topics.set(name, topic);
    if (this.socket?.live && !topic.ended) {
      this.socket.watch([topic]);
    }
    this.followers.add(topic);
    return topic;
  }

  private left(topic: Topic, watch: Watch): void {
    topic.watches.delete(watch);
    if (topic.watches.size > 0 || this.topics.get(topic.name) !== topic) {
      return;
    }
    this.topics.delete(topic.name);
    this.followers.remove(topic);
    if (this.socket?.live && !topic.ended) {
      this.socket.unwatch(topic.name);
    }
    this.settle();
  }

  /** With nothing left to watch the connection is closed, a little later. */
  private settle(): void {
    if (this.open().length === 0) {
      setTimeout(() => this.open().length === 0 && this.stop(), this.closed ? 0 : LINGER_MS);
    }
  }

  private open(): Topic[] {
    return [...this.topics.values()].filter((topic) => !topic.ended);
  }

  private stop(): void {
    this.socket?.close(1000, 'Done');
    this.followers.stop();
    this.alarm.ring();
  }

  private become(connection: ConnectionState): void {
    if (this.connection === connection || this.connection === 'closed') {
      return;
    }
    this.connection = connection;
    this.listeners.forEach((listener) => listener());
    for (const topic of this.topics.values()) {
      [...topic.watches].forEach((watch) => watch.changed());
    }
  }

  private async run(): Promise<void> {
    if (this.running) {
      return;
    }
    this.running = true;
    this.become('connecting');
    while (this.open().length > 0) {
      const end = await this.connect();
      if (this.open().length > 0 && end !== undefined) {
        await this.recover(end);
      }
    }
    this.running = false;
    this.become('idle');
  }

  /** One connection from its beginning to its end; undefined when it is to be tried again at once. */
  private async connect(): Promise<SocketEnd | undefined> {
    const constructor = this.options.WebSocket;
    if (constructor === undefined) {
      await this.followers.run(this.open(), FOREVER_MS);
      return undefined;
    }
    if (this.unopened >= BLOCKED_AFTER) {
      await this.followers.run(this.open(), this.options.httpMs);
      this.unopened = BLOCKED_AFTER - 1; // one attempt, then HTTP again
      return undefined;
    }
    return this.connectSocket(constructor);
  }

  private async connectSocket(constructor: WebSocketConstructor): Promise<SocketEnd> {
    try {
      this.shown = await this.credentials.token();
      this.socket = new StreamSocket(this.opened(constructor), this, this.shown, this.options.silenceMs);
    } catch (failure) {
      this.unopened++;
      return {code: 1006, reason: String(failure), lived: undefined};
    }
    const end = await this.socket.closed;
    this.socket = undefined;
    clearTimeout(this.renewal);
    clearTimeout(this.steadying);
    this.unopened = end.lived === undefined ? this.unopened + 1 : 0;
    return end;
  }

  private opened(constructor: WebSocketConstructor): WebSocketLike {
    const bearer = this.shown === undefined ? [] : ['bearer', this.shown];
    const url = `${this.rest.base.replace(/^http/, 'ws')}/api/v1/stream`;
    return new constructor(url, ['headway.v1', ...bearer]);
  }

  private async recover(end: SocketEnd): Promise<void> {
    const after = advice(end.code);
    if (after === 'token') {
      return this.waitForToken(this.shown);
    }
    if (after === 'back off') {
      this.backoff.penalize();
    }
    if (end.lived === undefined || end.reason === SILENT) {
      return this.look(end);
    }
    this.become('resuming');
    const atOnce = after === 'resume' && end.lived > AT_ONCE_AFTER_MS;
    await this.alarm.wait(atOnce ? 0 : this.backoff.next());
  }

  /** After a silence or a failed opening, a GET tells whether the server or only the way is at fault. */
  private async look(end: SocketEnd): Promise<void> {
    const reachable = await this.verify();
    this.become(reachable ? 'resuming' : 'offline');
    if (!reachable) {
      this.unopened = 0; // nothing is known about WebSockets while nothing answers
    } else if (end.lived !== undefined || this.unopened >= BLOCKED_AFTER) {
      return;
    }
    await this.alarm.wait(this.backoff.next());
  }

  /** Asks by GET what a silent connection may have kept back; whether anybody answers. */
  private async verify(): Promise<boolean> {
    const topic = this.open().find(({cursor}) => cursor !== undefined);
    const patience = AbortSignal.timeout(10_000);
    try {
      if (topic === undefined) {
        await this.rest.json('/health', {signal: patience});
      } else {
        const happened = (event: TopicEvent) => this.happened(event);
        await poll(this.rest, topic, {happened, reached: () => {}}, patience, 0);
      }
      return true;
    } catch (failure) {
      return answered(failure);
    }
  }

  private async waitForToken(refused: string | undefined): Promise<void> {
    while (this.open().length > 0) {
      const newer = await this.credentials.ask('refused').catch(() => undefined);
      if (newer !== undefined && newer !== refused) {
        this.become('resuming');
        await this.alarm.wait(this.backoff.next());
        return;
      }
      this.become('refused');
      await this.alarm.wait(FOREVER_MS);
    }
  }

  private async reauthenticate(): Promise<void> {
    const token = await this.credentials.token().catch(() => undefined);
    if (token !== undefined && this.socket?.live) {
      this.socket.authenticate(token);
    }
    this.wake();
  }

  /** HTTP's door: the server wants another token. */
  async denied(): Promise<void> {
    await this.waitForToken(await this.credentials.token().catch(() => undefined));
  }

  /** HTTP's door: the server answers, or does not. */
  reachable(reachable: boolean): void {
    this.become(reachable ? 'live' : 'offline');
  }

  greeted(hello: Hello): void {
    this.backoff.window = hello.reconnect;
    this.unopened = 0;
    this.steadying = setTimeout(() => this.backoff.reset(), this.options.stableMs);
    this.socket?.watch(this.open());
    this.become('live');
  }

  authenticated(expiresAt: string | null): void {
    clearTimeout(this.renewal);
    if (expiresAt !== null) {
      const left = Date.parse(expiresAt) - Date.now();
      const early = Math.max(left - 60_000, left * 0.8, 1_000);
      this.renewal = setTimeout(() => void this.renew(), Math.min(early, FOREVER_MS));
    }
  }

  private async renew(): Promise<void> {
    const before = await this.credentials.token().catch(() => undefined);
    const newer = await this.credentials.ask('renew').catch(() => undefined);
    if (newer !== undefined && newer !== before) {
      this.socket?.authenticate(newer);
    }
  }

  happened(event: TopicEvent): void {
    const topic = this.topics.get(event.topic);
    topic?.apply(event);
    if (topic?.ended) {
      this.settle();
    }
  }

  refused(name: string, code: string): void {
    const topic = this.topics.get(name);
    if (topic !== undefined) {
      const detail = `The topic ${name} does not exist or may not be watched`;
      topic.refuse(new HeadwayError(404, {detail, code}));
      this.topics.delete(name);
      this.settle();
    }
  }

  noticed(notice: string): void {
    this.become(notice === 'degraded' ? 'degraded' : 'live');
  }
}
