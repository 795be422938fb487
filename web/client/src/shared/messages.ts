import type {TopicEvent} from '../api.js';
import type {ConnectionState, TransportKind} from '../stream/connection.js';
import type {Times} from '../stream/stream.js';
import type {TokenReason} from '../token.js';

/** Which connection a tab wants: tabs that say the same here have the same one. */
export interface Shared {
  url: string;
  /** Whose it is: see `identity`. */
  whose: string;
  times: Times;
}

/** What a tab tells the shared worker. */
export type FromTab =
  /** The first message; the tab holds the lock of this name for as long as it lives. */
  | {kind: 'hello'; lock: string; shared: Shared}
  | {kind: 'watch'; topic: string; after: string | undefined; logs: boolean}
  | {kind: 'unwatch'; topic: string}
  /** Answers `ask`. */
  | {kind: 'token'; id: number; token: string | undefined}
  | {kind: 'renewed'; token: string}
  | {kind: 'wake'}
  | {kind: 'bye'};

/** What the shared worker tells a tab. */
export type FromWorker =
  /** Answers `hello`; the worker holds the lock of this name for as long as it lives. */
  | {kind: 'welcome'; lock: string}
  | {kind: 'state'; state: ConnectionState; transport: TransportKind}
  | {kind: 'event'; event: TopicEvent}
  | {kind: 'refused'; topic: string; code: string}
  | {kind: 'ask'; id: number; reason: TokenReason};
