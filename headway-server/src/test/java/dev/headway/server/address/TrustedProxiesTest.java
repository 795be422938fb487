package dev.headway.server.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final String PROXY = "10.0.0.1";

  private final TrustedProxies proxies =
      new TrustedProxies(Set.of(AddressBlock.of("10.0.0.0/8"), AddressBlock.of("fd00::/8")));

  private String forwardedFor(String list) {
    return proxies.client(PROXY, Map.of("x-forwarded-for", list));
  }

  private String forwarded(String list) {
    return proxies.client(PROXY, Map.of("forwarded", list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                          | 203.0.113.7",
        "198.51.100.9, 203.0.113.7            | 203.0.113.7",
        "203.0.113.7, 10.0.0.2, 10.0.0.3      | 203.0.113.7",
        "203.0.113.7:4711                     | 203.0.113.7",
        "[2001:db8::7]:4711                   | 2001:db8:0:0:0:0:0:7",
        "2001:db8::7                          | 2001:db8:0:0:0:0:0:7",
        "203.0.113.7, fd00::1                 | 203.0.113.7",
        "::ffff:203.0.113.7                   | 203.0.113.7",
      })
  void client_namedByXForwardedFor_isTheRightMostThatIsNoProxy(String list, String client) {
    assertThat(forwardedFor(list)).isEqualTo(client);
  }

  /* Each of them is written by a client that wants to be somebody else, or nobody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "evil.example",
        "300.1.2.3",
        "0x7f000001",
        "2130706433",
        "1.2.3",
        "203.0.113.7, ",
        "203.0.113.7, unknown",
        "'203.0.113.7'",
        "203.0.113.7 10.0.0.2"
      })
  void client_namedByNothingThatIsAnAddress_isTheProxy(String list) {
    assertThat(forwardedFor(list)).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "for=203.0.113.7                                     | 203.0.113.7",
        "For=\"[2001:db8:cafe::17]:4711\"                    | 2001:db8:cafe:0:0:0:0:17",
        "for=192.0.2.60;proto=http;by=203.0.113.43           | 192.0.2.60",
        "proto=https; for=\"203.0.113.7:80\"                 | 203.0.113.7",
        "for=198.51.100.9, for=203.0.113.7, for=10.0.0.2     | 203.0.113.7",
        "for=198.51.100.9, for=_secret                       | 10.0.0.1",
        "for=198.51.100.9, proto=http                        | 10.0.0.1",
        "host=\"x;for=198.51.100.9\", for=203.0.113.7        | 203.0.113.7",
      })
  void client_namedByForwarded_isTheRightMostThatIsNoProxy(String list, String client) {
    assertThat(forwarded(list)).isEqualTo(client);
  }

  @Test
  void client_whoIsNoProxy_isNotBelieved() {
    var headers = Map.of("x-forwarded-for", "203.0.113.7", "forwarded", "for=203.0.113.7");
    assertThat(proxies.client("198.51.100.9", headers)).isEqualTo("198.51.100.9");
    assertThat(TrustedProxies.NONE.client("127.0.0.1", headers)).isEqualTo("127.0.0.1");
  }

  /* A proxy that writes one header passes on the other as the client wrote it. */
  @Test
  void client_namedDifferentlyByTheTwoHeaders_isTheProxy() {
    assertThat(
            proxies.client(
                PROXY, Map.of("x-forwarded-for", "203.0.113.7", "forwarded", "for=198.51.100.9")))
        .isEqualTo(PROXY);
    assertThat(
            proxies.client(
                PROXY, Map.of("x-forwarded-for", "203.0.113.7", "forwarded", "for=203.0.113.7")))
        .isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "fd00::/129", "example.org", "10.0.0.0/x", "10.0.0", ""})
  void block_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> AddressBlock.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void block_shown_isReadAgain() {
    assertThat(AddressBlock.of("10.0.0.0/8")).hasToString("10.0.0.0/8");
    assertThat(AddressBlock.of("127.0.0.1")).hasToString("127.0.0.1");
    assertThat(AddressBlock.of("0.0.0.0/0").contains(AddressBlock.of("203.0.113.7").first()))
        .isTrue();
  }
}
