package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.Optional;

/**
 * A kind of topic on the native stream: finds its topics and says how they are written.
 * Thread-safe; {@link #find} may block.
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
  record Watchable(Topic topic, NativeDialect dialect) {}

  /**
   * How a kind's topics are written on the native stream: an event's frame is the whole event
   * object, a state's only frame is the snapshot object.
   */
  interface NativeDialect extends Dialect {}
}
