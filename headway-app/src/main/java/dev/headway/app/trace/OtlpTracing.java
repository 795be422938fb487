package dev.headway.app.trace;

import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Event;
import dev.headway.server.trace.Tracing;
import dev.headway.store.TracedDatabase;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Traces sent to a receiver of the OpenTelemetry protocol over HTTP, in batches every five seconds.
 * A request is traced when its client traces it, a frame when its job was submitted in such a
 * request. What the receiver does not take, or does not take fast enough, is dropped. Thread-safe.
 */
public final class OtlpTracing implements Tracing, TracedDatabase.Spans, AutoCloseable {
  private static final String PATH = "/v1/traces";
  private static final long GOODBYE_SECONDS = 2;
  private static final int FAULT = 500;

  /** The library's own log; held here, as it would lose its level otherwise. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private OtlpTracing(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("dev.headway");
  }

  /**
   * Begins to trace.
   *
   * @param receiver its address without {@code /v1/traces}
   * @param node the server's name
   */
  public static OtlpTracing to(URI receiver, String node) {
    var endpoint = receiver.toString().replaceAll("/+$", "") + PATH;
    LIBRARY.setLevel(Level.OFF);
    var exporter =
        new LoggedExporter(
            OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build(), receiver.toString());
    var attributes =
        Attributes.builder()
            .put("service.name", "headway")
            .put("service.instance.id", node)
            .build();
    return new OtlpTracing(
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .setResource(Resource.create(attributes))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the span of the request closes it
  public RequestSpan request(@Nullable String traceparent) {
    var span =
        tracer
            .spanBuilder("request")
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent(traceparent))
            .startSpan();
    var current = span.makeCurrent();
    return new RequestSpan() {
      @Override
      public void answered(String operation, int status) {
        span.updateName(operation);
        span.setAttribute("http.response.status_code", status);
        if (status >= FAULT) {
          span.setStatus(StatusCode.ERROR);
        }
      }

      @Override
      public void close() {
        current.close();
        span.end();
      }
    };
  }

  /* Feeds show what the jobs' own topics show. */
  @Override
  public void encoded(Event event) {
    if (!(event.body() instanceof JobEvent happened)) {
      return;
    }
    var submitted = happened.job().spec().traceparent();
    if (submitted != null) {
      tracer
          .spanBuilder("frame " + happened.type())
          .setSpanKind(SpanKind.PRODUCER)
          .setParent(parent(submitted))
          .setStartTimestamp(event.at())
          .setAttribute("headway.job", happened.job().id().toString())
          .setAttribute("headway.cursor", event.cursor().toString())
          .startSpan()
          .end();
    }
  }

  @Override
  public <T extends @Nullable Object> T call(String name, Supplier<T> work) {
    if (!Span.current().isRecording()) {
      return work.get();
    }
    var span = tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).startSpan();
    try {
      return work.get();
    } catch (RuntimeException failure) {
      span.setStatus(StatusCode.ERROR);
      span.recordException(failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  private static Context parent(@Nullable String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), traceparent, TraceparentGetter.INSTANCE);
  }

  /** Sends what is left, for some seconds at most. */
  @Override
  public void close() {
    var _ = provider.shutdown().join(GOODBYE_SECONDS, TimeUnit.SECONDS);
  }

  /** The carrier is the one header's value. */
  private enum TraceparentGetter implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals("traceparent") ? carrier : null; // there is no tracestate
    }
  }
}
