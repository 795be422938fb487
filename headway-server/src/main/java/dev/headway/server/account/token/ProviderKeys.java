package dev.headway.server.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The public keys of an identity provider (RFC 7517). They are kept for five minutes; a token with
 * an unknown key has them fetched again at once, but not more often than twice in 30 seconds; when
 * the provider cannot be reached, they hold for four hours. RSA keys of less than 2,048 bits are
 * passed over (NIST SP 800-131A, section 3). Thread-safe; fetching blocks.
 */
final class ProviderKeys implements JWSKeySelector<SecurityContext> {
  private static final Duration KEEP = Duration.ofMinutes(5);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LEAST_RSA_BITS = 2_048;

  private final Set<JWSAlgorithm> algorithms;
  private final JWKSource<SecurityContext> keys;

  ProviderKeys(Provider provider) {
    algorithms =
        provider.algorithms().stream()
            .map(JWSAlgorithm::parse)
            .collect(Collectors.toUnmodifiableSet());
    keys = source(provider);
  }

  private static JWKSource<SecurityContext> source(Provider provider) {
    var timeout = Math.toIntExact(FETCH_TIMEOUT.toMillis());
    var retriever = new DefaultResourceRetriever(timeout, timeout, MOST_BYTES);
    try {
      return JWKSourceBuilder.<SecurityContext>create(provider.jwksUrl().toURL(), retriever)
          .cache(KEEP.toMillis(), 3L * timeout)
          .refreshAheadCache(false)
          .rateLimited(FETCH_INTERVAL.toMillis())
          .retrying(true)
          .outageTolerant(OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException noAddress) {
      throw new IllegalArgumentException("The jwks-url is not an address", noAddress);
    }
  }

  @Override
  public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context)
      throws KeySourceException {
    if (!algorithms.contains(header.getAlgorithm())) {
      return List.of();
    }
    var found = new ArrayList<Key>();
    for (var key : keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), context)) {
      if (!(key instanceof RSAKey rsa) || rsa.size() >= LEAST_RSA_BITS) {
        found.add(publicKey(key));
      }
    }
    return found;
  }

  private static Key publicKey(JWK key) throws KeySourceException {
    try {
      return switch (key) {
        case OctetKeyPair edwards -> Ed25519Verifier.publicKey(edwards);
        case AsymmetricJWK other -> other.toPublicKey();
        default -> throw new JOSEException("No signatures by keys of type " + key.getKeyType());
      };
    } catch (JOSEException unusable) {
      throw new KeySourceException("A key of the provider cannot be used", unusable);
    }
  }
}
