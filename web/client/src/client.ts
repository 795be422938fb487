import type {
  FileLink,
  Job,
  JobFile,
  JobPage,
  JobStatus,
  JobSubmission,
  Json,
  Link,
  LinkPage,
  LogPage,
  SubmittedJob,
  Token,
  User,
  WatchToken,
} from './api.js';
import {HeadwayError} from './error.js';
import type {ClientOptions} from './options.js';
import {type Call, Rest} from './rest.js';
import {mayShare, SharedLink} from './shared/link.js';
import type {WatchOptions} from './stream/board.js';
import {Board} from './stream/board.js';
import type {ConnectionState, TransportKind} from './stream/connection.js';
import type {WebSocketConstructor} from './stream/socket.js';
import type {StreamOptions, Times} from './stream/stream.js';
import {Stream} from './stream/stream.js';
import type {Watch} from './stream/watch.js';
import type {TokenSupplier} from './token.js';
import {Credentials} from './token.js';
import type {ClaimedJob} from './work/job.js';
import type {ClaimOptions, Handler, ServeOptions} from './work/worker.js';
import {WorkerChannel} from './work/channel.js';
import {TrackedJob, type TrackOptions} from './work/track.js';
import {Workers} from './work/worker.js';

/** A client of one server. All watches share one connection, in a browser with those of other tabs. */
export class HeadwayClient {
  private readonly rest: Rest;
  private readonly credentials: Credentials;
  private readonly board = new Board();
  private readonly workers: Workers;
  private readonly unlisten: () => void;

  constructor(options: ClientOptions = {}) {
    this.credentials = new Credentials(options.token);
    this.rest = new Rest(
      (options.url ?? here()).replace(/\/+$/, ''),
      this.credentials,
      options.fetch ?? ((input, init) => fetch(input, init)),
    );
    const times = {
      silenceMs: options.silenceMs,
      stableMs: options.stableMs ?? 10_000,
      httpMs: options.httpMs ?? 60_000,
    };
    const own = () => new Stream(this.board, this.rest, this.credentials, streamOptions(options, times));
    this.board.use(
      mayShare(options) ? new SharedLink(this.board, this.rest.base, this.credentials, {times, own}) : own(),
    );
    const {WebSocket: socket} = streamOptions(options, times);
    const channel = new WorkerChannel(this.rest.base, this.credentials, socket);
    this.workers = new Workers(this.rest, this.board, channel);
    this.unlisten = listenToPage(() => this.board.link.wake());
  }

  /** Where the server is. */
  get url(): string {
    return this.rest.base;
  }

  /** How the connection of the watches is doing. */
  get connection(): ConnectionState {
    return this.board.state;
  }

  /** How events come at present. */
  get transport(): TransportKind {
    return this.board.link.transport;
  }

  /** Calls back when the connection's state changes; returns what ends that. */
  onConnection(listener: () => void): () => void {
    return this.board.onState(listener);
  }

  /** Uses other credentials from now on, also on the open connection. */
  setToken(token: string | TokenSupplier | undefined): void {
    this.credentials.replace(token);
  }

  /** Signs in and uses the token that this gives, renewed as long as it is used. */
  async signIn(email: string, password: string): Promise<Token> {
    const body = {username: email, password};
    const login = () => this.rest.json<Token>('/api/v1/auth/login', {method: 'POST', body});
    this.credentials.replace(undefined);
    const token = await login();
    this.credentials.replace(this.renewing(token.access_token));
    return token;
  }

  private renewing(first: string): TokenSupplier {
    let newest = first;
    return async (reason) => {
      if (reason === 'renew') {
        const call = {method: 'POST', once: true};
        newest = (await this.rest.json<Token>('/api/v1/auth/refresh', call)).access_token;
      }
      return newest;
    };
  }

  /** Whose the token is. */
  me(): Promise<User> {
    return this.rest.json('/api/v1/auth/me');
  }

  /** A token that may only watch these topics, for a page or a URL. */
  watchToken(topics: string[], ttlSeconds = 3_600): Promise<WatchToken> {
    const body = {topics, ttl_seconds: ttlSeconds};
    return this.rest.json('/api/v1/watch-tokens', {method: 'POST', body});
  }

