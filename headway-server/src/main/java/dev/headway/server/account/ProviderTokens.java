package dev.headway.server.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.core.account.Principal.Credential;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens of an identity provider, verified with the keys it publishes (RFC 7517). The keys are kept
 * for five minutes; a token with an unknown key has them fetched again at once, but not more often
 * than twice in 30 seconds; when the provider cannot be reached, they hold for four hours.
 * Thread-safe; fetching blocks.
 */
final class ProviderTokens implements TokenVerifier {
  private static final Duration KEEP = Duration.ofMinutes(5);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final int MOST_BYTES = 256 * 1024;

  private final Provider provider;
  private final InstantSource clock;
  private final Set<JWSAlgorithm> algorithms;
  private final JWKSource<SecurityContext> keys;

  ProviderTokens(Provider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
    this.algorithms =
        provider.algorithms().stream()
            .map(JWSAlgorithm::parse)
            .collect(Collectors.toUnmodifiableSet());
    this.keys = keys(provider);
  }

  private static JWKSource<SecurityContext> keys(Provider provider) {
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

  /** Whether the token says that the provider made it. */
  boolean claims(SignedJWT token) throws ParseException {
    return provider.issuer().equals(token.getJWTClaimsSet().getIssuer());
  }

  @Override
  public Claims verify(SignedJWT token)
      throws RefusedTokenException, ParseException, JOSEException {
    if (!algorithms.contains(token.getHeader().getAlgorithm())) {
      throw RefusedTokenException.invalid("the algorithm is not among those set");
    }
    if (!signedByProvider(token)) {
      throw RefusedTokenException.invalid("the signature is not by a key of the provider");
    }
    var claims = token.getJWTClaimsSet();
    if (!claims.getAudience().contains(provider.audience())) {
      throw RefusedTokenException.invalid("made for another audience");
    }
    var expiresAt = TokenVerifier.validUntil(claims, clock.instant());
    TokenVerifier.subject(claims);
    var issuedAt = TokenVerifier.moment(claims.getIssueTime(), "iat");
    var credential = new Credential(id(token, claims), issuedAt, expiresAt);
    return new Claims.External(email(claims), role(claims), credential);
  }

  private boolean signedByProvider(SignedJWT token) throws RefusedTokenException, JOSEException {
    for (var key : candidates(token.getHeader())) {
      if (token.verify(verifier(key))) {
        return true;
      }
    }
    return false;
  }

  private List<JWK> candidates(JWSHeader header) throws RefusedTokenException {
    var matcher =
        new JWKMatcher.Builder()
            .keyType(KeyType.forAlgorithm(header.getAlgorithm()))
            .keyID(header.getKeyID())
            .keyUses(KeyUse.SIGNATURE, null)
            .algorithms(header.getAlgorithm(), null)
            .build();
    try {
      return keys.get(new JWKSelector(matcher), null);
    } catch (RateLimitReachedException _) {
      throw RefusedTokenException.invalid("the key is unknown, and was looked for just now");
    } catch (KeySourceException unreachable) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE,
          "The identity provider cannot be reached, so its tokens cannot be checked; try again",
          unreachable);
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey curve -> new ECDSAVerifier(curve);
      case OctetKeyPair edwards -> new Ed25519Verifier(edwards);
      case JWK other ->
          throw new JOSEException("No signatures by keys of type " + other.getKeyType());
    };
  }

  /* A token without an id of its own is named by its signature, which nobody can make again. */
  private static String id(SignedJWT token, JWTClaimsSet claims) {
    return CredentialIds.ofExternal(
        Objects.requireNonNullElseGet(
            claims.getJWTID(), () -> Digests.sha256(token.getSignature().toString())));
  }

  private static String email(JWTClaimsSet claims) throws RefusedTokenException {
    var email = claims.getClaim("email");
    var verified = String.valueOf(claims.getClaim("email_verified"));
    if (!(email instanceof String address) || !verified.equals("true")) {
      throw RefusedTokenException.invalid("no verified e-mail address");
    }
    return address.strip().toLowerCase(Locale.ROOT);
  }

  private String role(JWTClaimsSet claims) {
    return claims.getClaim(provider.roleClaim()) instanceof String name ? name : "";
  }
}
