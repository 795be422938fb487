import type {WebSocketConstructor} from './stream/socket.js';
import type {TokenSupplier} from './token.js';

/** How a client reaches its server. */
export interface ClientOptions {
  /** Where the server is; by default where the page came from, else `http://localhost:8000`. */
  url?: string;
  /** A token, an API key, or a function that gives the newest one whenever it is needed. */
  token?: string | TokenSupplier | undefined;
  /**
   * The WebSocket to use; by default the global one. Node has none before version 22: pass that of
   * `ws`, or leave it out, and events come as Server-Sent Events. `null` means never to use one.
   */
  WebSocket?: WebSocketConstructor | null | undefined;
  fetch?: typeof fetch;
  /** After how many milliseconds of silence to ask for a sign of life; by default the server's. */
  silenceMs?: number;
  /** How long a connection must hold before its failures are forgotten; 10 s by default. */
  stableMs?: number;
  /** How long to use plain HTTP before trying a WebSocket again; a minute by default. */
  httpMs?: number;
  /** From 0 to below 1; spreads reconnects. */
  random?: () => number;
  /**
   * Whether the tabs of one origin use one connection, kept by a shared worker. By default they do
   * where the browser can and `WebSocket`, `fetch` and `random` are the browser's own.
   */
  share?: boolean;
}
