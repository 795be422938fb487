package dev.headway.app.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another exporter, whose failures are one line of the server's log, and their end another. The
 * library's own log is {@code java.util.logging}, which is none of the server's. Thread-safe.
 */
final class LoggedExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedExporter.class);

  private final SpanExporter exporter;
  private final String receiver;
  private final AtomicBoolean failing = new AtomicBoolean();

  /** Names the receiver in the log; shutting this down shuts the other down. */
  LoggedExporter(SpanExporter exporter, String receiver) {
    this.exporter = exporter;
    this.receiver = receiver;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    var sent = exporter.export(spans);
    return sent.whenComplete(() -> note(sent.isSuccess()));
  }

  private void note(boolean taken) {
    if (failing.getAndSet(!taken) == taken) {
      if (taken) {
        LOG.info("Traces are taken by {} again", receiver);
      } else {
        LOG.warn("Traces are not taken by {} and are dropped; check tracing.otlp", receiver);
      }
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
