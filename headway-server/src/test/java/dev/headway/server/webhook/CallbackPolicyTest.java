package dev.headway.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/x",
        "http://127.0.0.1/x",
        "http://127.1/x",
        "http://[::1]:8000/",
        "http://10.0.0.8/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://192.0.0.8/",
        "http://192.0.2.1/",
        "http://192.88.99.1/",
        "http://198.19.255.255/",
        "http://198.51.100.7/",
        "http://203.0.113.9/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::1]/",
        "http://[100::1]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[2002:7f00:1::]/",
        "http://[3fff::1]/",
        "http://[5f00::1]/",
        "http://[fe80::1%25lo]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "ftp://example.org/",
        "http://user:secret@example.org/",
        "https:///nothing",
        "not an address"
      })
  void defect_addressesThatMayNotBeCalled_areNamed(String url) {
    assertThat(new CallbackPolicy(false).defect(url))
        .hasValueSatisfying(defect -> assertThat(defect.field()).isEqualTo("callback_url"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/hook",
        "http://8.8.8.8:81/x?y=1",
        "http://198.20.0.1/",
        "http://[2606:4700::1111]/",
        "http://1.example.org/"
      })
  void defect_publicAddresses_haveNone(String url) {
    assertThat(new CallbackPolicy(false).defect(url)).isEmpty();
  }

  @Test
  void allowsHost_nameThatLeadsHome_isRefusedUnlessAllowed() {
    assertThat(new CallbackPolicy(false).allowsHost("localhost")).isFalse();
    assertThat(new CallbackPolicy(true).allowsHost("localhost")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example:81/x?y=1, http://a.example:81",
    "https://a.example?y=/, https://a.example",
    "https://a.example, https://a.example"
  })
  void host_ofAnAddress_endsBeforeItsPath(String url, String host) {
    assertThat(CallbackPolicy.host(url)).isEqualTo(host);
  }

  @Test
  void signature_ofAKnownBody_isTheHmacOfTimeAndBody() {
    var signature = new CallbackSignature("0123456789abcdef");
    var at = Instant.ofEpochSecond(1_700_000_000);
    // printf '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
    assertThat(signature.of(at, "{}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "t=1700000000,v1=e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e");
  }
}
