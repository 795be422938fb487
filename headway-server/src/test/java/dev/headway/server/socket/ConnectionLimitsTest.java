package dev.headway.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.headway.core.account.Principal;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ConnectionLimitsTest {
  private final Refusals refusals = new Refusals();
  private final ConnectionLimits limits =
      new ConnectionLimits(new ConnectionLimits.Settings(100, 2, 1), refusals);

  @Test
  void acquireHttp_fromOneAddress_isHalfOfAll() {
    var held = new ArrayList<ConnectionLimits.Slot>();
    for (var at = 0; at < 200; at++) {
      held.add(Objects.requireNonNull(limits.acquireHttp("203.0.113.7", false)));
    }
    assertThat(limits.acquireHttp("203.0.113.7", false)).isNull();
    assertThat(refusals.of(RefusalReason.CONNECTIONS)).isEqualTo(1);
    for (var at = 0; at < 200; at++) {
      assertThat(limits.acquireHttp("198.51.100." + at, false)).isNotNull();
    }
    assertThat(limits.acquireHttp("192.0.2.1", false)).isNull();

    held.forEach(ConnectionLimits.Slot::release);
    assertThat(limits.http()).isEqualTo(200);
    assertThat(limits.acquireHttp("203.0.113.7", false)).isNotNull();
  }

  @Test
  void acquireHttp_throughAProxy_isNoOnesShare() {
    for (var at = 0; at < 400; at++) {
      assertThat(limits.acquireHttp("127.0.0.1", true)).isNotNull();
    }
    assertThat(limits.acquireHttp("127.0.0.1", true)).isNull();
  }

  /* A subscriber has 2^64 addresses of IPv6. */
  @Test
  void acquire_fromTwoAddressesOfASubscriber_isOneClient() {
    for (var at = 1; at <= 2; at++) {
      var who = new Principal.Anonymous("2001:db8:1:2::" + at);
      assertThat(limits.acquire(who, null)).isNotNull();
    }
    assertThat(limits.acquire(new Principal.Anonymous("2001:db8:1:2:f::9"), null)).isNull();
    assertThat(limits.acquire(new Principal.Anonymous("2001:db8:1:3::1"), null)).isNotNull();
    assertThat(refusals.of(RefusalReason.SOCKETS_OF_CLIENT)).isEqualTo(1);
  }

  @Test
  void acquire_ofAResourceThatIsFull_countsNothing() {
    var who = new Principal.Anonymous("203.0.113.7");
    var first = Objects.requireNonNull(limits.acquire(who, "schedule 12"));
    assertThat(limits.acquire(who, "schedule 12")).isNull();
    assertThat(refusals.of(RefusalReason.SOCKETS_OF_RESOURCE)).isEqualTo(1);
    first.release();

    assertThat(limits.clients()).isEmpty();
    assertThat(limits.resources()).isEmpty();
  }

  @Test
  void acquire_atTwoServers_isBoundedInAll() {
    var settings = new ConnectionLimits.Settings(100, 10, 4);
    var east = new ConnectionLimits(settings, refusals);
    var west =
        new ConnectionLimits(
            settings, refusals, holder -> east.told().getOrDefault(holder, 0L).longValue());
    var who = new Principal.Anonymous("203.0.113.7");
    for (var at = 0; at < 3; at++) {
      assertThat(east.acquire(who, "schedule 12")).isNotNull();
    }
    assertThat(east.told())
        .containsOnly(entry("address 203.0.113.7", 3L), entry("resource schedule 12", 3L));

    assertThat(west.acquire(who, "schedule 12")).isNotNull();
    assertThat(west.acquire(who, "schedule 12")).isNull();
    for (var at = 0; at < 6; at++) {
      assertThat(west.acquire(who, null)).isNotNull();
    }
    assertThat(west.acquire(who, null)).isNull();
    assertThat(west.acquire(new Principal.Anonymous("203.0.113.8"), null)).isNotNull();
  }

  @Test
  void told_ofHoldersOfFew_isNothing() {
    var some = new ConnectionLimits(new ConnectionLimits.Settings(100, 10, 10), refusals);
    var who = new Principal.Anonymous("203.0.113.7");
    assertThat(some.acquire(who, "schedule 12")).isNotNull();
    assertThat(some.told()).isEmpty();
    assertThat(some.acquire(who, null)).isNotNull();
    assertThat(some.told()).containsOnly(entry("address 203.0.113.7", 2L));
  }
}
