package dev.headway.server.limit;

import java.util.Locale;

/** A reason for which the server turns a client away. */
public enum RefusalReason {
  /** Too many connections that are neither WebSocket nor stream. */
  CONNECTIONS,
  /** Too many WebSockets and streams in all. */
  SOCKETS,
  /** Too many of them without a token. */
  SOCKETS_WITHOUT_TOKEN,
  /** Too many of one client. */
  SOCKETS_OF_CLIENT,
  /** Too many of one resource. */
  SOCKETS_OF_RESOURCE,
  /** A token that was refused three times within a minute. */
  REFUSED_TOKEN,
  /** Too many messages in a second. */
  MESSAGES,
  /** A message over the limit. */
  MESSAGE_SIZE,
  /** A body over the limit of its route. */
  BODY_SIZE,
  /** Too many bytes of bodies in memory. */
  BODIES,
  /** A head or body that did not arrive in time. */
  SLOW_REQUEST,
  /** Too many requests of one client at a time. */
  REQUESTS,
  /** Too many failed sign-ins. */
  SIGN_INS,
  /** Too many registrations. */
  REGISTRATIONS,
  /** Too many tokens of a user. */
  TOKENS,
  /** Too many passwords to be hashed at a time. */
  PASSWORDS,
  /** A host that is not this server's. */
  HOST,
  /** A page of another origin. */
  ORIGIN;

  /** Its name in the metrics and for clients, for example {@code body-size}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
