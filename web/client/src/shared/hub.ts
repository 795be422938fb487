import {pause} from '../pause.js';
import {Rest} from '../rest.js';
import {Board} from '../stream/board.js';
import type {WebSocketConstructor} from '../stream/socket.js';
import {Stream} from '../stream/stream.js';
import type {Watch} from '../stream/watch.js';
import type {TokenReason} from '../token.js';
import {Credentials} from '../token.js';
import type {FromTab, FromWorker, Shared} from './messages.js';

/** How long a tab may take to give a token before another one is asked. */
const TOKEN_MS = 10_000;

/** Serves the tabs that connect, if this is a shared worker; elsewhere does nothing. */
export function serveTabs(): void {
  const scope = globalThis as {onconnect?: ((event: MessageEvent) => void) | null};
  if (!('onconnect' in scope)) {
    return;
  }
  const lock = `headway-worker-${crypto.randomUUID()}`;
  const held = new Promise<void>((resolve) => {
    void navigator.locks.request(lock, () => (resolve(), new Promise(() => {}))); // while it lives
  });
  const hubs = new Map<string, Hub>();
  scope.onconnect = ({ports}) => {
    const port = ports[0]!;
    port.onmessage = ({data}: MessageEvent<FromTab>) => {
      if (data.kind === 'hello') {
        void held.then(() => new Tab(port, hubFor(hubs, data.shared)).welcome(data.lock, lock));
      }
    };
  };
}

function hubFor(hubs: Map<string, Hub>, shared: Shared): Hub {
  const key = JSON.stringify(shared);
  const hub = hubs.get(key) ?? new Hub(shared, () => hubs.delete(key));
  hubs.set(key, hub);
  return hub;
}

/** One connection and the tabs that share it; ends with its last tab. */
class Hub {
  readonly board = new Board();
  readonly credentials: Credentials;
  private readonly tabs = new Set<Tab>();
  private shown: string | undefined;

  constructor(
    {url, times}: Shared,
    private readonly ended: () => void,
  ) {
    this.credentials = new Credentials((reason) => this.token(reason));
    const rest = new Rest(url, this.credentials, (input, init) => fetch(input, init));
    const socket = globalThis.WebSocket as unknown as WebSocketConstructor;
    const options = {...times, WebSocket: socket, random: Math.random};
    this.board.use(new Stream(this.board, rest, this.credentials, options));
    this.board.onState(() => this.tabs.forEach((tab) => tab.tellState()));
  }

  add(tab: Tab): void {
    this.tabs.add(tab);
  }

  remove(tab: Tab): void {
    if (this.tabs.delete(tab) && this.tabs.size === 0) {
      this.ended();
      this.board.close();
    }
  }

  /** Asks one tab after the other, the newest first, for a token that has not been shown yet. */
  private async token(reason: TokenReason): Promise<string | undefined> {
    for (const tab of [...this.tabs].reverse()) {
      const token = await tab.token(reason);
      if (token !== undefined && (reason === 'start' || token !== this.shown)) {
        this.shown = token;
        return token;
      }
    }
    return this.shown;
  }
}

/** A tab as the worker sees it. */
class Tab {
  private readonly watches = new Map<string, Watch>();
  private readonly answers = new Map<number, (token: string | undefined) => void>();
  private lastAsk = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly hub: Hub,
  ) {
    hub.add(this);
    port.onmessage = ({data}: MessageEvent<FromTab>) => this.received(data);
  }

  /** Answers the tab and notices when it is gone: then its lock is free. */
  welcome(tabLock: string, workerLock: string): void {
    void navigator.locks.request(tabLock, () => this.left());
    this.send({kind: 'welcome', lock: workerLock});
    this.tellState();
  }

  tellState(): void {
    const {state, link} = this.hub.board;
    this.send({kind: 'state', state, transport: link.transport});
  }

  /** The tab's token; undefined when it has none or does not answer. */
  token(reason: TokenReason): Promise<string | undefined> {
    const id = ++this.lastAsk;
    const answer = new Promise<string | undefined>((resolve) => this.answers.set(id, resolve));
    this.send({kind: 'ask', id, reason});
    return Promise.race([answer, pause(TOKEN_MS).then(() => undefined)]);
  }

  private send(message: FromWorker): void {
    this.port.postMessage(message);
  }

  private received(message: FromTab): void {
    switch (message.kind) {
      case 'watch':
        this.watch(message.topic, message.after, message.logs);
        break;
      case 'unwatch':
        this.unwatch(message.topic);
        break;
      case 'token':
        this.answers.get(message.id)?.(message.token);
        this.answers.delete(message.id);
        break;
      case 'renewed':
        this.hub.credentials.renewed(message.token);
        break;
      case 'wake':
        this.hub.board.link.wake();
        break;
      case 'bye':
        this.left();
        break;
      case 'hello':
    }
  }

  private watch(topic: string, after: string | undefined, logs: boolean): void {
    const earlier = this.watches.get(topic);
    const watch = this.hub.board.watch(topic, {after, logs});
    this.watches.set(topic, watch);
    earlier?.close();
    if (watch.state !== undefined && watch.cursor !== undefined) {
      const data = watch.state as {[key: string]: unknown};
      this.send({kind: 'event', event: {topic, cursor: watch.cursor, type: 'snapshot', data}});
    }
    watch.onEvent((event) => this.send({kind: 'event', event}));
    watch.onChange(() => {
      if (watch.refused !== undefined) {
        this.watches.delete(topic);
        this.send({kind: 'refused', topic, code: watch.refused.code});
      }
    });
  }

  private unwatch(topic: string): void {
    this.watches.get(topic)?.close();
    this.watches.delete(topic);
  }

  private left(): void {
    this.answers.forEach((answer) => answer(undefined));
    [...this.watches.keys()].forEach((topic) => this.unwatch(topic));
    this.hub.remove(this);
  }
}
