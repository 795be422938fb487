package dev.headway.spc.app;

import dev.headway.spc.mqtt.MqttSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How process control is set up.
 *
 * @param heartbeatInterval how long a watcher hears nothing at most ({@code
 *     spc.heartbeat-interval})
 * @param heartbeatTimeout how long a watcher may be silent before it is closed ({@code
 *     spc.heartbeat-timeout})
 * @param keepSamples how long samples are kept; null for ever ({@code spc.keep-days})
 * @param mqtt from where samples are taken by MQTT; null for nowhere ({@code spc.mqtt.broker})
 */
public record SpcSettings(
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    @Nullable Duration keepSamples,
    @Nullable MqttSettings mqtt) {
  /** 30 s, 90 s, samples are kept, and none are taken by MQTT. */
  public static final SpcSettings DEFAULT =
      new SpcSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), null, null);
}
