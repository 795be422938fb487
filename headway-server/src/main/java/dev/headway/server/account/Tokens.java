package dev.headway.server.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.core.error.HeadwayException;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes and verifies tokens (JSON Web Tokens, RFC 7519; used as RFC 8725 advises). Which algorithm
 * and which key a token is verified with is a matter of who issued it, never of its {@code alg}.
 * Whether its user is active and it was revoked is not looked at here. Thread-safe.
 */
public final class Tokens {
  /** Longer tokens are not looked at. */
  private static final int MOST_CHARACTERS = 16_384;

  private final LocalTokens local;
  private final @Nullable ProviderTokens provider;

  /** Tokens signed with {@code key}, and those of {@code provider} if there is one. */
  public Tokens(SigningKey key, @Nullable Provider provider, Sources sources) {
    this.local = new LocalTokens(key, sources);
    this.provider = provider == null ? null : new ProviderTokens(provider, sources.clock());
  }

  LocalTokens.Signed issue(LocalTokens.Contents contents, Duration lifetime) {
    return local.issue(contents, lifetime);
  }

  /**
   * Checks form, signature and times. May fetch the provider's keys, so it may block.
   *
   * @throws HeadwayException UNAVAILABLE when the provider's keys cannot be had
   */
  public TokenCheck verify(String token) {
    try {
      if (token.length() > MOST_CHARACTERS) {
        throw RefusedTokenException.invalid("longer than " + MOST_CHARACTERS + " characters");
      }
      var parsed = SignedJWT.parse(token);
      return new TokenCheck.Valid(verifier(parsed).verify(parsed));
    } catch (RefusedTokenException refused) {
      return refused.check();
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      // the library's text may quote the token
      return RefusedTokenException.invalid("cannot be decoded as a signed token").check();
    }
  }

  private TokenVerifier verifier(SignedJWT token) throws ParseException {
    return provider != null && provider.claims(token) ? provider : local;
  }
}
