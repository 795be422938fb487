package dev.headway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://db | Redis db:6379/0",
        "redis://me:p%40ss@db:7000/3 | Redis db:7000/3",
        "rediss://:secret@db | Redis db:6379/0",
        "redis://:secret@one:7000,two:7001 | Redis one:7000,two:7001/0",
        "redis-sentinel://:secret@one:26379,two:26379/2#headway | Redis Sentinel one:26379,two:26379/2"
      })
  void parse_eachForm_isShownWithoutSecrets(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @Test
  void parse_severalServers_haveOneLogin() {
    assertThat(RedisAddress.parse("redis://:secret@one,two:7001/1").servers())
        .extracting(uri -> uri.getHost() + ":" + uri.getPort())
        .containsExactly("one:6379", "two:7001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "redis://",
        "redis:///0",
        "http://db",
        "redis://me:se cret@db",
        "redis://db:port",
        "redis://one,,two",
        "redis-sentinel://one:26379"
      })
  void parse_anythingElse_isRefusedWithoutTheSecret(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The bus must look like redis://")
        .hasMessageNotContaining("se cret")
        .hasNoCause();
  }
}
