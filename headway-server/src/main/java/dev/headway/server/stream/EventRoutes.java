package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Topic;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.TopicKind.Watchable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Topics without a WebSocket: the same events and cursors as Server-Sent Events, as lines, and by
 * long poll.
 */
public final class EventRoutes {
  private static final Duration COMMENT = Duration.ofSeconds(15);

  private final Topics topics;
  private final InstantSource clock;
  private final Predicate<Principal> holds;
  private final Supplier<Duration> retry;

  /**
   * Events of these topics.
   *
   * @param holds whether a client's credentials hold at this moment
   * @param retry the pause before a browser connects again, another each time, so that all do not
   *     come at once
   */
  public EventRoutes(
      Topics topics, InstantSource clock, Predicate<Principal> holds, Supplier<Duration> retry) {
    this.topics = topics;
    this.clock = clock;
    this.holds = holds;
    this.retry = retry;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("jobEvents", request -> events(request, "job:" + request.pathText("id")))
        .on("topicEvents", request -> events(request, request.pathText("topic")));
  }

  private Response events(Request request, String name) throws InterruptedException {
    var found =
        topics
            .find(name, request.principal())
            .map(topic -> wantsLogs(request) ? topic.withLogs() : topic)
            .orElseThrow(() -> HeadwayException.notFound("The topic " + name));
    var after = after(request);
    var accept = request.header("accept").orElse("application/json");
    if (accept.contains("text/event-stream")) {
      return stream(request, found, after, Response.Format.SSE);
    }
    if (accept.contains("application/x-ndjson") || follows(request, accept)) {
      return stream(request, found, after, Response.Format.NDJSON);
    }
    if (accept.contains("application/json") || accept.contains("*/*")) {
      return new LongPoll(name, found, clock, holds).answer(request, after);
    }
    throw new HeadwayException(
        ErrorCode.NOT_ACCEPTABLE,
        "Events are had as text/event-stream, application/x-ndjson or application/json");
  }

  /** Whether a client takes anything, as {@code curl} does, and says nothing of a long poll. */
  private static boolean follows(Request request, String accept) {
    return accept.equals("*/*")
        && request.query("wait").isEmpty()
        && request.query("after").isEmpty()
        && request.header("if-none-match").isEmpty();
  }

  private static boolean wantsLogs(Request request) {
    return request.query("logs").map(Boolean::parseBoolean).orElse(false);
  }

  private static @Nullable Cursor after(Request request) {
    return request
        .header("last-event-id")
        .or(() -> request.query("after"))
        .flatMap(Cursor::parse)
        .orElse(null);
  }

  private Response stream(
      Request request, Watchable found, @Nullable Cursor after, Response.Format format) {
    if (after != null && nothingFollows(found, after)) {
      // A browser's EventSource would connect again and again after any other answer.
      return Response.noContent();
    }
    var dialect = new LineDialect(found.dialect(), format);
    var principal = request.principal();
    return new Response.Streaming(
        200,
        Map.of(),
        format,
        principal,
        connection ->
            EventStream.begin(
                connection,
                principal,
                new EventStream.Source(found.topic(), dialect, after, retry.get()),
                COMMENT));
  }

  private static boolean nothingFollows(Watchable found, Cursor after) {
    return found.topic().since(after, found.dialect().lines(), 1)
            instanceof Topic.Since.Events(_, var events, var ended)
        && events.isEmpty()
        && ended;
  }
}
