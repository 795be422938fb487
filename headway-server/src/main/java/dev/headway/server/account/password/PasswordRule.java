package dev.headway.server.account.password;

import dev.headway.core.error.Defect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule for new passwords: 8 to 128 characters of any kind, but none of those that are guessed
 * first (OWASP ASVS 5, 6.2.1, 6.2.4, 6.2.11).
 */
public final class PasswordRule {
  private static final int LEAST_CHARACTERS = 8;
  private static final int MOST_CHARACTERS = 128;

  /** The 3,000 most common passwords of at least eight characters, in lower case. */
  private static final class Common {
    private static final Set<String> ALL = read();

    private static Set<String> read() {
      var resource = "common-passwords.txt";
      var in = Objects.requireNonNull(PasswordRule.class.getResourceAsStream(resource), resource);
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return lines.lines().collect(Collectors.toUnmodifiableSet());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private PasswordRule() {}

  /**
   * The defects of a password; none when it is acceptable.
   *
   * @param field the input's name
   * @param email the address of its account, in lower case
   */
  public static List<Defect> defects(String field, String password, String email) {
    var length = password.codePointCount(0, password.length());
    if (length < LEAST_CHARACTERS || length > MOST_CHARACTERS) {
      return List.of(
          Defect.ofField(
              field,
              "A password has %d to %d characters, not %d"
                  .formatted(LEAST_CHARACTERS, MOST_CHARACTERS, length)));
    }
    return guessedFirst(password.toLowerCase(Locale.ROOT), email)
        ? List.of(
            Defect.ofField(
                field, "This password is among those that are guessed first; choose another one"))
        : List.of();
  }

  private static boolean guessedFirst(String password, String email) {
    var words = password.replaceAll("[^\\p{L}]", ""); // headway2026!
    return Common.ALL.contains(password)
        || words.equals("headway")
        || password.equals(email)
        || password.equals(email.replaceFirst("@.*", ""));
  }
}