  /**
   * The address of a page that shows one job or one tag (`tag:…`) to people without an account, in
   * colours and words of one's own; for a week unless it is said.
   */
  link(topic: string, page: LinkPage = {}, ttlSeconds = 604_800): Promise<Link> {
    return this.rest.json('/api/v1/links', {method: 'POST', body: {topic, page, ttl_seconds: ttlSeconds}});
  }

  /** Submits a job; `cursor` and `watch.stream` of the answer follow it from its very beginning. */
  submit(job: JobSubmission): Promise<SubmittedJob> {
    return this.rest.json('/api/v1/jobs', {method: 'POST', body: job});
  }

  /** Submits up to 1,000 jobs, all of them or none; in their order in the queue. */
  async submitAll(jobs: JobSubmission[]): Promise<SubmittedJob[]> {
    const call = {method: 'POST', body: {jobs}};
    return (await this.rest.json<{jobs: SubmittedJob[]}>('/api/v1/jobs/batch', call)).jobs;
  }

  job(id: string): Promise<Job> {
    return this.rest.json(`/api/v1/jobs/${id}`);
  }

  jobs(
    filter: {
      types?: string[];
      status?: JobStatus[];
      queue?: string;
      parent?: string;
      tag?: string;
      after?: string;
      page?: number;
      limit?: number;
    } = {},
  ): Promise<JobPage> {
    const query = new URLSearchParams({
      ...(filter.types && {job_type: filter.types.join()}),
      ...(filter.status && {status: filter.status.join()}),
      ...(filter.queue && {queue: filter.queue}),
      ...(filter.parent && {parent_id: filter.parent}),
      ...(filter.tag && {tag: filter.tag}),
      ...(filter.after && {after: filter.after}),
      page: String(filter.page ?? 1),
      limit: String(filter.limit ?? 50),
    });
    return this.rest.json(`/api/v1/jobs?${query}`);
  }

  /** Does an ended job again, as a new one. */
  retry(id: string): Promise<SubmittedJob> {
    return this.rest.json(`/api/v1/jobs/${id}/retry`, {method: 'POST', body: {}});
  }

  /** Deletes an ended job with its log. */
  delete(id: string): Promise<void> {
    return this.rest.json(`/api/v1/jobs/${id}`, {method: 'DELETE'});
  }

  /** The lines of a job's log whose number is higher; of one stream, where it is named. */
  logs(id: string, after = 0, stream?: string): Promise<LogPage> {
    const only = stream === undefined ? '' : `&stream=${encodeURIComponent(stream)}`;
    return this.rest.json(`/api/v1/jobs/${id}/logs?after=${after}${only}`);
  }

  /** The text of a job's output of this name, as far as it has come. */
  async output(id: string, name: string): Promise<string> {
    let text = '';
    for (let after = 0; ; ) {
      const page = await this.logs(id, after, name);
      if (page.lines.length === 0) {
        return text;
      }
      text += page.lines.map((piece) => piece.text).join('');
      after = page.last_number;
    }
  }

  /** The files that were uploaded for a job, by name. */
  async files(id: string): Promise<readonly JobFile[]> {
    return (await this.rest.json<{files: JobFile[]}>(`/api/v1/jobs/${id}/files`)).files;
  }

  /**
   * The content of a file of a job.
   *
   * @throws HeadwayError 404 when there is none
   */
  download(id: string, name: string): Promise<Blob> {
    return this.file(`/api/v1/jobs/${id}/files/${encodeURIComponent(name)}`);
  }

  /** An address at which anybody may download a file of a job until it ends: a week unless said. */
  linkFile(id: string, name: string, ttlSeconds = 604_800): Promise<FileLink> {
    const path = `/api/v1/jobs/${id}/files/${encodeURIComponent(name)}/link`;
    return this.rest.json(path, {method: 'POST', body: {ttl_seconds: ttlSeconds}});
  }

  /**
   * Asks for work to stop. The topic may be a job's or that of what a job runs, such as a schedule.
   * `too_late` when it has ended already.
   */
  async cancel(topic: string, keepPartial = false): Promise<'requested' | 'too_late'> {
    const id = await this.jobOf(topic);
    try {
      const body = {keep_partial: keepPartial};
      await this.rest.json(`/api/v1/jobs/${id}/cancel`, {method: 'POST', body});
      return 'requested';
    } catch (failure) {
      if (failure instanceof HeadwayError && failure.status === 409) {
        return 'too_late';
      }
      throw failure;
    }
  }

