import type {ClientOptions} from '../options.js';
import {pause} from '../pause.js';
import type {Board} from '../stream/board.js';
import type {Link, TransportKind} from '../stream/connection.js';
import type {Times} from '../stream/stream.js';
import type {Topic} from '../stream/topic.js';
import type {Credentials} from '../token.js';
import {identity} from '../token.js';
import type {FromTab, FromWorker} from './messages.js';
import {startWorker} from './start.js';

/** How long a worker may take to answer before the tab goes its own way. */
const WELCOME_MS = 10_000;

/** Whether the browser can share a connection between tabs, and is asked to. */
export function mayShare(options: ClientOptions): boolean {
  const {share, WebSocket, fetch, random} = options;
  const own = WebSocket !== undefined || fetch !== undefined || random !== undefined;
  const able =
    typeof document !== 'undefined' &&
    typeof SharedWorker === 'function' &&
    (navigator.locks as LockManager | undefined) !== undefined;
  return able && (share ?? !own);
}

export interface SharedLinkOptions {
  times: Times;
  /** A connection of the tab's own, for when the worker cannot be had. */
  own: () => Link;
}

/**
 * The events of a connection that a shared worker keeps for all tabs of this origin with the same
 * server and the same user. A tab that cannot have the worker gets a connection of its own.
 */
export class SharedLink implements Link {
  private readonly life = new AbortController();
  private readonly unlisten: () => void;
  private port: MessagePort | undefined;
  private whose: string | undefined;
  private joined = false;
  private kind: TransportKind = 'websocket';

  constructor(
    private readonly board: Board,
    private readonly url: string,
    private readonly credentials: Credentials,
    private readonly options: SharedLinkOptions,
  ) {
    this.unlisten = credentials.onReplaced(() => void this.replaced());
  }

  get transport(): TransportKind {
    return this.kind;
  }

  join(topic: Topic): void {
    if (this.joined) {
      this.send({kind: 'watch', topic: topic.name, after: topic.cursor, logs: topic.logs});
    } else if (this.port === undefined) {
      this.board.become('connecting');
      this.open();
    }
  }

  leave(topic: Topic): void {
    if (this.joined) {
      this.send({kind: 'unwatch', topic: topic.name});
    }
  }

  settle(): void {}

  wake(): void {
    this.send({kind: 'wake'});
  }

  close(): void {
    this.send({kind: 'bye'});
    this.port?.close();
    this.unlisten();
    this.life.abort();
  }

  private send(message: FromTab): void {
    this.port?.postMessage(message);
  }

  private open(): void {
    try {
      const worker = startWorker();
      worker.onerror = () => this.giveUp();
      this.port = worker.port;
      worker.port.onmessage = ({data}: MessageEvent<FromWorker>) => this.received(data);
      void this.hello();
    } catch {
      this.giveUp(); // a script of another origin, or a policy against workers
    }
  }

  private async hello(): Promise<void> {
    const lock = `headway-tab-${crypto.randomUUID()}`;
    await this.hold(lock);
    this.whose = await this.identity();
    const {url, whose} = this;
    this.send({kind: 'hello', lock, shared: {url, whose, times: this.options.times}});
    await pause(WELCOME_MS, this.life.signal);
    if (!this.joined) {
      this.giveUp();
    }
  }

  /** Who the tab is; unlike everybody else while its token cannot be had. */
  private async identity(): Promise<string> {
    return this.credentials.token().then(identity, () => crypto.randomUUID());
  }

  /** Holds a lock until the link is closed or the tab is gone, by which the worker knows. */
  private hold(lock: string): Promise<void> {
    const over = new Promise<void>((resolve) => {
      this.life.signal.addEventListener('abort', () => resolve());
    });
    return new Promise((held) => {
      void navigator.locks.request(lock, () => (held(), over));
    });
  }

  private received(message: FromWorker): void {
    if (this.life.signal.aborted) {
      return;
    }
    switch (message.kind) {
      case 'welcome':
        this.welcomed(message.lock);
        break;
      case 'state':
        this.kind = message.transport;
        this.board.become(message.state);
        break;
      case 'event':
        this.board.happened(message.event);
        break;
      case 'refused':
        this.board.refused(message.topic, message.code);
        break;
      case 'ask':
        void this.answer(message);
    }
  }

  private welcomed(lock: string): void {
    this.joined = true;
    this.board.open().forEach((topic) => this.join(topic));
    const {signal} = this.life;
    void navigator.locks
      .request(lock, {mode: 'shared', signal}, () => this.giveUp()) // the worker is gone
      .catch(() => {});
  }

  private async answer({id, reason}: FromWorker & {kind: 'ask'}): Promise<void> {
    const {credentials, whose} = this;
    const asked = reason === 'start' ? credentials.token() : credentials.ask(reason);
    const token = await asked.catch(() => undefined);
    const same = identity(token) === whose;
    this.send({kind: 'token', id, token: same ? token : undefined});
    if (!same && token !== undefined) {
      this.reopen();
    }
  }

  private async replaced(): Promise<void> {
    if (this.whose === undefined || this.life.signal.aborted) {
      return;
    }
    const token = await this.credentials.token().catch(() => undefined);
    if (identity(token) !== this.whose) {
      this.reopen();
    } else if (token !== undefined) {
      this.send({kind: 'renewed', token});
    }
  }

  /** Somebody else's token is somebody else's connection. */
  private reopen(): void {
    const {board, url, credentials, options} = this;
    this.close();
    board.use(new SharedLink(board, url, credentials, options));
  }

  private giveUp(): void {
    if (!this.life.signal.aborted) {
      this.close();
      this.board.use(this.options.own());
    }
  }
}
