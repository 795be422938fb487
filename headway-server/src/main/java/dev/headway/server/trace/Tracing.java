package dev.headway.server.trace;

import dev.headway.core.topic.Event;
import org.jspecify.annotations.Nullable;

/**
 * The traces of requests, and of the frames that show what became of them. Thread-safe; does not
 * block.
 */
public interface Tracing {
  /** No traces. */
  Tracing NONE =
      new Tracing() {
        private static final RequestSpan UNTRACED =
            new RequestSpan() {
              @Override
              public void answered(String operation, int status) {}

              @Override
              public void close() {}
            };

        @Override
        public RequestSpan request(@Nullable String traceparent) {
          return UNTRACED;
        }

        @Override
        public void encoded(Event event) {}
      };

  /** The span of a request; for the thread that handles it. */
  interface RequestSpan extends AutoCloseable {
    /**
     * Notes the answer.
     *
     * @param operation its name in the OpenAPI document
     * @param status its HTTP status
     */
    void answered(String operation, int status);

    /** Ends the span. */
    @Override
    void close();
  }

  /**
   * Begins the span of a request, which is handled on the present thread until it is closed.
   *
   * @param traceparent the client's span (W3C Trace Context, 3.2); null when it has sent none
   */
  RequestSpan request(@Nullable String traceparent);

  /** Notes that the frame of an event was made for its first watcher. */
  void encoded(Event event);
}
