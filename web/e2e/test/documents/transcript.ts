import WebSocket from 'ws';
import type {Block} from './blocks.js';

type Json = null | boolean | number | string | Json[] | {[key: string]: Json};

const PATIENCE_MS = 120_000;

/**
 * Replays what a document shows: requests with their answers, and sockets frame by frame. `"…"` is
 * any value, `"<name>"` any value that is remembered and put in where the name comes again. An
 * answer may have more keys than are shown, and a list more items where it ends in `"…"`.
 */
export class Transcript {
  private readonly known = new Map<string, Json>();

  constructor(private readonly url: string) {}

  async replay(block: Block): Promise<void> {
    const text = this.filled(block.text);
    if (block.language === 'http') {
      await this.http(text);
    } else {
      await this.socket(text.trim().split('\n'));
    }
  }

  private async http(text: string): Promise<void> {
    const [request = '', answer = ''] = text.split(/\n\n(?=\d{3}(?:\n|$))/);
    const [head = '', ...rest] = request.trim().split('\n');
    const headers = Object.fromEntries(
      rest.filter((line) => /^[\w-]+: /.test(line)).map((line) => line.split(/: (.*)/s)),
    );
    const body = rest.filter((line) => !/^[\w-]+: /.test(line)).join('\n');
    const [method = '', path = ''] = head.split(' ');
    const type = body === '' ? {} : {'Content-Type': 'application/json'};
    const call = {method, headers: {...type, ...headers}, ...(body !== '' && {body})};
    const reply = await fetch(this.url + path, call);
    const [status = '', ...shown] = answer.trim().split('\n');
    const given = await reply.text();
    if (reply.status !== Number(status)) {
      throw new Error(`${head}: ${reply.status} instead of ${status}: ${given}`);
    }
    if (shown.length > 0) {
      this.match(JSON.parse(shown.join('\n')) as Json, JSON.parse(given) as Json, head);
    }
  }

  private async socket([first = '', ...lines]: string[]): Promise<void> {
    const [, path = '', protocol] = first.split(' ');
    const frames = new Frames(`${this.url.replace('http', 'ws')}${path}`, protocol);
    try {
      for (const line of lines) {
        const text = this.filled(line);
        if (text.startsWith('→ ')) {
          await frames.send(text.slice(2));
        } else if (text.startsWith('← close ')) {
          await frames.closed(Number(text.slice(8)));
        } else if (text.startsWith('← ')) {
          await frames.next((frame) => this.matches(JSON.parse(text.slice(2)) as Json, frame), text);
        } else {
          await this.http(text.replace(/ ⇒ (\d{3}) ?/, '\n\n$1\n').replace(/^(\w+ \S+) \{/, '$1\n{'));
        }
      }
    } finally {
      frames.end();
    }
  }

  /** Puts in what is remembered: as the value itself where it is the whole of a JSON string. */
  private filled(text: string): string {
    return text.replace(/"<(\w+)>"|<(\w+)>/g, (whole, quoted: string, bare: string) => {
      const value = this.known.get(quoted ?? bare);
      return value === undefined ? whole : quoted === undefined ? String(value) : JSON.stringify(value);
    });
  }

  private text(shown: Json): string {
    return JSON.stringify(typeof shown === 'string' ? this.filled(shown) : shown);
  }

  private matches(shown: Json, given: Json): boolean {
    try {
      this.match(shown, given, '');
      return true;
    } catch {
      return false;
    }
  }

  private match(shown: Json, given: Json | undefined, at: string): void {
    const name = typeof shown === 'string' ? /^<(\w+)>$/.exec(shown)?.[1] : undefined;
    if (given === undefined) {
      throw new Error(`${at} is missing`);
    } else if (name !== undefined) {
      this.known.set(name, given);
    } else if (Array.isArray(shown)) {
      this.matchList(shown, given, at);
    } else if (typeof shown === 'object' && shown !== null) {
      const object = given as {[key: string]: Json};
      Object.entries(shown).forEach(([key, value]) => this.match(value, object?.[key], `${at}.${key}`));
    } else if (shown !== '…' && this.text(shown) !== JSON.stringify(given)) {
      throw new Error(`${at} is ${JSON.stringify(given)} instead of ${JSON.stringify(shown)}`);
    }
  }

  private matchList(shown: Json[], given: Json, at: string): void {
    const open = shown.at(-1) === '…';
    const items = open ? shown.slice(0, -1) : shown;
    if (!Array.isArray(given) || (!open && given.length !== items.length)) {
      throw new Error(`${at} is ${JSON.stringify(given)} instead of ${JSON.stringify(shown)}`);
    }
    items.forEach((item, i) => this.match(item, given[i], `${at}[${i}]`));
  }
}

/** A socket whose frames are taken one after the other. */
class Frames {
  private readonly socket: WebSocket;
  private readonly seen: Json[] = [];
  private code: number | undefined;
  private wake = () => {};

  constructor(url: string, protocol: string | undefined) {
    this.socket = new WebSocket(url, protocol === undefined ? [] : [protocol]);
    this.socket.on('message', (data) => (this.seen.push(JSON.parse(String(data)) as Json), this.wake()));
    this.socket.on('close', (code) => ((this.code = code), this.wake()));
    this.socket.on('open', () => this.wake());
    this.socket.on('error', () => this.wake());
  }

  async send(text: string): Promise<void> {
    await this.until(() => this.socket.readyState === WebSocket.OPEN, 'open');
    this.socket.send(text);
  }

  /** Takes the frame that is shown; a document does not show them all. */
  async next(shown: (frame: Json) => boolean, what: string): Promise<void> {
    await this.until(() => {
      const found = this.seen.findIndex(shown);
      return found >= 0 && this.seen.splice(found, 1).length > 0;
    }, what);
  }

  async closed(code: number): Promise<void> {
    await this.until(() => this.code === code, `close ${code}`);
  }

  end(): void {
    this.socket.close();
  }

  private async until(condition: () => boolean, what: string): Promise<void> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    late.addEventListener('abort', () => this.wake());
    while (!condition()) {
      if (late.aborted) {
        const rest = this.seen.map((frame) => JSON.stringify(frame)).join('\n');
        throw new Error(`Not seen: ${what}; closed: ${this.code}; seen:\n${rest}`);
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
