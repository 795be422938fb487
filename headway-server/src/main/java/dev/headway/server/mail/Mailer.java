package dev.headway.server.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/** Sends e-mails by one server. Thread-safe; blocks until the server has taken the message. */
public final class Mailer {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s,;:<>?&%\"()]+@([^@\\s,;:<>?&%\"()]+)");

  private final MailSettings settings;

  /** Sends by the server that the settings name. */
  public Mailer(MailSettings settings) {
    this.settings = settings;
  }

  /** Whether a text is one plain address, without a name or headers. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** Whether users' jobs may name an address: one in a domain that the settings list. */
  public boolean mayBeNamed(String address) {
    var form = ADDRESS.matcher(address);
    return form.matches()
        && Arrays.stream(settings.domains().split(",", -1))
            .map(String::strip)
            .anyMatch(domain -> "*".equals(domain) || matches(domain, form.group(1)));
  }

  private static boolean matches(String domain, String host) {
    return host.toLowerCase(Locale.ROOT).equals(domain.toLowerCase(Locale.ROOT));
  }

  /**
   * Sends a message in plain text.
   *
   * @param to one plain address
   * @throws IOException when the server does not take it, or cannot be reached within 10 s
   */
  public void send(String to, String subject, String text) throws IOException {
    try {
      var mail = new MimeMessage(Session.getInstance(properties()));
      mail.setFrom(new InternetAddress(settings.from()));
      mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
      mail.setSubject(subject.replaceAll("\\s+", " "), StandardCharsets.UTF_8.name());
      mail.setText(text, StandardCharsets.UTF_8.name());
      if (settings.user().isEmpty()) {
        Transport.send(mail);
      } else {
        Transport.send(mail, settings.user(), settings.password());
      }
    } catch (MessagingException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
  }

  private Properties properties() {
    var millis = Long.toString(TIMEOUT.toMillis());
    var properties = new Properties();
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.tls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.tls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    return properties;
  }
}
