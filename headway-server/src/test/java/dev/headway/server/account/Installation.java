package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.server.socket.Verification;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The account services over a store in memory, with a clock to move and a hasher that counts. */
final class Installation {
  static final String PASSWORD = "swordfish-1";

  /** The role of an application. */
  static final Role ENGINEER = new Role("engineer");

  final ManualClock clock = ManualClock.atNoon();
  final Sources sources = new Sources(clock, Ids.seeded(clock));
  final CountingStore store = new CountingStore();
  final CountingHasher hasher = new CountingHasher();
  final List<Revocation> revocations = new ArrayList<>();
  final AuthConfig config;
  final SigningKey key;
  final AccountServices services;

  Installation(Path directory) {
    this(directory, null);
  }

  Installation(Path directory, @Nullable Provider provider) {
    config = AuthConfig.DEFAULTS.withProvider(provider).on(true);
    key = SigningKey.loadOrCreate(config.keyFile(directory), new SplittableRandom(7));
    services = started();
    services.revocations().onRevoked(revocations::add);
  }

  /** Another server on the same database, or this one after a restart. */
  AccountServices started() {
    return started(config);
  }

  AccountServices started(AuthConfig changed) {
    var started = new AccountServices(changed, key, store, hasher, sources);
    started.roles().register(Set.of(ENGINEER));
    return started;
  }

  UserView add(String name, Role role) {
    return services.accounts().add(login(name), role);
  }

  /** Signs in a moment later, as people do. */
  String signIn(String name) {
    clock.advance(Duration.ofMillis(5));
    return services.accounts().login(login(name), "192.0.2.1").accessToken();
  }

  static Accounts.Login login(String name) {
    return new Accounts.Login(name + "@example.com", PASSWORD);
  }

  Verification verify(String token) {
    return services.authenticator().verify(token);
  }

  Principal principal(String token) {
    var verification = verify(token);
    assertThat(verification).isInstanceOf(Verification.Valid.class);
    return ((Verification.Valid) verification).principal();
  }

  Principal.Known known(String token) {
    return (Principal.Known) principal(token);
  }
}
