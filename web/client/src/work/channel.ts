import type {Json} from '../api.js';
import {Backoff} from '../backoff.js';
import type {Claim} from '../contract.js';
import {HeadwayError, LeaseLostError} from '../error.js';
import {pause} from '../pause.js';
import type {WebSocketConstructor, WebSocketLike} from '../stream/socket.js';
import type {Credentials} from '../token.js';

/** The terms under which jobs are claimed. */
export interface Terms {
  queue: string;
  job_types: string[];
  worker_id: string;
  lease_seconds: number;
}

/** Who is told what the server says of a job by itself. */
export interface Holder {
  stop(keepPartial: boolean): void;
  lost(failure: LeaseLostError): void;
}

/** What a worker says of a job. */
export type Kind = 'progress' | 'logs' | 'complete' | 'fail' | 'cancelled';

type Body = {[key: string]: unknown};

/** Something that is said of a job, until it is known to be taken. */
interface Item {
  lease: string;
  text: string;
  end: boolean;
  settle: (answer: Json) => void;
  fail: (failure: HeadwayError) => void;
}

/** Any of the frames that a worker is sent. */
interface Frame {
  hello?: string;
  reconnect?: {min_ms: number; max_ms: number};
  re?: number;
  error?: {code: string; message: string};
  claimed?: Claim;
  acked?: number;
  lost?: string[];
  cancel_requested?: string[];
  keep_partial?: string[];
  refused?: {lease: string; upto: number; item: number; code: string; message: string}[];
  ended?: {lease: string; status: string; attempt: number}[];
}

const BATCH_MS = 5;
const MOST_ITEMS = 1_000;
const MOST_CHARACTERS = 200_000;
/** Until the server knows that a message comes from a worker. */
const MOST_BEFORE_WORK = 8_000;
const MOST_UNACKNOWLEDGED = 16;
const ANSWER_MS = 30_000;
const OPEN_MS = 10_000;

