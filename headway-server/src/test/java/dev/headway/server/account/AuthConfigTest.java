package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.AuthConfig.LoginLimits;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.AuthConfig.RegistrationLimits;
import dev.headway.server.account.token.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthConfigTest {
  private static final URI KEYS = URI.create("https://id.example.com/keys");

  @Test
  void new_manyWrongSettings_namesEveryOne() {
    var provider =
        new Provider(" ", "", URI.create("http://id.example.com/keys"), Set.of("HS256"), "");
    assertThatExceptionOfType(HeadwayException.class)
        .isThrownBy(() ->
            new AuthConfig(
                null,
                59,
                Registration.AUTO,
                true,
                0,
                65,
                new LoginLimits(0, 0, 0),
                new RegistrationLimits(0, 0),
                provider))
        .satisfies(refused ->
            assertThat(refused.defects())
                .extracting(Defect::field)
                .containsExactly(
                    "auth.token-seconds",
                    "auth.reload-seconds",
                    "auth.parallel-hashes",
                    "auth.login.account-failures",
                    "auth.login.address-failures",
                    "auth.login.window-seconds",
                    "auth.registrations.address-per-hour",
                    "auth.registrations.per-hour",
                    "auth.provider.issuer",
                    "auth.provider.audience",
                    "auth.provider.role-claim",
                    "auth.provider.jwks-url",
                    "auth.provider.algorithms"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.com/keys, true",
    "http://localhost:9/keys, true",
    "http://127.0.0.1:9/keys, true",
    "http://[::1]:9/keys, true",
    "http://id.example.com/keys, false",
    "http://127.0.0.1.example.com/keys, false",
    "file:///etc/keys, false",
    "keys, false"
  })
  void new_jwksUrl_mustBeSafe(URI url, boolean safe) {
    var provider = Provider.of("issuer", "headway", url);
    if (safe) {
      assertThat(AuthConfig.DEFAULTS.withProvider(provider).provider()).isEqualTo(provider);
    } else {
      assertThatExceptionOfType(HeadwayException.class)
          .isThrownBy(() -> AuthConfig.DEFAULTS.withProvider(provider))
          .withMessageContaining("auth.provider.jwks-url (" + url + ")");
    }
  }

  @Test
  void on_loopback_leavesRegistrationToTheClientAndServesAnonymousOnes() {
    assertThat(AuthConfig.DEFAULTS.on(true).registration()).isEqualTo(Registration.AUTO);
    assertThat(AuthConfig.DEFAULTS.on(true).anonymous()).isTrue();
  }

  @Test
  void on_anyOtherAddress_closesRegistrationAndServesNobodyUnknown() {
    assertThat(AuthConfig.DEFAULTS.on(false).registration()).isEqualTo(Registration.CLOSED);
    assertThat(AuthConfig.DEFAULTS.on(false).anonymous()).isFalse();
  }

  @Test
  void on_explicitRegistration_isKept() {
    var open = AuthConfig.DEFAULTS.withRegistration(Registration.OPEN);
    assertThat(open.on(false).registration()).isEqualTo(Registration.OPEN);
    var closed = AuthConfig.DEFAULTS.withRegistration(Registration.CLOSED);
    assertThat(closed.on(true).registration()).isEqualTo(Registration.CLOSED);
  }

  @Test
  void keyFile_notSet_isInTheDataDirectory() {
    assertThat(AuthConfig.DEFAULTS.keyFile(Path.of("data"))).isEqualTo(Path.of("data/signing.key"));
  }

  @Test
  void withProvider_allAlgorithms_isAccepted() {
    assertThat(Provider.of("issuer", "headway", KEYS).algorithms())
        .containsExactlyInAnyOrder("RS256", "ES256", "EdDSA");
  }
}
