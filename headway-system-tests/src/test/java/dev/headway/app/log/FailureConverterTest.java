package dev.headway.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FailureConverterTest {
  private final LoggerContext loggers = new LoggerContext();

  private String text(Throwable failure) {
    var logger = loggers.getLogger("dev.headway.test");
    var converter = new FailureConverter();
    converter.start();
    var event = new LoggingEvent("here", logger, Level.WARN, "no", failure, new Object[0]);
    return converter.convert(event);
  }

  @Test
  void convert_somethingOutOfReach_isOneLineWithTheCause() {
    var full = new IllegalStateException("read", new IOException("No space left on device"));

    assertThat(text(new HeadwayException(ErrorCode.UNAVAILABLE, "Try again later", full)).lines())
        .containsExactly("  Try again later (java.io.IOException: No space left on device)");
  }

  @Test
  void convert_anyOtherFailure_isAStackTrace() {
    var why = new IllegalStateException("why");
    var internal = new HeadwayException(ErrorCode.EXECUTION_ERROR, "no", why);

    assertThat(text(internal)).contains("Caused by: java.lang.IllegalStateException: why", "\tat ");
    assertThat(text(new IllegalStateException("why"))).contains("FailureConverterTest.java");
  }
}
