package dev.headway.testkit;

import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A listener that keeps what it is told, in order: {@code job:1 5}, {@code job:1 5 body}, {@code
 * interrupted}, {@code restored}. Safe for use by any thread.
 */
public final class HeardRings implements Bus.Listener {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** The rings heard so far. */
  public List<String> all() {
    return List.copyOf(heard);
  }

  @Override
  public void rang(TopicName topic, long number, byte @Nullable [] body) {
    var text = body == null ? "" : " " + new String(body, StandardCharsets.UTF_8);
    heard.add(topic + " " + number + text);
  }

  @Override
  public void interrupted() {
    heard.add("interrupted");
  }

  @Override
  public void restored() {
    heard.add("restored");
  }
}
