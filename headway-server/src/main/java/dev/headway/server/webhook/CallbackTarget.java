package dev.headway.server.webhook;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A callback's address with the kind of its receiver, which its scheme may name: {@code
 * slack+https://hooks.slack.com/…}, {@code mailto:ada@example.org}.
 *
 * @param receiver what reads the announcement
 * @param address where it is sent
 */
record CallbackTarget(Receiver receiver, URI address) {
  private static final Pattern FORM = Pattern.compile("(?:(slack|teams|ntfy)\\+)?(https?:.*)");

  private static final String MAIL_TO = "mailto:";

  /** The kinds of receivers. */
  enum Receiver {
    /** A program: the job as JSON, signed. */
    PROGRAM,
    /** An incoming webhook of Slack, or of Mattermost and others that read the same. */
    SLACK,
    /** A workflow of Microsoft Teams. */
    TEAMS,
    /** A topic of ntfy. */
    NTFY,
    /** A person's mailbox. */
    MAIL
  }

  /**
   * The target that a callback's address names.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static CallbackTarget of(String url) {
    if (url.startsWith(MAIL_TO)) {
      return new CallbackTarget(Receiver.MAIL, URI.create(url));
    }
    var form = FORM.matcher(url);
    if (!form.matches() || form.group(1) == null) {
      return new CallbackTarget(Receiver.PROGRAM, URI.create(url));
    }
    var receiver = Receiver.valueOf(form.group(1).toUpperCase(Locale.ROOT));
    return new CallbackTarget(receiver, URI.create(form.group(2)));
  }
}
