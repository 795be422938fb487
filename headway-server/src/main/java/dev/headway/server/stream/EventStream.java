package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.http.Response.Format;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.StreamSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream of events over HTTP: the missed events or the present state, then new events. */
final class EventStream implements StreamSession {
  /**
   * The topic and the cursor from which it is followed.
   *
   * @param after the listener's place; null for a newcomer
   * @param retry the pause before a browser connects again
   */
  record Source(Topic topic, LineDialect dialect, @Nullable Cursor after, Duration retry) {
    /** The first bytes, sent at once, so that a proxy passes on the head. */
    Frame opening() {
      return dialect.format() == Format.SSE
          ? Frame.text(":\n\nretry: %d\n\n".formatted(retry.toMillis()))
          : silence();
    }

    Frame silence() {
      return Frame.text(dialect.format() == Format.SSE ? ":\n\n" : "\n");
    }
  }

  private EventStream() {}

  static StreamSession begin(
      Connection connection, Principal principal, Source source, Duration comment) {
    connection.adopt(principal, Expiry.POLICY);
    connection.send(source.opening());
    var silence = source.silence();
    connection.heartbeat(comment, true, () -> silence);
    switch (source.topic().start(source.after(), source.dialect().lines())) {
      case Topic.Start.Resumed resumed -> {
        resumed.frames(source.dialect()).forEach(connection::send);
        var missing = resumed.missing();
        if (!missing.isEmpty() && missing.getLast().body().ended()) {
          connection.close(CloseCodes.NORMAL, "Ended");
        } else {
          subscribe(connection, source, resumed.offset());
        }
      }
      case Topic.Start.Fresh(var snapshot) -> {
        source.dialect().state(snapshot).forEach(connection::send);
        if (snapshot.state().ended()) {
          connection.close(CloseCodes.NORMAL, "Ended");
        } else {
          subscribe(connection, source, snapshot.cursor().offset());
        }
      }
    }
    return new EventStream();
  }

  private static void subscribe(Connection connection, Source source, long after) {
    connection.subscribe(
        source.topic(),
        source.dialect(),
        after,
        new Connection.Watcher() {
          @Override
          public void ended() {
            connection.close(CloseCodes.NORMAL, "Ended");
          }

          @Override
          public void fellBehind() {
            connection.close(CloseCodes.TOO_SLOW, "Too slow: connect again and resume");
          }

          @Override
          public void removed() {
            connection.close(CloseCodes.NORMAL, "Deleted");
          }
        });
  }
}
