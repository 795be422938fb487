package dev.headway.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class JobJsonEncoderTest {
  private static final String JOB = "0198c7f2-6d1e-7a40-9c3b-1f2e3d4c5b6a";

  private final LoggerContext loggers = new LoggerContext();

  JobJsonEncoderTest() {
    loggers.setMDCAdapter(new LogbackMDCAdapter());
  }

  private JsonNode line(String thread, String message, Object... arguments) {
    var logger = loggers.getLogger("dev.headway.test");
    var event = new LoggingEvent("here", logger, Level.WARN, message, null, arguments);
    event.setThreadName(thread);
    var encoder = new JobJsonEncoder();
    encoder.setContext(loggers);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return JsonCodec.mapper().readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));
  }

  private static String job(JsonNode line) {
    return line.path("kvpList").path(0).path("job").asString("");
  }

  @Test
  void line_whoseMessageNamesAJob_hasItsId() {
    var line = line("main", "Gave up announcing the end of job {}", JOB);

    assertThat(job(line)).isEqualTo(JOB);
    assertThat(line.path("formattedMessage").asString()).endsWith(JOB);
  }

  @Test
  void line_ofAThreadThatWorksOnAJob_hasItsId() {
    assertThat(job(line("headway-job-" + JOB, "The solver found no plan"))).isEqualTo(JOB);
  }

  @Test
  void line_aboutNoJob_hasNone() {
    assertThat(line("main", "Took up {} jobs", 3).has("kvpList")).isFalse();
    assertThat(job(line("main", "Request {} failed", JOB))).isEmpty();
  }
}
