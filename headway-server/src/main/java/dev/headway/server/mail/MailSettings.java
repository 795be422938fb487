package dev.headway.server.mail;

import dev.headway.core.setting.Setting;

/**
 * The server by which e-mails are sent (SMTP), and to whom.
 *
 * @param host its name
 * @param port its port
 * @param tls whether STARTTLS is required
 * @param from the sender's address
 * @param user empty for none
 * @param password of the user
 * @param domains of the addresses that jobs may name, separated by commas; {@code *} for any
 */
public record MailSettings(
    @Setting(
            name = "mail.host",
            text =
                "The SMTP server by which ends of jobs and alarms are mailed. When empty, none are.")
        String host,
    @Setting(name = "mail.port", preset = "587", min = 1, max = 65_535, text = "Its port.")
        int port,
    @Setting(
            name = "mail.tls",
            preset = "true",
            text = "Whether the connection must be encrypted (STARTTLS).")
        boolean tls,
    @Setting(
            name = "mail.from",
            preset = "headway@localhost",
            text = "The sender's address of e-mails.")
        String from,
    @Setting(name = "mail.user", text = "As whom to sign in at the SMTP server.") String user,
    @Setting(name = "mail.password", secret = true, text = "With which password.") String password,
    @Setting(
            name = "mail.domains",
            text =
                "The domains of the addresses that jobs may name (callback_url: mailto:…), separated by commas; * for any. When empty, only alarms are mailed.")
        String domains) {
  @Override
  public String toString() {
    return "MailSettings[host=%s, port=%s, from=%s, domains=%s]"
        .formatted(host, port, from, domains);
  }
}
