package dev.headway.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The time that tests wait for something bound to come before they take it for lost. It is far
 * longer than any such thing takes, so that no test depends on the pace of a busy machine. As an
 * extension, which JUnit finds by itself, it applies to each {@code await()} without a limit.
 */
public final class Patience implements BeforeAllCallback {
  /** The longest wait. */
  public static final Duration LONG = Duration.ofSeconds(90);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(POLL_INTERVAL);
    // The classes run side by side: what a thread of another test throws is that test's own.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
