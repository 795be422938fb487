package dev.headway.spc.alarm;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;

/**
 * How alarms are delivered.
 *
 * @param allowPrivate whether loopback and private addresses may be called
 * @param url where people reach the server; empty when alarms have no link
 */
public record AlarmSettings(
    @Setting(
            name = "spc.alarms.allow-private",
            preset = "false",
            text = "Whether alarms may be sent to loopback and private addresses.")
        boolean allowPrivate,
    @Setting(
            name = "spc.alarms.url",
            text =
                "Where people reach the server, such as https://headway.example.org: the links of alarms.")
        String url) {
  /** Everything at its preset. */
  public static final AlarmSettings DEFAULT = SettingTree.defaults(AlarmSettings.class);
}
