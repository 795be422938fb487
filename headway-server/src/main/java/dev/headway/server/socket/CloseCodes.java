package dev.headway.server.socket;

/** Close codes of the contracts: RFC 6455, section 7.4.1, and the native stream's own. */
public final class CloseCodes {
  /** Done, or asked for. */
  public static final int NORMAL = 1000;

  /** The server is leaving, or nothing was heard for too long. */
  public static final int GOING_AWAY = 1001;

  /** Binary where only text is understood. */
  public static final int UNSUPPORTED_DATA = 1003;

  /** The connection ended without a close; never sent. */
  public static final int ABNORMAL = 1006;

  /** Not allowed, or too much. */
  public static final int POLICY = 1008;

  /** A message over the limit. */
  public static final int TOO_BIG = 1009;

  /** A fault of the server. */
  public static final int INTERNAL = 1011;

  /** The server restarts; reconnect within the window. */
  public static final int RESTART = 1012;

  /** Overloaded; back off. */
  public static final int TRY_LATER = 1013;

  /** Native: the token expired. */
  public static final int TOKEN_EXPIRED = 4401;

  /** Native: forbidden. */
  public static final int FORBIDDEN = 4403;

  /** Native: no authentication in time. */
  public static final int NOT_AUTHENTICATED = 4408;

  /** Native: revoked. */
  public static final int REVOKED = 4410;

  /** Native: too slow; reconnect and resume. */
  public static final int TOO_SLOW = 4429;

  private CloseCodes() {}
}
