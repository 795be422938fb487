package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.Optional;

/**
 * A kind of topic on the native stream, with its topics and their dialect. Thread-safe; {@link
 * #find} may block.
 */
public interface TopicKind {
  /** The part of the name before the colon, for example {@code schedule}. */
  String kind();

  /** The topic of that name, if it exists and the principal may watch it. */
  Optional<Watchable> find(TopicName name, Principal who);

  /**
   * A topic that may be watched.
   *
   * @param topic the topic; another name may have led to it
   * @param dialect writes its events and its snapshot under the name that was asked for
   */
  record Watchable(Topic topic, NativeDialect dialect) {
    /** The same with its log lines, if it has any. */
    Watchable withLogs() {
      return new Watchable(topic, dialect.withLogs());
    }
  }

  /**
   * The dialect of a kind's topics on the native stream: an event's frame is the whole event
   * object, a state's only frame is the snapshot object.
   */
  interface NativeDialect extends Dialect {
    /** The dialect that shows log lines, too; itself where there are none. */
    default NativeDialect withLogs() {
      return this;
    }
  }
}
