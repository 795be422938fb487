package dev.headway.server.account;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings under {@code auth}.
 *
 * @param keyFile where the signing key is; null for {@code signing.key} in the data directory
 * @param tokenSeconds how long a token lasts, 60 seconds to 30 days
 * @param registration who may register
 * @param anonymous whether clients without credentials are served where that is safe: on a server
 *     bound to loopback addresses alone
 * @param reloadSeconds how often accounts are read again, for what other processes changed; 1 to
 *     3,600
 * @param parallelHashes how many passwords are hashed at a time, each with 19 MiB; 1 to 64
 * @param login how many sign-ins may fail
 * @param provider an identity provider whose tokens hold as well; null for none
 */
public record AuthConfig(
    @Nullable Path keyFile,
    int tokenSeconds,
    Registration registration,
    boolean anonymous,
    int reloadSeconds,
    int parallelHashes,
    LoginLimits login,
    @Nullable Provider provider) {

  /** What is set when nothing is. */
  public static final AuthConfig DEFAULTS =
      new AuthConfig(
          null, 43_200, Registration.AUTO, true, 30, 2, new LoginLimits(5, 20, 300), null);

  /** Who may register. */
  public enum Registration {
    /** Everybody who reaches a server bound to loopback addresses alone; nobody otherwise. */
    AUTO,
    /** Everybody. */
    OPEN,
    /** Nobody: {@code headway user add} makes accounts. */
    CLOSED
  }

  /**
   * How many sign-ins may fail before more are refused.
   *
   * @param accountFailures of one account in a window, from 1
   * @param addressFailures from one address in a window, from 1
   * @param windowSeconds the window, 1 to 86,400
   */
  public record LoginLimits(int accountFailures, int addressFailures, int windowSeconds) {
    private void collect(List<Defect> defects) {
      defects.addAll(range("auth.login.account-failures", accountFailures, 1, 1_000_000));
      defects.addAll(range("auth.login.address-failures", addressFailures, 1, 1_000_000));
      defects.addAll(range("auth.login.window-seconds", windowSeconds, 1, 86_400));
    }
  }

  /**
   * Checks everything.
   *
   * @throws HeadwayException VALIDATION_ERROR with every setting that is wrong
   */
  public AuthConfig {
    var defects = new ArrayList<Defect>();
    defects.addAll(range("auth.token-seconds", tokenSeconds, 60, 30 * 86_400));
    defects.addAll(range("auth.reload-seconds", reloadSeconds, 1, 3_600));
    defects.addAll(range("auth.parallel-hashes", parallelHashes, 1, 64));
    login.collect(defects);
    if (provider != null) {
      provider.collect(defects);
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
  }

  /** The same with another rule of who may register. */
  public AuthConfig withRegistration(Registration value) {
    return new AuthConfig(
        keyFile, tokenSeconds, value, anonymous, reloadSeconds, parallelHashes, login, provider);
  }

  /** The same with an identity provider. */
  public AuthConfig withProvider(@Nullable Provider value) {
    return new AuthConfig(
        keyFile,
        tokenSeconds,
        registration,
        anonymous,
        reloadSeconds,
        parallelHashes,
        login,
        value);
  }

  /** Where the signing key is. */
  public Path keyFile(Path dataDirectory) {
    return keyFile == null ? dataDirectory.resolve("signing.key") : keyFile;
  }

  /**
   * The same with {@code registration} and {@code anonymous} as they are on this server.
   *
   * @param loopbackOnly whether it is bound to loopback addresses alone
   */
  public AuthConfig on(boolean loopbackOnly) {
    var automatic = loopbackOnly ? Registration.OPEN : Registration.CLOSED;
    return new AuthConfig(
        keyFile,
        tokenSeconds,
        registration == Registration.AUTO ? automatic : registration,
        anonymous && loopbackOnly,
        reloadSeconds,
        parallelHashes,
        login,
        provider);
  }

  private static List<Defect> range(String setting, int value, int least, int most) {
    return value >= least && value <= most
        ? List.of()
        : List.of(
            Defect.ofField(
                setting,
                "The setting %s (%d) must be from %d to %d"
                    .formatted(setting, value, least, most)));
  }
}
