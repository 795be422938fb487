package dev.headway.server.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Principal.Credential;
import dev.headway.core.account.Role;
import dev.headway.core.id.IdSource;
import dev.headway.server.socket.Verification.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of this server's own making: JWTs signed with HS256 (RFC 7515, RFC 7518 section 3.2).
 * Thread-safe.
 */
public final class LocalTokens {
  /**
   * The contents of a token.
   *
   * @param user the id of the user whose token it is
   * @param claims what it says besides
   */
  public record Contents(long user, Map<String, Object> claims) {
    /** Takes a copy. */
    public Contents {
      claims = Map.copyOf(claims);
    }

    /** Those of a token for everything that a user may do. */
    public static Contents of(long user, String email, Role role) {
      return new Contents(user, Map.of("email", email, "role", role.name()));
    }

    /** The same for watching these topics and nothing else. */
    public Contents watching(Set<String> topics) {
      var more = new HashMap<>(claims);
      more.put(TOPICS, topics.stream().sorted().toList());
      return new Contents(user, more);
    }
  }

  /**
   * A signed token.
   *
   * @param text the token itself
   */
  public record Signed(String text, Credential credential) {
    /** The token as it is noted. */
    public IssuedToken noted(long user, IssuedToken.Kind kind, String detail, Instant signedInAt) {
      return new IssuedToken(
          credential.tokenId(), user, kind, detail, signedInAt, credential.issuedAt(), expiresAt());
    }

    /** When it ends. */
    public Instant expiresAt() {
      return Objects.requireNonNull(credential.expiresAt());
    }

    @Override
    public String toString() {
      return "Signed[" + credential + "]";
    }
  }

  private static final String TOPICS = "topics";
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final JWSSigner signer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final IdSource ids;

  LocalTokens(SigningKey key, InstantSource clock, IdSource ids) {
    try {
      signer = new MACSigner(key.secret());
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("The signing key does not fit HS256", tooShort);
    }
    this.ids = ids;
    processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, key.secret()));
    processor.setJWTClaimsSetVerifier(
        new ClaimsAt(
            clock, null, new JWTClaimsSet.Builder().build(), Set.of("exp", "jti"), Duration.ZERO));
  }

  /*
   * `iat` counts whole seconds; the id, a UUID of version 7, has the moment to the millisecond. So
   * a token that is made just after a change of password is told from one made just before.
   */
  Signed issue(Contents contents, Duration lifetime) {
    var id = ids.uuid();
    var issuedAt = CredentialIds.madeAt(id);
    var expiresAt = Instant.ofEpochSecond(issuedAt.plus(lifetime).getEpochSecond());
    var claims =
        new JWTClaimsSet.Builder()
            .subject(Long.toString(contents.user()))
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(expiresAt))
            .jwtID(id.toString());
    contents.claims().forEach(claims::claim);
    var credential = new Credential(id.toString(), issuedAt, expiresAt);
    return new Signed(sign(claims.build()), credential);
  }

  private String sign(JWTClaimsSet claims) {
    var token = new SignedJWT(HEADER, claims);
    try {
      token.sign(signer);
    } catch (JOSEException failed) {
      throw new IllegalStateException("A token could not be signed", failed);
    }
    return token.serialize();
  }

  TokenCheck check(SignedJWT token) throws BadJOSEException, JOSEException, ParseException {
    var claims = processor.process(token, null);
    var subject = Tokens.subject(claims);
    if (subject == null) {
      return Tokens.NO_SUBJECT;
    }
    var id = UUID.fromString(claims.getJWTID());
    var expiresAt = claims.getExpirationTime().toInstant();
    var credential = new Credential(id.toString(), CredentialIds.madeAt(id), expiresAt);
    try {
      return new TokenCheck.OfUser(Long.parseLong(subject), topics(claims), credential);
    } catch (NumberFormatException _) {
      return new TokenCheck.Refused(Reason.NO_SUBJECT, "sub is not a user's id");
    }
  }

  private static @Nullable Set<String> topics(JWTClaimsSet claims) throws ParseException {
    var topics = claims.getStringListClaim(TOPICS);
    return topics == null ? null : Set.copyOf(topics);
  }
}
