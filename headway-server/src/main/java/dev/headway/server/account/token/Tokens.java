package dev.headway.server.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.headway.core.id.IdSource;
import dev.headway.server.socket.Verification.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks tokens (JSON Web Tokens, RFC 7519; used as RFC 8725 advises). Algorithm and key
 * follow from the issuer, never from the token's {@code alg}. Whether the user is active and the
 * token was revoked is not looked at here. Thread-safe.
 */
public final class Tokens {
  /** How far the clock of an identity provider may be apart. */
  public static final Duration SKEW = Duration.ofSeconds(30);

  static final TokenCheck NO_SUBJECT = new TokenCheck.Refused(Reason.NO_SUBJECT, "no sub");

  /** Longer tokens are not looked at. */
  private static final int MOST_CHARACTERS = 16_384;

  private final LocalTokens local;
  private final @Nullable ProviderTokens provider;

  /** Tokens signed with {@code key}, and those of {@code provider} if there is one. */
  public Tokens(SigningKey key, @Nullable Provider provider, InstantSource clock, IdSource ids) {
    this.local = new LocalTokens(key, clock, ids);
    this.provider = provider == null ? null : new ProviderTokens(provider, clock);
  }

  /** Makes a token. */
  public LocalTokens.Signed issue(LocalTokens.Contents contents, Duration lifetime) {
    return local.issue(contents, lifetime);
  }

  /**
   * Checks form, signature and times. May fetch the provider's keys, so it may block.
   *
   * @throws dev.headway.core.error.HeadwayException UNAVAILABLE when the provider's keys cannot be
   *     had
   */
  public TokenCheck check(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return TokenCheck.Refused.invalid("longer than " + MOST_CHARACTERS + " characters");
    }
    try {
      var parsed = SignedJWT.parse(token);
      return provider != null && provider.claims(parsed)
          ? provider.check(parsed)
          : local.check(parsed);
    } catch (ExpiredJWTException expired) {
      return new TokenCheck.Refused(Reason.EXPIRED, String.valueOf(expired.getMessage()));
    } catch (BadJOSEException refused) {
      return TokenCheck.Refused.invalid(String.valueOf(refused.getMessage()));
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      // the library's text may quote the token
      return TokenCheck.Refused.invalid("cannot be decoded as a signed token");
    }
  }

  static @Nullable String subject(JWTClaimsSet claims) {
    var subject = claims.getSubject();
    return subject == null || subject.isBlank() ? null : subject;
  }
}
