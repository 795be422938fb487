package dev.headway.server.account.token;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The library's check of claims (RFC 7519, section 4.1), by a clock that is passed in. */
final class ClaimsAt extends DefaultJWTClaimsVerifier<SecurityContext> {
  private final InstantSource clock;

  /**
   * @param audience one of what {@code aud} must contain; null for no such check
   * @param exact claims that must have just these values
   * @param skew how far the issuer's clock may be apart
   */
  ClaimsAt(
      InstantSource clock,
      @Nullable Set<String> audience,
      JWTClaimsSet exact,
      Set<String> required,
      Duration skew) {
    super(audience, exact, required, null);
    setMaxClockSkew(Math.toIntExact(skew.toSeconds()));
    this.clock = clock;
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
