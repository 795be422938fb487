package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.id.IdSource;
import dev.headway.server.account.token.Provider;
import dev.headway.server.account.token.Revocation;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.limit.Refusals;
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
public final class Installation {
  public static final String PASSWORD = "swordfish-1";

  /** The role of an application. */
  public static final Role ENGINEER = new Role("engineer");

  public final ManualClock clock = ManualClock.atNoon();
  public final IdSource ids = Ids.seeded(clock);
  public final CountingStore store = new CountingStore();
  public final CountingHasher hasher = new CountingHasher();
  public final List<Revocation> revocations = new ArrayList<>();
  public final AuthConfig config;
  public final SigningKey key;
  public final Accounts services;

  public Installation(Path directory) {
    this(directory, null);
  }

  public Installation(Path directory, @Nullable Provider provider) {
    config = AuthConfig.DEFAULTS.withProvider(provider).on(true);
    key = SigningKey.loadOrCreate(config.keyFile(directory), new SplittableRandom(7));
    services = started();
    services.revocations().onRevoked(revocations::add);
  }

  /** Another server on the same database, or this one after a restart. */
  public Accounts started() {
    return started(config);
  }

  public Accounts started(AuthConfig changed) {
    var started = new Accounts(changed, key, store, hasher, clock, ids, new Refusals());
    started.roles().register(Set.of(ENGINEER));
    return started;
  }

  public UserView add(String name, Role role) {
    return services.users().add(login(name), role);
  }

  /** Signs in a moment later, as people do. */
  public String signIn(String name) {
    clock.advance(Duration.ofMillis(5));
    return services.sessions().login(login(name), "192.0.2.1").accessToken();
  }

  public static Login login(String name) {
    return new Login(name + "@example.com", PASSWORD);
  }

  public Verification verify(String token) {
    return services.authenticator().verify(token);
  }

  public Principal principal(String token) {
    var verification = verify(token);
    assertThat(verification).isInstanceOf(Verification.Valid.class);
    return ((Verification.Valid) verification).principal();
  }

  public Principal.Known known(String token) {
    return (Principal.Known) principal(token);
  }
}
