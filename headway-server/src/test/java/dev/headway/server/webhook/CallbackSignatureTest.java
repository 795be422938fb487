package dev.headway.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Signatures, by values that other programs have computed. */
final class CallbackSignatureTest {
  /** By {@code openssl dgst -sha256 -hmac} of the same text. */
  @Test
  void standard_ofABody_isTheHmacOfIdTimeAndBody() {
    var signature = new CallbackSignature("a secret that both know");
    assertThat(signature.standard("7", Instant.ofEpochSecond(1_700_000_000), "{}".getBytes(UTF_8)))
        .isEqualTo("v1,L0e0tQAl1JTWTemgwXI9oqWOw7AWw1Ij55ZNWTiLtiA=");
  }
}
