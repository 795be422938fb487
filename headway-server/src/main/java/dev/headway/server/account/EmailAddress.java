package dev.headway.server.account;

import dev.headway.core.error.Defect;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses in their common form, a subset of RFC 5321. */
final class EmailAddress {
  private static final int MOST_CHARACTERS = 254; // RFC 5321, section 4.5.3.1.3, without brackets
  private static final Pattern SYNTAX =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}"
              + "@(localhost|([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+"
              + "[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])");

  private EmailAddress() {}

  /** As it is kept and compared. */
  static String normal(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  static void check(String email, List<Defect> defects) {
    if (!valid(email)) {
      defects.add(
          Defect.ofField("email", "Not an e-mail address; expected the form name@example.com"));
    }
  }

  /** Whether a text is an address; one that is has no control characters. */
  static boolean valid(String email) {
    return email.length() <= MOST_CHARACTERS
        && SYNTAX.matcher(email).matches()
        && !email.contains("..")
        && !email.startsWith(".")
        && !email.contains(".@");
  }
}
