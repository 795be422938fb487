package dev.headway.server.account;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.setting.AllOrNone;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import dev.headway.server.account.token.Provider;
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
 * @param registrations how many accounts may be made
 * @param provider an identity provider whose tokens hold as well; null for none
 */
public record AuthConfig(
    @Setting(
            name = "auth.key-file",
            text =
                "The key that signs tokens; servers on one database share it. When empty,"
                    + " signing.key in the data directory. Made at the first start.")
        @Nullable Path keyFile,
    @Setting(
            name = "auth.token-seconds",
            preset = "43200",
            min = 60,
            max = 30 * 86_400,
            text = "How long a token lasts.")
        int tokenSeconds,
    @Setting(
            name = "auth.registration",
            preset = "auto",
            text =
                "Who may register: auto is open to this machine alone, on loopback addresses and not through a proxy, until registration was closed once; open is for everybody.")
        Registration registration,
    @Setting(
            name = "auth.anonymous",
            preset = "true",
            text =
                "Whether clients without a token are served. Never on other than loopback"
                    + " addresses.")
        boolean anonymous,
    @Setting(
            name = "auth.reload-seconds",
            preset = "30",
            min = 1,
            max = 3_600,
            text = "How often accounts are read again, for what other processes have changed.")
        int reloadSeconds,
    @Setting(
            name = "auth.parallel-hashes",
            preset = "2",
            min = 1,
            max = 64,
            text = "How many passwords are hashed at a time, with 19 MiB each.")
        int parallelHashes,
    LoginLimits login,
    RegistrationLimits registrations,
    @AllOrNone({"auth.provider.issuer", "auth.provider.audience", "auth.provider.jwks-url"})
        @Nullable Provider provider) {

  /** What is set when nothing is. */
  public static final AuthConfig DEFAULTS = SettingTree.defaults(AuthConfig.class);

  /** The people who may register. */
  public enum Registration {
    /** Clients on the machine of a server that is bound to loopback addresses alone. */
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
  public record LoginLimits(
      @Setting(
              name = "auth.login.account-failures",
              preset = "5",
              min = 1,
              max = 1_000_000,
              text = "Failed sign-ins to one account in a window before more are refused.")
          int accountFailures,
      @Setting(
              name = "auth.login.address-failures",
              preset = "20",
              min = 1,
              max = 1_000_000,
              text = "Failed sign-ins from one address in a window before more are refused.")
          int addressFailures,
      @Setting(
              name = "auth.login.window-seconds",
              preset = "300",
              min = 1,
              max = 86_400,
              text = "The window.")
          int windowSeconds) {
    private List<Defect> defects() {
      return SettingTree.defects(
          LoginLimits.class, accountFailures, addressFailures, windowSeconds);
    }
  }

  /**
   * How many accounts may be made by registering before more are refused.
   *
   * @param addressPerHour from one address in an hour, from 1
   * @param perHour in all in an hour, from 1
   */
  public record RegistrationLimits(
      @Setting(
              name = "auth.registrations.address-per-hour",
              preset = "60",
              min = 1,
              max = 1_000_000,
              text = "Registrations from one address in an hour before more are refused.")
          int addressPerHour,
      @Setting(
              name = "auth.registrations.per-hour",
              preset = "600",
              min = 1,
              max = 1_000_000,
              text = "Registrations in all in an hour before more are refused.")
          int perHour) {
    private List<Defect> defects() {
      return SettingTree.defects(RegistrationLimits.class, addressPerHour, perHour);
    }
  }

  /**
   * Checks everything.
   *
   * @throws HeadwayException VALIDATION_ERROR with every setting that is wrong
   */
  public AuthConfig {
    var defects =
        new ArrayList<>(
            SettingTree.defects(
                AuthConfig.class,
                keyFile,
                tokenSeconds,
                registration,
                anonymous,
                reloadSeconds,
                parallelHashes));
    defects.addAll(login.defects());
    defects.addAll(registrations.defects());
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
        keyFile,
        tokenSeconds,
        value,
        anonymous,
        reloadSeconds,
        parallelHashes,
        login,
        registrations,
        provider);
  }

  /** The same with clients without credentials served, or not. */
  public AuthConfig withAnonymous(boolean value) {
    return new AuthConfig(
        keyFile,
        tokenSeconds,
        registration,
        value,
        reloadSeconds,
        parallelHashes,
        login,
        registrations,
        provider);
  }

  /** The same with tokens that last longer or shorter, in seconds. */
  public AuthConfig withTokenSeconds(int value) {
    return new AuthConfig(
        keyFile,
        value,
        registration,
        anonymous,
        reloadSeconds,
        parallelHashes,
        login,
        registrations,
        provider);
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
        registrations,
        value);
  }

  /** Where the signing key is. */
  public Path keyFile(Path dataDirectory) {
    return keyFile == null ? dataDirectory.resolve("signing.key") : keyFile;
  }

  /**
   * The same with {@code registration} and {@code anonymous} as they are on this server: only on
   * loopback addresses does {@code auto} leave it to the client.
   *
   * @param loopbackOnly whether it is bound to loopback addresses alone
   */
  public AuthConfig on(boolean loopbackOnly) {
    return new AuthConfig(
        keyFile,
        tokenSeconds,
        registration == Registration.AUTO && !loopbackOnly ? Registration.CLOSED : registration,
        anonymous && loopbackOnly,
        reloadSeconds,
        parallelHashes,
        login,
        registrations,
        provider);
  }
}
