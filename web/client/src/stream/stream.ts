import type {TopicEvent} from '../api.js';
import {Backoff} from '../backoff.js';
import type {NativeHelloFrame} from '../contract.js';
import {Alarm} from '../pause.js';
import type {Rest} from '../rest.js';
import type {Credentials} from '../token.js';
import {advice} from './advice.js';
import type {Board} from './board.js';
import type {Link, TransportKind} from './connection.js';
import {HttpFollowers} from './followers.js';
import {answered, poll} from './http.js';
import type {SocketEnd, SocketHost, WebSocketConstructor, WebSocketLike} from './socket.js';
import {SILENT, StreamSocket} from './socket.js';
import type {Topic} from './topic.js';

/** A connection's times, in milliseconds. */
export interface Times {
  /** After how much silence the other side is asked for a sign of life; by default the server's. */
  silenceMs: number | undefined;
  /** How long a connection must hold before its failures are forgotten. */
  stableMs: number;
  /** How long plain HTTP is used before a WebSocket is tried again. */
  httpMs: number;
}

export interface StreamOptions extends Times {
  WebSocket: WebSocketConstructor | undefined;
  random: () => number;
}

const FOREVER_MS = 2 ** 31 - 1;
/** How long an unwatched connection is kept, for the next watch that follows at once. */
const LINGER_MS = 1_000;
/** Sockets that did not open while plain HTTP got through. */
const BLOCKED_AFTER = 2;
/** A socket that was too slow at once would be so again at once. */
const AT_ONCE_AFTER_MS = 1_000;

/** Events over a connection of its own that is mended whenever it breaks. */
export class Stream implements Link, SocketHost {
  private readonly backoff: Backoff;
  private readonly alarm = new Alarm();
  private readonly followers: HttpFollowers;
  private socket: StreamSocket | undefined;
  private running = false;
  private unopened = 0;
  private shown: string | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private steadying: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly board: Board,
    private readonly rest: Rest,
    private readonly credentials: Credentials,
    private readonly options: StreamOptions,
  ) {
    this.backoff = new Backoff(options.random);
    this.followers = new HttpFollowers(rest, options.random, this);
    credentials.onReplaced(() => void this.reauthenticate());
  }

  get transport(): TransportKind {
    return this.followers.active ? 'http' : 'websocket';
  }

  join(topic: Topic, instead?: Topic): void {
    if (this.socket?.live) {
      this.socket.watch([topic]);
    }
    this.followers.add(topic);
    if (instead !== undefined) {
      this.followers.remove(instead);
    }
    void this.run();
  }

  leave(topic: Topic): void {
    this.followers.remove(topic);
    if (this.socket?.live && !topic.ended) {
      this.socket.unwatch(topic.name);
    }
    this.settle();
  }

  /** With nothing left to watch the connection is closed, a little later. */
  settle(): void {
    if (this.board.open().length === 0) {
      const linger = this.board.state === 'closed' ? 0 : LINGER_MS;
      setTimeout(() => this.board.open().length === 0 && this.close(), linger);
    }
  }

  wake(): void {
    this.alarm.ring();
    this.followers.wake();
    this.socket?.probe();
  }

  close(): void {
    this.socket?.close(1000, 'Done');
    this.followers.stop();
    this.alarm.ring();
  }

  private async run(): Promise<void> {
    if (this.running) {
      return;
    }
    this.running = true;
    this.board.become('connecting');
    while (this.board.open().length > 0) {
      const end = await this.connect();
      if (this.board.open().length > 0 && end !== undefined) {
        await this.recover(end);
      }
    }
    this.running = false;
    this.board.become('idle');
  }

  /** One connection from its beginning to its end; undefined when it is to be tried again at once. */
  private async connect(): Promise<SocketEnd | undefined> {
    const constructor = this.options.WebSocket;
    if (constructor === undefined) {
      await this.followers.run(this.board.open(), FOREVER_MS);
      return undefined;
    }
    if (this.unopened >= BLOCKED_AFTER) {
      await this.followers.run(this.board.open(), this.options.httpMs);
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
    this.board.become('resuming');
    const atOnce = after === 'resume' && end.lived > AT_ONCE_AFTER_MS;
    await this.alarm.wait(atOnce ? 0 : this.backoff.next());
  }

  /** After a silence or a failed opening, a GET tells whether the server or only the way is at fault. */
  private async look(end: SocketEnd): Promise<void> {
    const reachable = await this.verify();
    this.board.become(reachable ? 'resuming' : 'offline');
    if (!reachable) {
      this.unopened = 0; // nothing is known about WebSockets while nothing answers
    } else if (end.lived !== undefined || this.unopened >= BLOCKED_AFTER) {
      return;
    }
    await this.alarm.wait(this.backoff.next());
  }

  /** Asks by GET what a silent connection may have kept back; whether anybody answers. */
  private async verify(): Promise<boolean> {
    const topic = this.board.open().find(({cursor}) => cursor !== undefined);
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
    while (this.board.open().length > 0) {
      const newer = await this.credentials.ask('refused').catch(() => undefined);
      if (newer !== undefined && newer !== refused) {
        this.board.become('resuming');
        await this.alarm.wait(this.backoff.next());
        return;
      }
      this.board.become('refused');
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
    this.board.become(reachable ? 'live' : 'offline');
  }

  greeted(hello: NativeHelloFrame): void {
    this.backoff.window = hello.reconnect;
    this.unopened = 0;
    this.steadying = setTimeout(() => this.backoff.reset(), this.options.stableMs);
    this.socket?.watch(this.board.open());
    this.board.become('live');
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
    this.board.happened(event);
  }

  refused(name: string, code: string): void {
    this.board.refused(name, code);
  }

  noticed(notice: string): void {
    this.board.become(notice === 'degraded' ? 'degraded' : 'live');
  }
}
