package dev.headway.server.webhook;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;

/**
 * The settings of webhooks.
 *
 * @param allowPrivate whether loopback and private addresses may be called
 * @param secret at least 16 characters; empty for one that is made and kept in the data directory
 */
public record WebhookSettings(
    @Setting(
            name = "webhooks.allow-private",
            preset = "false",
            text = "Whether the ends of jobs may be announced to loopback and private addresses.")
        boolean allowPrivate,
    @Setting(
            name = "webhooks.secret",
            secret = true,
            min = 16,
            text =
                "What announcements are signed with; servers on one database share it. When empty,"
                    + " one is made and kept in the data directory.")
        String secret) {
  /** Everything at its preset. */
  public static final WebhookSettings DEFAULT = SettingTree.defaults(WebhookSettings.class);

  @Override
  public String toString() {
    return "WebhookSettings[allowPrivate=" + allowPrivate + "]";
  }
}
