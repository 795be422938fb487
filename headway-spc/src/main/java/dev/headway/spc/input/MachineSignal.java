package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.util.ArrayList;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.jspecify.annotations.Nullable;

/**
 * A signal: leads a value that machines publish to a characteristic.
 *
 * @param id its number, from 1; 0 before it is stored
 * @param topic a pattern of topics, with {@code +} and {@code #}
 * @param path the place of the value: a path in a JSON message, or the name of a Sparkplug metric;
 *     null for a message that is the value
 * @param characteristicId where it leads
 * @param gatherSeconds single values make up a subgroup within so many seconds; null where each
 *     message is a whole sample
 * @param keyPath where values of one subgroup have the same text; null when any that follow one
 *     another belong together
 */
public record MachineSignal(
    long id,
    String topic,
    @Nullable String path,
    long characteristicId,
    @Nullable Integer gatherSeconds,
    @Nullable String keyPath) {
  private static final String SPARKPLUG = "spBv1.0/";

  /**
   * Checks the signal.
   *
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with it
   */
  public MachineSignal checked() {
    var defects = new ArrayList<Defect>();
    try {
      MqttTopic.validate(topic, true);
    } catch (IllegalArgumentException none) {
      defects.add(Defect.ofField("topic", "'%s' is no topic or pattern of MQTT".formatted(topic)));
    }
    if (isSparkplug() && path == null) {
      defects.add(Defect.ofField("path", "the name of the metric is missing"));
    }
    if (gatherSeconds != null && gatherSeconds < 1) {
      defects.add(Defect.ofField("gather_seconds", gatherSeconds + " must be at least 1"));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    if (!isSparkplug() && path != null) {
      var _ = ValuePath.of(path);
    }
    if (keyPath != null) {
      var _ = ValuePath.of(keyPath);
    }
    return this;
  }

  /** Whether messages are Sparkplug B payloads. */
  public boolean isSparkplug() {
    return topic.startsWith(SPARKPLUG);
  }

  /** Whether a message under a topic carries it. */
  public boolean fits(String published) {
    return MqttTopic.isMatched(topic, published);
  }
}
