package dev.headway.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.webhook.CallbackTarget.Receiver;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallbackTargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org/x, PROGRAM, https://example.org/x",
    "slack+https://hooks.slack.com/services/T/B/x, SLACK, https://hooks.slack.com/services/T/B/x",
    "teams+https://prod-1.westeurope.logic.azure.com/x?sig=a, TEAMS,"
        + " https://prod-1.westeurope.logic.azure.com/x?sig=a",
    "ntfy+http://ntfy.example.org/topic, NTFY, http://ntfy.example.org/topic",
    "mailto:ada@example.org, MAIL, mailto:ada@example.org",
  })
  void of_anAddress_namesItsReceiver(String url, Receiver receiver, URI address) {
    assertThat(CallbackTarget.of(url)).isEqualTo(new CallbackTarget(receiver, address));
  }

  @ParameterizedTest
  @CsvSource({
    "slack+https://localhost/x",
    "ntfy+http://10.0.0.8/",
    "slack+ftp://example.org/",
    "mail+https://example.org/",
    "slack+slack+https://example.org/"
  })
  void defect_ofAPrefixedAddress_isThatOfTheAddress(String url) {
    assertThat(new CallbackPolicy(false).defect(url)).isPresent();
  }

  @Test
  void defect_ofAPublicChat_isNone() {
    assertThat(new CallbackPolicy(false).defect("slack+https://hooks.slack.com/x")).isEmpty();
  }
}
