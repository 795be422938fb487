import type {Topic} from './topic.js';

/**
 * How the connection is doing. `degraded`: live, but the server has lost touch with other nodes;
 * `resuming`: cut off and about to be back; `offline`: the server cannot be reached; `refused`: a
 * newer token is needed.
 */
export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'live'
  | 'degraded'
  | 'resuming'
  | 'offline'
  | 'refused'
  | 'closed';

/** How events come: by WebSocket, or over plain HTTP where there is none. */
export type TransportKind = 'websocket' | 'http';

/** What brings the events of a board's topics. */
export interface Link {
  readonly transport: TransportKind;
  /** A topic is wanted from its cursor on; perhaps instead of the same without its log. */
  join(topic: Topic, instead?: Topic): void;
  /** A topic is not wanted any more. */
  leave(topic: Topic): void;
  /** A topic has come to its end. */
  settle(): void;
  /** What would be tried later is to be tried now. */
  wake(): void;
  close(): void;
}
