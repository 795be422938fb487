package dev.headway.server.account.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.error.Defect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1",
        "PassWord1",
        "12345678",
        "iloveyou",
        "Headway-2026",
        "adalovelace",
        "adalovelace@example.com"
      })
  void defects_passwordThatIsGuessedFirst_oneThatSaysSo(String password) {
    assertThat(PasswordRule.defects("new", password, "adalovelace@example.com"))
        .extracting(Defect::field, Defect::message)
        .containsExactly(
            tuple(
                "new", "This password is among those that are guessed first; choose another one"));
  }

  @Test
  void defects_anyOther_none() {
    assertThat(PasswordRule.defects("new", "correct horse", "ada@example.com")).isEmpty();
    assertThat(PasswordRule.defects("new", "headway to the north", "ada@example.com")).isEmpty();
  }
}
