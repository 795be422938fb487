package dev.headway.server.account.token;

import dev.headway.core.error.Defect;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.Words;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * An identity provider whose tokens are accepted here (settings under {@code auth.provider}).
 *
 * <p>Its people become users at first sight, known by {@code iss} and {@code sub}: an address that
 * the provider gives to somebody else brings nothing of its former holder, and one that a user here
 * has is refused. The token must carry {@code email}, with {@code email_verified} true. The role is
 * the provider's to give, in {@code roleClaim}, by its name; a token without one, or with one that
 * is not known here, changes nothing. Such tokens are renewed and ended at the provider; revoking
 * one here, or deactivating the user, ends it at once nevertheless.
 *
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must contain: a token made for another service does not hold
 *     (RFC 8725, section 3.9)
 * @param jwksUrl where the provider's public keys are: https, or http on a loopback address
 * @param algorithms which signatures are accepted, of RS256, ES256 and EdDSA
 * @param roleClaim the claim that has the role
 */
public record Provider(
    @Setting(
            name = "auth.provider.issuer",
            text = "An identity provider whose tokens hold as well: their `iss`.")
        String issuer,
    @Setting(name = "auth.provider.audience", text = "What their `aud` must contain.")
        String audience,
    @Setting(
            name = "auth.provider.jwks-url",
            text = "Where the provider's public keys are (https).")
        URI jwksUrl,
    @Setting(
            name = "auth.provider.algorithms",
            preset = "ES256, EdDSA, RS256",
            type = Algorithms.class,
            text = "The signatures that are accepted.")
        Set<String> algorithms,
    @Setting(
            name = "auth.provider.role-claim",
            preset = "role",
            text = "The claim that holds the role: user, worker, engineer or admin.")
        String roleClaim) {
  /** The algorithms that can be accepted, and are by default. */
  public static final Set<String> ALGORITHMS = Set.of("RS256", "ES256", "EdDSA");

  /** Some of {@link #ALGORITHMS}. */
  static final class Algorithms extends Words {
    Algorithms() {
      super(ALGORITHMS);
    }
  }

  /** Takes a copy of the algorithms. */
  public Provider {
    algorithms = Set.copyOf(algorithms);
  }

  /** A provider with all algorithms and the role in {@code role}. */
  public static Provider of(String issuer, String audience, URI jwksUrl) {
    return new Provider(issuer, audience, jwksUrl, ALGORITHMS, "role");
  }

  /** Adds what is wrong with the settings. */
  public void collect(List<Defect> defects) {
    required(defects, "auth.provider.issuer", issuer);
    required(defects, "auth.provider.audience", audience);
    required(defects, "auth.provider.role-claim", roleClaim);
    if (!safe(jwksUrl)) {
      defects.add(
          Defect.ofField(
              "auth.provider.jwks-url",
              "The setting auth.provider.jwks-url (%s) must be an https address"
                  .formatted(jwksUrl)));
    }
    if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      defects.add(
          Defect.ofField(
              "auth.provider.algorithms",
              "The setting auth.provider.algorithms (%s) must name some of RS256, ES256, EdDSA"
                  .formatted(String.join(", ", algorithms.stream().sorted().toList()))));
    }
  }

  private static void required(List<Defect> defects, String setting, String value) {
    if (value.isBlank()) {
      defects.add(Defect.ofField(setting, "The setting " + setting + " must not be empty"));
    }
  }

  /* Keys that came over an open network could be anybody's. */
  private static boolean safe(URI url) {
    var host = url.getHost();
    if (host == null) {
      return false;
    }
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme()) && (host.equals("localhost") || loopback(host)));
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false; // a name; it is not looked up
    }
  }
}