  private async jobOf(topic: string): Promise<string> {
    const [kind, id] = topic.includes(':') ? topic.split(':') : ['job', topic];
    if (kind === 'job') {
      return id ?? '';
    }
    const path = `/api/v1/topics/${topic}/events`;
    const {snapshot} = await this.rest.json<{snapshot: {job_id?: string}}>(path);
    return snapshot.job_id ?? '';
  }

  /**
   * Any other call of the API: its answer's JSON.
   *
   * @throws HeadwayError when the server refuses or cannot be reached
   */
  request<T>(path: string, call: Call = {}): Promise<T> {
    return this.rest.json(path, call);
  }

  /** A file that the API serves. */
  async file(path: string): Promise<Blob> {
    return (await this.rest.open(path, {accept: '*/*'})).blob();
  }

  /**
   * Watches a topic: its state, its events, its end, across every lost connection. A job's id
   * stands for its topic.
   */
  watch(topic: string, options: WatchOptions = {}): Watch {
    return this.board.watch(topic.includes(':') ? topic : `job:${topic}`, options);
  }

  /** Takes the next job of a queue, or undefined when there is none. */
  claim(options: ClaimOptions = {}): Promise<ClaimedJob | undefined> {
    return this.workers.claim(options);
  }

  /** The jobs of a queue one after the other: `for await (const job of client.work({queue}))`. */
  work(options: ClaimOptions = {}): AsyncGenerator<ClaimedJob, void, void> {
    return this.workers.work(options);
  }

  /** Has a handler do the jobs of a queue; its result completes a job, its throw fails it. */
  serve(handler: Handler, options: ServeOptions = {}): Promise<void> {
    return this.workers.serve(handler, options);
  }

  /**
   * Shows work that runs here anyway as a job, without a queue or a claim. Given the work itself, as
   * a function, it ends with it: completed with its result, or failed with what it throws.
   *
   *     await client.track('Nightly import', {total: rows.length}, async (job) => {
   *       for (const row of rows) {
   *         await store(row);
   *         job.advance();
   *       }
   *     });
   */
  track(name: string, options?: TrackOptions): TrackedJob;
  track<T>(name: string, options: TrackOptions, work: (job: TrackedJob) => Promise<T>): Promise<T>;
  track<T>(
    name: string,
    options: TrackOptions = {},
    work?: (job: TrackedJob) => Promise<T>,
  ): TrackedJob | Promise<T> {
    const job = new TrackedJob(name, (submission) => this.workers.start(submission), this.url, options);
    return work ? ended(job, work) : job;
  }

  /** Ends all watches and the connection. */
  close(): void {
    this.unlisten();
    this.board.close();
  }
}

/** Does the work and ends its job; a result that JSON cannot hold is left out. */
async function ended<T>(job: TrackedJob, work: (job: TrackedJob) => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work(job);
  } catch (failure) {
    await job.failed(failure);
    throw failure;
  }
  await job.complete((result ?? null) as Json).catch(() => job.complete());
  return result;
}

/** A client of one server. */
export function connect(options: ClientOptions = {}): HeadwayClient {
  return new HeadwayClient(options);
}

function streamOptions(options: ClientOptions, times: Times): StreamOptions {
  const socket = options.WebSocket === undefined ? globalSocket() : options.WebSocket;
  return {...times, WebSocket: socket ?? undefined, random: options.random ?? Math.random};
}

function globalSocket(): WebSocketConstructor | undefined {
  return (globalThis as {WebSocket?: unknown}).WebSocket as WebSocketConstructor | undefined;
}

function here(): string {
  const origin = (globalThis as {location?: {origin: string}}).location?.origin;
  return origin?.startsWith('http') ? origin : 'http://localhost:8000';
}

/** A page that is seen again, or a network that is back, has waited long enough. */
function listenToPage(wake: () => void): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') {
    return () => {};
  }
  const seen = () => document.visibilityState === 'visible' && wake();
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', seen);
  };
}
