import type {Problem} from './api.js';
import {HeadwayError, LeaseLostError} from './error.js';
import type {Credentials} from './token.js';

export interface Call {
  method?: string;
  /** Sent as JSON, a form as a form, a blob as its bytes. */
  body?: unknown;
  accept?: string;
  signal?: AbortSignal;
  headers?: {readonly [name: string]: string};
  /** Whether a refused token is left at that: the call is itself part of getting one. */
  once?: boolean;
}

/** Requests to the server, with its credentials and its one error body. */
export class Rest {
  constructor(
    readonly base: string,
    private readonly credentials: Credentials,
    private readonly send: typeof fetch,
  ) {}

  /**
   * The answer's JSON; undefined when there is none (204).
   *
   * @throws HeadwayError when the server refuses or cannot be reached
   */
  async json<T>(path: string, call: Call = {}): Promise<T> {
    const answer = await this.open(path, call);
    return (answer.status === 204 ? undefined : await this.reading(answer.json())) as T;
  }

  /** The answer with its body unread. A refused token is replaced once. */
  async open(path: string, call: Call = {}): Promise<Response> {
    const token = await this.credentials.token();
    const answer = await this.request(path, call, token);
    if (answer.status === 401 && token !== undefined && call.once !== true) {
      const newer = await this.credentials.ask('refused');
      if (newer !== undefined && newer !== token) {
        void answer.body?.cancel();
        return this.checked(await this.request(path, call, newer));
      }
    }
    return this.checked(answer);
  }

  private async request(path: string, call: Call, token: string | undefined): Promise<Response> {
    const headers: Record<string, string> = {Accept: call.accept ?? 'application/json', ...call.headers};
    if (token !== undefined) {
      headers['Authorization'] = `Bearer ${token}`;
    }
    const request: RequestInit = {method: call.method ?? 'GET', headers, cache: 'no-store'};
    if (call.body instanceof FormData) {
      request.body = call.body; // says itself what it is
    } else if (call.body instanceof Blob) {
      headers['Content-Type'] = 'application/octet-stream';
      request.body = call.body;
    } else if (call.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(call.body);
    }
    if (call.signal !== undefined) {
      request.signal = call.signal;
    }
    return this.reading(this.send(this.base + path, request));
  }

  private async reading<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (failure) {
      if (failure instanceof Error && failure.name === 'AbortError') {
        throw failure;
      }
      const detail = `${this.base} cannot be reached: ${String(failure)}`;
      throw new HeadwayError(0, {detail, code: 'CONNECTION_ERROR'}, undefined, failure);
    }
  }

  private async checked(answer: Response): Promise<Response> {
    if (answer.ok) {
      return answer;
    }
    const text = await this.reading(answer.text());
    throw refusal(answer, text);
  }
}

function refusal(answer: Response, text: string): HeadwayError {
  const seconds = Number(answer.headers.get('Retry-After'));
  const retryAfter = seconds > 0 ? seconds * 1_000 : undefined;
  const problem = parsed(text) ?? {
    detail: `The server answered ${answer.status} ${answer.statusText}`.trim(),
    code: 'UNAVAILABLE',
  };
  const kind = problem.code === 'LEASE_LOST' ? LeaseLostError : HeadwayError;
  return new kind(answer.status, problem, retryAfter);
}

function parsed(text: string): Partial<Problem> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'detail' in value
      ? (value as Partial<Problem>)
      : undefined;
  } catch {
    return undefined; // a proxy's page
  }
}
