package dev.headway.core.bus;

import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener to rings of topics of one kind: reads a topic when it rings, and everything when rings
 * may be missing.
 *
 * @param kind of the topics
 * @param read reads one
 * @param readAll reads all that are of interest here
 */
public record TopicFollower(String kind, Consumer<TopicName> read, Runnable readAll)
    implements Bus.Listener {
  @Override
  public void rang(TopicName topic, long number, byte @Nullable [] body) {
    if (topic.kind().equals(kind)) {
      read.accept(topic);
    }
  }

  @Override
  public void interrupted() {}

  @Override
  public void restored() {
    readAll.run();
  }
}
