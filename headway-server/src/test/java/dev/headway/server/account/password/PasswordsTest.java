package dev.headway.server.account.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.account.User;
import dev.headway.core.port.PasswordHasher;
import dev.headway.server.account.CountingHasher;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import dev.headway.testkit.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  @Test
  void hash_argon2_namesItsParametersAndMatchesOnlyItsPassword() {
    var passwords = new Passwords(new Argon2(), 1, new Refusals());
    var hash = passwords.hash("swordfish-1");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("swordfish");
    assertThat(passwords.matches("swordfish-1", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("swordfish-2", Optional.of(hash))).isFalse();
  }

  @Test
  void matches_decoy_isCheckedWithTheSameParametersAndNeverMatches() {
    var argon2 = new Argon2();
    assertThat(argon2.decoy()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(argon2.decoy()).hasSameSizeAs(argon2.hash("swordfish-1"));
    assertThat(argon2.matches("swordfish-1", argon2.decoy())).isFalse();
  }

  @Test
  void matches_textThatIsNoHash_isFalse() {
    assertThat(new Argon2().matches("!", "!")).isFalse();
  }

  @Test
  void matches_knownOrUnknownAccount_checksExactlyOnce() {
    var hasher = new CountingHasher();
    var passwords = new Passwords(hasher, 1, new Refusals());
    assertThat(passwords.matches("swordfish-1", Optional.of("plain:swordfish-1"))).isTrue();
    assertThat(hasher.checked).hasValue(1);
    assertThat(passwords.matches("swordfish-1", Optional.empty())).isFalse();
    assertThat(hasher.checked).hasValue(2);
    assertThat(passwords.matches("swordfish-1", Optional.of(User.NO_PASSWORD))).isFalse();
    assertThat(hasher.checked).hasValue(3);
  }

  @Test
  void matches_theDecoysOwnPassword_isStillFalse() {
    var passwords = new Passwords(new CountingHasher(), 1, new Refusals());
    assertThat(passwords.matches("correct horse", Optional.empty())).isFalse();
  }

  @Test
  void matches_lettersComposedDifferently_isTrue() {
    var passwords = new Passwords(new CountingHasher(), 1, new Refusals());
    var hash = passwords.hash("Z\u00fcrich-2026");
    assertThat(passwords.matches("Zu\u0308rich-2026", Optional.of(hash))).isTrue();
  }

  @Test
  void hash_manyAtOnce_runsNoMoreThanAllowed() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var bothIn = new CountDownLatch(2);
    var slow =
        new PasswordHasher() {
          @Override
          public String hash(String password) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            bothIn.countDown();
            awaitBoth();
            running.decrementAndGet();
            return password;
          }

          private void awaitBoth() {
            try {
              bothIn.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public boolean matches(String password, String hash) {
            return password.equals(hash);
          }

          @Override
          public String decoy() {
            return "";
          }
        };
    var passwords = new Passwords(slow, 2, new Refusals());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var thread = 0; thread < 20; thread++) {
        threads.execute(() -> passwords.hash("x"));
      }
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void hash_moreThanMayWait_areRefusedAtOnce() {
    var go = new CountDownLatch(1);
    var refusals = new Refusals();
    var hashed = new AtomicInteger();
    var passwords = new Passwords(new WaitingHasher(go), 1, Duration.ofHours(1), refusals);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var thread = 0; thread < 1 + Passwords.MOST_WAITING + 5; thread++) {
        threads.execute(() -> {
          passwords.hash("x");
          hashed.incrementAndGet();
        });
      }
      await().atMost(Patience.LONG).until(() -> refusals.of(RefusalReason.PASSWORDS) == 5);
      go.countDown();
    }
    assertThat(hashed).hasValue(1 + Passwords.MOST_WAITING);
    assertThat(refusals.of(RefusalReason.PASSWORDS)).isEqualTo(5);
  }

  /** A hasher that waits for a latch. */
  private record WaitingHasher(CountDownLatch go) implements PasswordHasher {
    @Override
    public String hash(String password) {
      try {
        go.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return password;
    }

    @Override
    public boolean matches(String password, String hash) {
      return password.equals(hash);
    }

    @Override
    public String decoy() {
      return "";
    }
  }
}
