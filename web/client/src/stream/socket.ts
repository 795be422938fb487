import type {TopicEvent} from '../api.js';
import type {
  NativeAuthenticatedFrame,
  NativeEventFrame,
  NativeHelloFrame,
  NativeNoticeFrame,
  NativeWatchingFrame,
} from '../contract.js';
import type {Topic} from './topic.js';

/** The part of the WebSocket interface that is used; `ws` for Node has it, too. */
export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** How a socket ended. */
export interface SocketEnd {
  /** The close code (RFC 6455, section 7.4); 1006 when there was none. */
  code: number;
  reason: string;
  /** How long it was live, in milliseconds; undefined when it never was. */
  lived: number | undefined;
}

/** What a socket tells of. */
export interface SocketHost {
  greeted(hello: NativeHelloFrame): void;
  /** A token was accepted; it ends then, if ever. */
  authenticated(expiresAt: string | null): void;
  happened(event: TopicEvent): void;
  refused(topic: string, code: string): void;
  noticed(notice: string): void;
}

/** Any of the server's frames; which one tells what it has. */
type ServerFrame = Partial<NativeHelloFrame & NativeEventFrame> &
  Partial<Pick<NativeNoticeFrame, 'notice'>> &
  Partial<Omit<NativeWatchingFrame, 're'> & Pick<NativeAuthenticatedFrame, 'expires_at'>> & {
    re?: number;
  };

/** Why a socket was given up that no longer answered. */
export const SILENT = 'Silent';
const GREETING_MS = 10_000;
const ANSWER_MS = 10_000;
/** Topics in one request: a frame may have 10 KB. */
const TOPICS_A_FRAME = 40;

/** One WebSocket of the native stream (`headway.v1`), from opening to close. */
export class StreamSocket {
  /** Settles when the socket is of no more use. */
  readonly closed: Promise<SocketEnd>;
  private settle!: (end: SocketEnd) => void;
  private over = false;
  private liveSince: number | undefined;
  private lastId = 0;
  private readonly joining = new Map<number, string[]>();
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private silence: number;

  constructor(
    private readonly socket: WebSocketLike,
    private readonly host: SocketHost,
    private readonly token: string | undefined,
    private readonly maxSilence: number | undefined,
  ) {
    this.silence = maxSilence ?? 25_000;
    this.closed = new Promise((settle) => (this.settle = settle));
    this.watchdog = setTimeout(() => this.drop('No greeting'), GREETING_MS);
    socket.onmessage = (message: {data: unknown}) => this.received(String(message.data));
    socket.onerror = () => {}; // a close follows
    socket.onclose = (event: {code: number; reason: unknown}) =>
      this.ended(event.code, String(event.reason ?? ''));
  }

  /** Whether the server has greeted and the socket is open. */
  get live(): boolean {
    return this.liveSince !== undefined && !this.over;
  }

  /** Shows a token; a newer one takes the place of the one before. */
  authenticate(token: string): void {
    this.request({op: 'auth', token});
  }

  /** Watches topics, each from where it has come to. */
  watch(topics: Topic[]): void {
    for (let from = 0; from < topics.length; from += TOPICS_A_FRAME) {
      const some = topics.slice(from, from + TOPICS_A_FRAME);
      const wanted = some.map(({name, cursor, logs}) => ({topic: name, after: cursor, logs}));
      const id = this.request({op: 'watch', topics: wanted});
      this.joining.set(id, some.map((topic) => topic.name));
    }
  }

  /** Stops watching a topic. */
  unwatch(topic: string): void {
    this.request({op: 'unwatch', topics: [topic]});
  }

  /** Finds out now whether the other side is still there. */
  probe(): void {
    if (this.live) {
      this.ping();
    }
  }

  /** Closes; `closed` settles at once, for a dead peer would never answer. */
  close(code = 1000, reason = ''): void {
    this.ended(code, reason);
    this.socket.close(code, reason);
  }

  private drop(reason: string): void {
    this.ended(1006, reason);
    this.socket.close();
  }

  private request(body: {[key: string]: unknown}): number {
    const id = ++this.lastId;
    if (!this.over) {
      this.socket.send(JSON.stringify({...body, id}));
    }
    return id;
  }

  private received(text: string): void {
    if (this.over) {
      return;
    }
    const frame = JSON.parse(text) as ServerFrame;
    this.rearm();
    if (frame.hello !== undefined) {
      this.greeted(frame as NativeHelloFrame);
    } else if (frame.topic !== undefined && frame.type !== undefined) {
      this.event(frame as NativeEventFrame);
    } else if (frame.notice !== undefined) {
      this.host.noticed(frame.notice);
    } else {
      this.replied(frame);
    }
  }

  private greeted(hello: NativeHelloFrame): void {
    this.liveSince = Date.now();
    this.silence = this.maxSilence ?? hello.ping_seconds * 1_000;
    this.rearm();
    if (this.token !== undefined) {
      this.authenticate(this.token); // its answer tells when the token ends
    }
    this.host.greeted(hello);
  }

  private event(event: TopicEvent): void {
    // What was under way before the answer to a watch request comes again after it.
    const underWay = [...this.joining.values()].some((names) => names.includes(event.topic));
    if (!underWay) {
      this.host.happened(event);
    }
  }

  private replied(reply: ServerFrame): void {
    if (reply.re !== undefined && reply.more !== true) {
      this.joining.delete(reply.re);
    }
    if (reply.expires_at !== undefined) {
      this.host.authenticated(reply.expires_at);
    }
    for (const {topic, cursor, snapshot} of reply.watching ?? []) {
      if (snapshot) {
        const data = snapshot as unknown as {[key: string]: unknown};
        this.host.happened({topic, cursor, type: 'snapshot', data});
      }
    }
    for (const {topic, code} of reply.refused ?? []) {
      this.host.refused(topic, code);
    }
  }

  /** The server's pings are unseen by a page: after a silence it asks by itself. */
  private rearm(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.ping(), this.silence);
  }

  private ping(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.drop(SILENT), Math.min(ANSWER_MS, this.silence));
    this.request({op: 'ping'});
  }

  private ended(code: number, reason: string): void {
    if (this.over) {
      return;
    }
    this.over = true;
    clearTimeout(this.watchdog);
    const since = this.liveSince;
    this.settle({code, reason, lived: since === undefined ? undefined : Date.now() - since});
  }
}
