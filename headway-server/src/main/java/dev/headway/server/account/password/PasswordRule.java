package dev.headway.server.account.password;

import dev.headway.core.error.Defect;
import java.util.List;

/** The rule for new passwords: any 8 to 128 characters. */
public final class PasswordRule {
  private static final int LEAST_CHARACTERS = 8;
  private static final int MOST_CHARACTERS = 128;

  private PasswordRule() {}

  /**
   * The defects of a password; none when it is acceptable.
   *
   * @param field the input's name
   */
  public static List<Defect> defects(String field, String password) {
    var length = password.codePointCount(0, password.length());
    return length >= LEAST_CHARACTERS && length <= MOST_CHARACTERS
        ? List.of()
        : List.of(
            Defect.ofField(
                field,
                "A password has %d to %d characters, not %d"
                    .formatted(LEAST_CHARACTERS, MOST_CHARACTERS, length)));
  }
}
