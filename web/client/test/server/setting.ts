import WebSocket from 'ws';
import type {ClientOptions, JobSubmission, SubmittedJob, Watch} from '../../src/index.js';
import {connect, type HeadwayClient} from '../../src/index.js';
import type {ClaimedJob} from '../../src/work/job.js';
import {FaultyProxy} from './proxy.js';
import type {TestServer} from './server.js';

/** How long to wait for what is bound to come: a machine that builds may be busy with other things. */
export const PATIENCE_MS = 120_000;

let count = 0;

/** Clients of one server, one of them behind a faulty proxy; and a job that the test itself does. */
export class Setting {
  /** Talks to the server directly. */
  readonly direct: HeadwayClient;
  private readonly clients: HeadwayClient[] = [];
  private readonly proxies: FaultyProxy[] = [];

  constructor(readonly server: TestServer) {
    this.direct = this.client();
  }

  client(options: ClientOptions = {}): HeadwayClient {
    const client = connect({url: this.server.url, WebSocket, random: () => 0, ...options});
    this.clients.push(client);
    return client;
  }

  async proxy(): Promise<FaultyProxy> {
    const proxy = await FaultyProxy.before(this.server.port);
    this.proxies.push(proxy);
    return proxy;
  }

  /** A job of a type of its own, and this test as its worker. */
  async job(more: Partial<JobSubmission> = {}): Promise<{submitted: SubmittedJob; work: ClaimedJob}> {
    const type = `test-${process.pid}-${++count}`;
    const submitted = await this.direct.submit({job_type: type, external: true, ...more});
    const work = await this.direct.claim({types: [type], queue: more.queue ?? 'default'});
    return {submitted, work: work!};
  }

  async close(): Promise<void> {
    this.clients.forEach((client) => client.close());
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
  }
}

/** Settles when the condition holds after a change of the watch. */
export function until(watch: Watch, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (condition()) {
        stop();
        resolve();
      }
    };
    const stop = watch.onChange(check);
    check();
  });
}
