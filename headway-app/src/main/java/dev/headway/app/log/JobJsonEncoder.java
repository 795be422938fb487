package dev.headway.app.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.event.KeyValuePair;

/**
 * JSON objects, each with the id of the job that its line is about: the one that the message names,
 * or else the one that its thread works on. Found in the text, because the core logs through {@link
 * System.Logger}, which knows no fields.
 */
final class JobJsonEncoder extends JsonEncoder {
  private static final Pattern JOB =
      Pattern.compile("\\b[Jj]ob[ -](\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\b");

  @Override
  public byte[] encode(ILoggingEvent event) {
    if (event instanceof LoggingEvent line) {
      job(line).ifPresent(id -> line.addKeyValuePair(new KeyValuePair("job", id)));
    }
    return super.encode(event);
  }

  private static Optional<String> job(ILoggingEvent line) {
    return Stream.of(line.getFormattedMessage(), line.getThreadName())
        .flatMap(text -> JOB.matcher(text).results())
        .map(found -> found.group(1))
        .findFirst();
  }
}
