package dev.headway.client.link;

/** The client's next step after a connection has ended. */
public enum ReconnectAdvice {
  /** Reconnect at once and resume. */
  AT_ONCE,
  /** Reconnect at a random moment of the server's window, so that clients do not come as a herd. */
  WITHIN_WINDOW,
  /** The server is overloaded: wait longer than usual. */
  BACK_OFF,
  /** Get a new token first. */
  NEW_TOKEN,
  /** The network lets no WebSocket through. */
  WITHOUT_WEBSOCKET;

  /** The advice for a close code of a WebSocket. */
  static ReconnectAdvice ofCode(int code) {
    return switch (code) {
      case 4401, 4403, 4408, 4410 -> NEW_TOKEN;
      case 4429 -> AT_ONCE;
      case 1003, 1008, 1009, 1011, 1013 -> BACK_OFF;
      default -> WITHIN_WINDOW;
    };
  }

  /** The advice for an answer to the handshake. */
  static ReconnectAdvice ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NEW_TOKEN;
      case 429, 503 -> BACK_OFF;
      case 502, 504 -> WITHIN_WINDOW;
      default -> WITHOUT_WEBSOCKET;
    };
  }
}
