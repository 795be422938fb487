package dev.headway.micro;

import dev.headway.core.account.Role;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.account.Login;
import dev.headway.server.account.password.Argon2;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.Verification;
import dev.headway.testkit.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * The principal behind a token. Its signature was verified before, as for all requests but the
 * first.
 */
public class TokenVerification extends Measured {
  private Accounts services = signedIn();
  private String token = "";

  private static Accounts signedIn() {
    try {
      var folder = Files.createTempDirectory("headway-micro");
      var config = AuthConfig.DEFAULTS.on(true);
      var key = SigningKey.loadOrCreate(config.keyFile(folder), new SecureRandom());
      var clock = Clock.systemUTC();
      return new Accounts(
          config,
          key,
          new InMemoryAccountStore(),
          new Argon2(),
          clock,
          Ids.seeded(clock),
          new Refusals());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Signs in. */
  @Setup(Level.Trial)
  public void signIn() {
    var login = new Login("someone@example.com", "correct horse battery");
    services.users().add(login, Role.USER);
    token = services.sessions().login(login, "192.0.2.1").accessToken();
  }

  /** The verification. */
  @Benchmark
  public Verification verify() {
    return services.authenticator().verify(token);
  }
}
