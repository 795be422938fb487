package dev.headway.server.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.Topic.Since;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.stream.TopicKind.Watchable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The answer to a long poll: waits for events after the client's cursor. */
final class LongPoll {
  private static final int MAX_EVENTS = 256;
  private static final int MAX_WAIT = 30;

  private final String name;
  private final Watchable found;
  private final InstantSource clock;
  private final Predicate<Principal> holds;

  /**
   * @param holds whether a client's credentials hold at this moment
   */
  LongPoll(String name, Watchable found, InstantSource clock, Predicate<Principal> holds) {
    this.name = name;
    this.found = found;
    this.clock = clock;
    this.holds = holds;
  }

  /**
   * The answer, after at most the {@code wait} seconds of the request.
   *
   * @param after the client's place; null for a newcomer
   */
  Response answer(Request request, @Nullable Cursor after) throws InterruptedException {
    var matched = request.header("if-none-match").flatMap(LongPoll::unquoted).orElse(null);
    var place = after == null ? matched : after;
    var lines = found.dialect().lines();
    if (found.topic().start(place, lines) instanceof Topic.Start.Resumed resumed) {
      await(resumed, Duration.ofSeconds(Math.min(MAX_WAIT, request.queryInt("wait", 0))));
      requireHolding(request.principal());
    }
    return switch (found.topic().since(place, lines, MAX_EVENTS)) {
      case Since.State(var snapshot) -> fresh(snapshot);
      case Since.Events missed -> resumed(missed, matched != null);
    };
  }

  private void requireHolding(Principal who) {
    if (!holds.test(who)) {
      throw new HeadwayException(
          ErrorCode.AUTHENTICATION_ERROR,
          "The token has ended meanwhile; get another one from POST /api/v1/auth/login");
    }
  }

  private static Optional<Cursor> unquoted(String etag) {
    return Cursor.parse(etag.replace("W/", "").replace("\"", ""));
  }

  private void await(Topic.Start.Resumed from, Duration patience) throws InterruptedException {
    var topic = found.topic();
    var missed = !from.missing().isEmpty() || topic.head() > from.offset();
    if (patience.isZero() || missed || topic.state().ended()) {
      return;
    }
    var news = new CountDownLatch(1);
    var listener =
        new Topic.Listener() {
          @Override
          public void appended() {
            news.countDown();
          }

          @Override
          public void removed() {
            news.countDown();
          }
        };
    topic.listen(listener);
    try {
      if (topic.head() == from.offset()) {
        var _ = news.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      topic.unlisten(listener, clock.instant());
    }
  }

  private Response fresh(Snapshot snapshot) {
    var parts = found.dialect().state(snapshot);
    var state = parts.size() == 1 ? json(parts.getFirst()) : merged(parts);
    var ended = snapshot.state().ended();
    return respond(snapshot.cursor(), new Polled(false, state, List.of(), ended));
  }

  /** A feed's snapshot comes in parts; here it may be whole. */
  private static Json merged(List<Frame> parts) {
    var jobs = new StringBuilder();
    for (var part : parts) {
      var text = part.asText();
      var inner = text.substring("{\"jobs\":[".length(), text.length() - 2);
      jobs.append(jobs.isEmpty() || inner.isEmpty() ? "" : ",").append(inner);
    }
    return new Json("{\"jobs\":[" + jobs + "]}");
  }

  private Response resumed(Since.Events missed, boolean conditional) {
    var from = missed.after();
    var events = missed.events();
    if (events.isEmpty() && conditional) {
      return Response.bytes(304, "", new byte[0]).with("ETag", "\"" + from + "\"");
    }
    var cursor = events.isEmpty() ? from : events.getLast().event().cursor();
    var texts = new ArrayList<Json>(events.size());
    var passedOver = 0L; // also before events that this audience is not told of
    for (var kept : events) {
      passedOver += kept.passedOver();
      var frame = kept.event().frameAfterGap(found.dialect(), passedOver);
      if (frame != null) {
        texts.add(json(frame));
        passedOver = 0;
      }
    }
    return respond(cursor, new Polled(true, null, texts, missed.ended()));
  }

  private static Json json(Frame frame) {
    return new Json(frame.asText());
  }

  private Response respond(Cursor cursor, Polled polled) {
    return Response.ok(new Answer(name, cursor.toString(), polled))
        .with("ETag", "\"" + cursor + "\"");
  }

  private record Answer(String topic, String cursor, @JsonUnwrapped Polled polled) {}

  /** The events after a cursor, or the present state. */
  @JsonInclude(Include.NON_NULL)
  private record Polled(
      boolean recovered, @Nullable Json snapshot, List<Json> events, boolean ended) {}
}
