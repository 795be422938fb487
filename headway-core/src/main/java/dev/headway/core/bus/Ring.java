package dev.headway.core.bus;

import dev.headway.core.topic.TopicName;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The news that a topic has moved.
 *
 * @param number of the topic's last milestone
 * @param body in Base64, empty when there is none
 */
record Ring(TopicName topic, long number, String body) {
  static Ring of(TopicName topic, long number, byte @Nullable [] body) {
    return new Ring(topic, number, body == null ? "" : Base64.getEncoder().encodeToString(body));
  }

  byte @Nullable [] bytes() {
    return body.isEmpty() ? null : Base64.getDecoder().decode(body);
  }

  Ring withoutBody() {
    return new Ring(topic, number, "");
  }

  /** The one ring that says as much as this and a later one. */
  Ring joined(Ring later) {
    var saysLess = later.number < number || (later.number == number && later.body.isEmpty());
    return saysLess ? this : later;
  }
}
