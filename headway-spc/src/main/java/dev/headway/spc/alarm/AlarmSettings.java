package dev.headway.spc.alarm;

import dev.headway.core.setting.AllOrNone;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import org.jspecify.annotations.Nullable;

/**
 * How alarms are delivered.
 *
 * @param allowPrivate whether loopback and private addresses may be called
 * @param url where people reach the server; empty when alarms have no link
 * @param mail by which server e-mails are sent; null for none
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
        String url,
    @AllOrNone("spc.mail.host") @Nullable Mail mail) {
  /** Everything at its preset. */
  public static final AlarmSettings DEFAULT = SettingTree.defaults(AlarmSettings.class);

  /**
   * The server by which e-mails are sent (SMTP).
   *
   * @param host its name
   * @param port its port
   * @param tls whether STARTTLS is required
   * @param from the sender's address
   * @param user empty for none
   * @param password of the user
   */
  public record Mail(
      @Setting(
              name = "spc.mail.host",
              text = "The SMTP server by which alarms are mailed. When empty, none are.")
          String host,
      @Setting(name = "spc.mail.port", preset = "587", min = 1, max = 65_535, text = "Its port.")
          int port,
      @Setting(
              name = "spc.mail.tls",
              preset = "true",
              text = "Whether the connection must be encrypted (STARTTLS).")
          boolean tls,
      @Setting(
              name = "spc.mail.from",
              preset = "headway@localhost",
              text = "The sender's address of mailed alarms.")
          String from,
      @Setting(name = "spc.mail.user", text = "As whom to sign in at the SMTP server.") String user,
      @Setting(name = "spc.mail.password", secret = true, text = "With which password.")
          String password) {
    @Override
    public String toString() {
      return "Mail[host=" + host + ", port=" + port + ", from=" + from + "]";
    }
  }
}
