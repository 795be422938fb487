import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';

/** A TCP proxy that fails on demand. */
export class FaultyProxy {
  /** Answers WebSocket handshakes itself, with 400, as some company proxies do. */
  blockUpgrades = false;
  /** Holds back what streams, as a proxy that waits for the end of the answer does. */
  buffering = false;
  /** How many connections asked for an upgrade. */
  upgrades = 0;
  /** How many of those are open. */
  sockets = 0;
  /** How many connections were refused. */
  refused = 0;
  private readonly closings: (() => void)[] = [];
  private refusing = false;
  private stalled = false;
  private readonly pairs = new Set<[Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  static async before(target: number): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, target);
    server.on('connection', (client) => proxy.accept(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private accept(client: Socket): void {
    client.on('error', () => {});
    if (this.refusing) {
      this.refused++;
      client.destroy();
      return;
    }
    client.once('data', (first) => this.join(client, first));
  }

  private join(client: Socket, first: Buffer | string): void {
    const head = Buffer.from(first as Buffer).toString('latin1');
    const upgrade = this.notice(client, head);
    if (upgrade && this.blockUpgrades) {
      client.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const held = this.buffering && /^accept: text\/event-stream/im.test(head);
    const upstream = connect(this.target, '127.0.0.1');
    const pair: [Socket, Socket] = [client, upstream];
    this.pairs.add(pair);
    upstream.on('error', () => client.destroy());
    client.on('data', (data: Buffer) => {
      this.notice(client, data.toString('latin1')); // a browser takes a connection that it has
      return this.stalled || upstream.write(data);
    });
    upstream.on('data', (data) => this.stalled || held || client.write(data));
    client.on('close', () => (this.pairs.delete(pair), upstream.destroy()));
    upstream.on('close', () => (this.pairs.delete(pair), this.stalled || client.destroy()));
    upstream.write(first);
  }

  /** Counts a WebSocket's handshake; whether this is one. */
  private notice(client: Socket, text: string): boolean {
    const upgrade = /^upgrade: websocket/im.test(text);
    if (upgrade) {
      this.upgrades++;
      this.sockets++;
      client.on('close', () => {
        this.sockets--;
        this.closings.splice(0).forEach((tell) => tell());
      });
    }
    return upgrade;
  }

  /** Settles when the next WebSocket is closed. */
  nextClose(): Promise<void> {
    return new Promise((resolve) => this.closings.push(resolve));
  }

  /** Breaks every connection. */
  cut(): void {
    this.pairs.forEach(([client, upstream]) => (client.destroy(), upstream.destroy()));
  }

  /** Lets nothing through on the connections there are; they stay open. New ones work. */
  stall(): void {
    for (const [client, upstream] of this.pairs) {
      client.removeAllListeners('data').resume();
      upstream.removeAllListeners('data').resume();
    }
    this.pairs.clear();
  }

  /** Breaks every connection and refuses new ones, until restored. */
  goDown(): void {
    this.refusing = true;
    this.cut();
  }

  comeBack(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    this.goDown();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
