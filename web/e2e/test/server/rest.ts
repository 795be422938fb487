/** The server's REST, for what happens behind the pages' back. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  async call<T = Record<string, any>>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && {'Content-Type': 'application/json'}),
        ...(this.token && {Authorization: `Bearer ${this.token}`}),
      },
      ...(body !== undefined && {body: JSON.stringify(body)}),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends a text as a file. */
  async upload(path: string, text: string): Promise<void> {
    const headers = {'Content-Type': 'application/octet-stream', ...(this.token && {Authorization: `Bearer ${this.token}`})};
    const answer = await fetch(this.url + path, {method: 'PUT', headers, body: text});
    if (!answer.ok) {
      throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
    }
  }

  /** Submits a job that waits for a worker. */
  submit(type: string, more: object = {}): Promise<{id: string}> {
    return this.call('/api/v1/jobs', {job_type: type, external: true, ...more});
  }

  /** Takes the next job of a type. */
  async claim(type: string, leaseSeconds = 600): Promise<Work> {
    const {job, lease} = await this.call('/api/v1/jobs/claim', {worker_id: 'test', job_types: [type], lease_seconds: leaseSeconds});
    return new Work(this, job.id as string, lease as string);
  }
}

/** A job that the test does itself. */
export class Work {
  constructor(
    private readonly rest: Rest,
    readonly id: string,
    private readonly lease: string,
  ) {}

  private tell(what: string, body: object): Promise<unknown> {
    return this.rest.call(`/api/v1/jobs/${this.id}/${what}`, {lease: this.lease, ...body});
  }

  progress = (body: object): Promise<unknown> => this.tell('progress', body);
  logs = (lines: unknown[]): Promise<unknown> => this.tell('logs', {lines});
  upload = (name: string, text: string): Promise<unknown> => this.rest.upload(`/api/v1/jobs/${this.id}/files/${encodeURIComponent(name)}`, text);
  complete = (result: unknown = {}): Promise<unknown> => this.tell('complete', {result});
  fail = (error: string): Promise<unknown> => this.tell('fail', {error});
  cancelled = (): Promise<unknown> => this.tell('cancelled', {});
}
