package dev.headway.spc.app;

import dev.headway.core.setting.AllOrNone;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.mqtt.MqttSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How process control is set up.
 *
 * @param heartbeatInterval how long a watcher hears nothing at most
 * @param heartbeatTimeout how long a watcher may be silent before it is closed
 * @param keepSamples how long samples are kept; null for ever
 * @param mqtt from where samples are taken by MQTT; null for nowhere
 * @param times which times of samples are accepted
 * @param alarms how alarms are delivered
 * @param signatures whether acknowledgments and changes must be signed
 */
public record SpcSettings(
    @Setting(
            name = "spc.heartbeat-interval",
            preset = "30",
            min = 1,
            max = 3_600,
            text = "How many seconds a watcher of process control hears nothing at most.")
        Duration heartbeatInterval,
    @Setting(
            name = "spc.heartbeat-timeout",
            preset = "90",
            min = 1,
            max = 86_400,
            text =
                "How many seconds a watcher of process control may be silent before it is closed.")
        Duration heartbeatTimeout,
    @Setting(
            name = "spc.keep-days",
            min = 1,
            max = 36_500,
            unit = ChronoUnit.DAYS,
            text = "How long samples are kept. When empty, for ever.")
        @Nullable Duration keepSamples,
    @AllOrNone("spc.mqtt.broker") @Nullable MqttSettings mqtt,
    SampleTimes times,
    AlarmSettings alarms,
    @Setting(
            name = "spc.signatures",
            preset = "false",
            text =
                "Whether acknowledgments and changes of charts and samples must be signed, by the password given again or a new token of the identity provider.")
        boolean signatures) {
  /** Everything at its preset. */
  public static final SpcSettings DEFAULT = SettingTree.defaults(SpcSettings.class);

  /** The same on a server of this name, which is how the broker knows it unless it is said. */
  public SpcSettings on(String node) {
    var named = mqtt == null ? null : mqtt.on(node);
    return new SpcSettings(
        heartbeatInterval, heartbeatTimeout, keepSamples, named, times, alarms, signatures);
  }
}
