package dev.headway.server.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.headway.core.account.Identity;
import dev.headway.core.account.Principal.Credential;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.EdECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens of an identity provider with the keys that it publishes. Thread-safe; may block.
 */
final class ProviderTokens {
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt"); // RFC 9068

  private final Provider provider;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  ProviderTokens(Provider provider, InstantSource clock) {
    this.provider = provider;
    var exact = new JWTClaimsSet.Builder().issuer(provider.issuer()).build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
    processor.setJWSKeySelector(new ProviderKeys(provider));
    processor.setJWSVerifierFactory(new Verifiers());
    processor.setJWTClaimsSetVerifier(
        new ClaimsAt(clock, Set.of(provider.audience()), exact, Set.of("exp", "iat"), Tokens.SKEW));
  }

  /** The library's verifiers, and the JDK's Ed25519. */
  private static final class Verifiers extends DefaultJWSVerifierFactory {
    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
      return key instanceof EdECPublicKey edwards
          ? new Ed25519Verifier(edwards)
          : super.createJWSVerifier(header, key);
    }
  }

  /** Whether the token says that the provider made it. */
  boolean claims(SignedJWT token) throws ParseException {
    return provider.issuer().equals(token.getJWTClaimsSet().getIssuer());
  }

  TokenCheck check(SignedJWT token) throws BadJOSEException, JOSEException {
    try {
      return judged(token, processor.process(token, null));
    } catch (RateLimitReachedException _) {
      return TokenCheck.Refused.invalid("the key is unknown, and was looked for just now");
    } catch (KeySourceException unreachable) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE,
          "The identity provider cannot be reached, so its tokens cannot be checked; try again",
          unreachable);
    }
  }

  private TokenCheck judged(SignedJWT token, JWTClaimsSet claims) {
    var subject = Tokens.subject(claims);
    if (subject == null) {
      return Tokens.NO_SUBJECT;
    }
    var verified = String.valueOf(claims.getClaim("email_verified"));
    if (!(claims.getClaim("email") instanceof String email) || !verified.equals("true")) {
      return TokenCheck.Refused.invalid("no verified e-mail address");
    }
    var role = claims.getClaim(provider.roleClaim()) instanceof String name ? name : "";
    var credential =
        new Credential(
            id(token, claims),
            claims.getIssueTime().toInstant(),
            claims.getExpirationTime().toInstant().plus(Tokens.SKEW)); // as its end is seen here
    var identity = new Identity(provider.issuer(), subject, email.strip().toLowerCase(Locale.ROOT));
    return new TokenCheck.OfProvider(identity, role, credential, signedInAt(claims));
  }

  private static @Nullable Instant signedInAt(JWTClaimsSet claims) {
    return claims.getClaim("auth_time") instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : null;
  }

  /* A token without an id is named by what is signed: signatures can be spelled in several ways. */
  private static String id(SignedJWT token, JWTClaimsSet claims) {
    return CredentialIds.ofExternal(
        Objects.requireNonNullElseGet(
            claims.getJWTID(),
            () -> Digests.sha256(new String(token.getSigningInput(), StandardCharsets.US_ASCII))));
  }
}