const STATUSES: {[code: string]: number} = {
  INVALID_INPUT: 400,
  AUTHENTICATION_ERROR: 401,
  AUTHORIZATION_ERROR: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LATE: 409,
  LEASE_LOST: 409,
  VALIDATION_ERROR: 422,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** The jobs that are wanted under the same terms, and those that were handed out. */
class Demand {
  readonly untaken: Claim[] = [];
  waiting = 0;
  held = 0;
  refused: HeadwayError | undefined;
  private asked = 0;

  constructor(readonly terms: Terms) {}

  fits({job}: Claim): boolean {
    const {queue, job_types: types} = this.terms;
    return queue === job.queue && (types.length === 0 || types.includes(job.job_type));
  }

  /** The message that asks for as many as are wanted; undefined when it was sent. */
  work(): Body | undefined {
    const wanted = this.waiting + this.held;
    if (wanted === this.asked) {
      return undefined;
    }
    this.asked = wanted;
    return {op: 'work', ...this.terms, at_most: wanted};
  }

  disconnected(): void {
    this.untaken.length = 0;
    this.held = 0;
    this.asked = 0;
  }
}

/**
 * A worker's connection on the native stream: jobs come as there are any, and what is said of them
 * goes in batches. It stands while somebody works, and connects again when it is lost; what was not
 * acknowledged by then fails as temporary, so that whoever said it says it again.
 */
export class WorkerChannel {
  private readonly demands = new Map<string, Demand>();
  private readonly sources = new Map<string, Demand>();
  private readonly requests = new Map<number, Demand>();
  private readonly holders = new Map<string, Holder>();
  private readonly sent = new Map<number, Item[]>();
  private readonly listeners = new Set<() => void>();
  private readonly backoff = new Backoff();
  private unsent: Item[] = [];
  private socket: WebSocketLike | undefined;
  private open = false;
  private tried: Promise<void> | undefined;
  private flushing = false;
  private users = 0;
  private number = 0;
  private mostCharacters = MOST_BEFORE_WORK;

  constructor(
    private readonly base: string,
    private readonly credentials: Credentials,
    private readonly WebSocket: WebSocketConstructor | undefined,
  ) {}

  /** Connects, for somebody who works. */
  enter(): void {
    this.users++;
    if (this.users === 1 && this.WebSocket !== undefined) {
      this.tried = this.connect();
    }
  }

  /** Closes the connection when nobody works any more. */
  leave(): void {
    this.users--;
    if (this.users === 0) {
      this.socket?.close(1000);
      this.lost('Closed');
    }
  }

  /** Whether it is connected; waits for the first attempt to connect. */
  async ready(): Promise<boolean> {
    await this.tried;
    return this.open;
  }

  /** Waits for a job and takes it; undefined when the signal was aborted or the connection is lost. */
  async take(terms: Terms, signal?: AbortSignal): Promise<Claim | undefined> {
    const key = JSON.stringify(terms);
    const demand = this.demands.get(key) ?? new Demand(terms);
    this.demands.set(key, demand);
    demand.waiting++;
    this.flushSoon();
    try {
      while (this.open && signal?.aborted !== true) {
        if (demand.refused !== undefined) {
          this.demands.delete(key);
          throw demand.refused;
        }
        const claim = demand.untaken.shift();
        if (claim !== undefined) {
          return claim;
        }
        await this.change(signal);
      }
      return undefined;
    } finally {
      demand.waiting--;
      this.flushSoon();
    }
  }

  /** Shows that a job is held, and tells its holder of its cancellation or loss. */
  hold(lease: string, holder: Holder): void {
    this.holders.set(lease, holder);
    if (this.open) {
      this.showAlive(lease);
    }
  }

  /** Tells nobody of a job any more. */
  release(lease: string): void {
    this.holders.delete(lease);
  }

  /**
   * Says something of a job; settles when it is taken. Undefined when it must be said by HTTP: there
   * is no connection, or it is too large for a message.
   */
  say(lease: string, kind: Kind, body: Body): Promise<Json> | undefined {
    const end = kind !== 'progress' && kind !== 'logs';
    const item = {lease, kind, ...body};
    if (!this.open || JSON.stringify(item).length > this.mostCharacters) {
      return undefined;
    }
    if (end) {
      this.released(lease);
    }
    return this.add(lease, end, item);
  }

  /** The server tells a connection of those jobs that it has heard of over it. */
  private showAlive(lease: string): void {
    void this.add(lease, false, {lease}).catch(() => {}); // what it would say comes by itself
  }

  private add(lease: string, end: boolean, body: Body): Promise<Json> {
    return new Promise<Json>((resolve, reject) => {
      const timer = setTimeout(() => reject(away('The server did not acknowledge in time')), ANSWER_MS);
      const settle = (answer: Json) => (clearTimeout(timer), resolve(answer));
      const fail = (failure: HeadwayError) => (clearTimeout(timer), reject(failure));
      this.unsent.push({lease, text: JSON.stringify(body), end, settle, fail});
      this.flushSoon();
    });
  }

  private released(lease: string): void {
    const demand = this.sources.get(lease);
    if (demand !== undefined) {
      this.sources.delete(lease);
      demand.held--;
    }
  }

  private change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.listeners.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.listeners.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  private async connect(): Promise<void> {
    const token = await this.credentials.token();
    if (this.users === 0 || this.WebSocket === undefined) {
      return;
    }
    const protocols = ['headway.v1', ...(token === undefined ? [] : ['bearer', token])];
    const socket = new this.WebSocket(`${this.base.replace(/^http/, 'ws')}/api/v1/stream`, protocols);
    this.socket = socket;
    await new Promise<void>((greeted) => {
      const timer = setTimeout(greeted, OPEN_MS);
      const done = () => (clearTimeout(timer), greeted());
      socket.onmessage = (message: {data: unknown}) => {
        this.received(JSON.parse(String(message.data)) as Frame);
        done();
      };
      socket.onerror = () => {}; // a close follows
      socket.onclose = () => {
        done();
        if (this.socket === socket) {
          this.lost('The connection was lost');
          void this.again();
        }
      };
    });
  }

  private async again(): Promise<void> {
    await pause(this.backoff.next());
    if (this.users > 0 && this.socket === undefined) {
      await this.connect();
    }
  }

  private lost(reason: string): void {
    this.open = false;
    this.socket = undefined;
    this.mostCharacters = MOST_BEFORE_WORK;
    const items = [...this.unsent, ...[...this.sent.values()].flat()];
    this.unsent = [];
    this.sent.clear();
    this.requests.clear();
    this.sources.clear();
    this.demands.forEach((demand) => demand.disconnected());
    items.forEach((item) => item.fail(away(reason)));
    this.changed();
  }

  private changed(): void {
    [...this.listeners].forEach((listener) => listener());
  }

  private flushSoon(): void {
    if (!this.flushing && this.open) {
      this.flushing = true;
      setTimeout(() => this.flush(), BATCH_MS);
    }
  }

  private flush(): void {
    this.flushing = false;
    if (!this.open) {
      return;
    }
    for (const demand of this.demands.values()) {
      const work = demand.work();
      if (work !== undefined) {
        this.requests.set(++this.number, demand);
        this.socket?.send(JSON.stringify({...work, id: this.number}));
      }
    }
    while (this.unsent.length > 0 && this.sent.size < MOST_UNACKNOWLEDGED) {
      this.socket?.send(this.nextBatch());
    }
  }

  private nextBatch(): string {
    let count = 0;
    let characters = 0;
    for (const item of this.unsent.slice(0, MOST_ITEMS)) {
      characters += item.text.length;
      if (count > 0 && characters > this.mostCharacters) {
        break;
      }
      count++;
    }
    const batch = this.unsent.splice(0, count);
    this.sent.set(++this.number, batch);
    const items = batch.map((item) => item.text).join(',');
    return `{"op":"reports","id":${this.number},"upto":${this.number},"items":[${items}]}`;
  }

  private received(frame: Frame): void {
    if (frame.hello !== undefined) {
      this.backoff.window = frame.reconnect ?? this.backoff.window;
      this.open = true;
      [...this.holders.keys()].forEach((lease) => this.showAlive(lease));
      this.flushSoon();
    }
    if (frame.claimed !== undefined) {
      this.claimed(frame.claimed);
    }
    frame.lost?.forEach((lease) => this.leaseLost(lease));
    frame.cancel_requested?.forEach((lease) =>
      this.holders.get(lease)?.stop(frame.keep_partial?.includes(lease) ?? false),
    );
    frame.refused?.forEach(({upto, item, code, message}) =>
      this.sent.get(upto)?.[item]?.fail(refusal(code, message)),
    );
    frame.ended?.forEach((ended) =>
      this.unacknowledged(ended.lease).forEach((item) => item.end && item.settle(ended)),
    );
    if (frame.acked !== undefined) {
      this.acknowledged(frame.acked);
    }
    if (frame.re !== undefined) {
      this.replied(frame.re, frame.error);
    }
    this.changed();
  }

  private claimed(claim: Claim): void {
    this.backoff.reset();
    const fitting = [...this.demands.values()].filter((demand) => demand.fits(claim));
    const demand = fitting.find(({waiting, untaken}) => waiting > untaken.length) ?? fitting[0];
    if (demand !== undefined) {
      demand.untaken.push(claim);
      demand.held++;
      this.sources.set(claim.lease, demand);
    }
  }

  private leaseLost(lease: string): void {
    const failure = refusal('LEASE_LOST', 'The job is not this worker’s any more') as LeaseLostError;
    const untaken = this.sources.get(lease)?.untaken ?? [];
    const at = untaken.findIndex((claim) => claim.lease === lease);
    if (at >= 0) {
      untaken.splice(at, 1); // the server gives no other job in its place
    } else {
      this.released(lease);
    }
    this.unacknowledged(lease).forEach((item) => item.fail(failure));
    this.holders.get(lease)?.lost(failure);
  }

  private unacknowledged(lease: string): Item[] {
    return [...this.sent.values()].flat().filter((item) => item.lease === lease);
  }

  private acknowledged(upto: number): void {
    for (const [number, batch] of this.sent) {
      if (number <= upto) {
        this.sent.delete(number);
        batch.forEach((item) => item.settle({cancel_requested: false}));
      }
    }
    this.backoff.reset();
    if (this.unsent.length > 0) {
      this.flushSoon();
    }
  }

  private replied(id: number, error: Frame['error']): void {
    const demand = this.requests.get(id);
    this.requests.delete(id);
    if (error === undefined) {
      this.mostCharacters = MOST_CHARACTERS;
      return;
    }
    const failure = refusal(error.code, error.message);
    if (demand !== undefined) {
      demand.refused = failure;
    }
    this.sent.get(id)?.forEach((item) => item.fail(failure));
    this.sent.delete(id);
  }
}

function away(detail: string): HeadwayError {
  return new HeadwayError(0, {detail});
}

function refusal(code: string, detail: string): HeadwayError {
  const status = STATUSES[code] ?? 500;
  return code === 'LEASE_LOST'
    ? new LeaseLostError(status, {code, detail})
    : new HeadwayError(status, {code, detail});
}
