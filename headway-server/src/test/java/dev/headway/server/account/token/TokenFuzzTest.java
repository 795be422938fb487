package dev.headway.server.account.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.account.Installation;
import dev.headway.testkit.fuzz.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of tokens, half of them begun as a valid one is: no other text than the token itself is
 * taken for it.
 */
public final class TokenFuzzTest {
  private static final Installation INSTALLATION = installation();
  private static final Tokens TOKENS =
      new Tokens(INSTALLATION.key, null, INSTALLATION.clock, INSTALLATION.ids);
  private static final String VALID =
      TOKENS
          .issue(
              LocalTokens.Contents.of(7, "ada@example.com", Installation.ENGINEER),
              Duration.ofHours(1))
          .text();

  private static Installation installation() {
    try {
      return new Installation(Files.createTempDirectory("fuzz"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes one input; one that begins with a sign from 128 on follows the beginning of a token. */
  public static void fuzzerTestOneInput(byte[] input) {
    var text = new String(input, ISO_8859_1);
    var keeps = input.length > 1 && input[0] < 0 ? (input[1] & 0xFF) % VALID.length() : 0;
    var token = keeps == 0 ? text : VALID.substring(0, keeps) + text.substring(2);
    var check = TOKENS.check(token);
    assertThat(check instanceof TokenCheck.Refused).isEqualTo(!token.equals(VALID));
  }

  @Test
  void token_ofAnyText_isRefused() {
    Fuzzing.run(TokenFuzzTest.class, TokenFuzzTest::fuzzerTestOneInput);
  }
}
