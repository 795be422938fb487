package dev.headway.client.link;

import java.time.Duration;

/** The end of a connection, or of the attempt to open one. */
public sealed interface ConnectionEnd {
  /** The reason in words. */
  String reason();

  /** The client's next step. */
  ReconnectAdvice advice();

  /** The server closed it (RFC 6455, section 7.4). */
  record Closed(int code, String text) implements ConnectionEnd {
    @Override
    public String reason() {
      return text.isEmpty() ? "closed with code " + code : "%s (%d)".formatted(text, code);
    }

    @Override
    public ReconnectAdvice advice() {
      return ReconnectAdvice.ofCode(code);
    }
  }

  /**
   * The handshake was answered with another status than 101.
   *
   * @param retryAfter what the server asked for; zero when it did not say
   */
  record Refused(int status, Duration retryAfter) implements ConnectionEnd {
    @Override
    public String reason() {
      return "the server answered " + status;
    }

    @Override
    public ReconnectAdvice advice() {
      return ReconnectAdvice.ofStatus(status);
    }
  }

  /** The network failed, or fell silent. */
  record Lost(String reason) implements ConnectionEnd {
    @Override
    public ReconnectAdvice advice() {
      return ReconnectAdvice.WITHIN_WINDOW;
    }
  }
}
