package dev.headway.server.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.server.socket.Verification.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Verifies the tokens of one issuer with algorithms and keys of its own. */
interface TokenVerifier {
  /** How far clocks may be apart. */
  Duration SKEW = Duration.ofSeconds(30);

  Claims verify(SignedJWT token) throws RefusedTokenException, ParseException, JOSEException;

  /** The end, once it is sure that the token holds now (RFC 7519, sections 4.1.4 and 4.1.5). */
  static Instant validUntil(JWTClaimsSet claims, Instant now) throws RefusedTokenException {
    var end = moment(claims.getExpirationTime(), "exp");
    if (!now.isBefore(end.plus(SKEW))) {
      throw new RefusedTokenException(Reason.EXPIRED, "expired at " + end);
    }
    var begin = claims.getNotBeforeTime();
    if (begin != null && now.plus(SKEW).isBefore(begin.toInstant())) {
      throw RefusedTokenException.invalid("not valid before " + begin.toInstant());
    }
    return end;
  }

  static Instant moment(Date value, String claim) throws RefusedTokenException {
    if (value == null) {
      throw RefusedTokenException.invalid("no " + claim);
    }
    return value.toInstant();
  }

  static String subject(JWTClaimsSet claims) throws RefusedTokenException {
    var subject = claims.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new RefusedTokenException(Reason.NO_SUBJECT, "no sub");
    }
    return subject;
  }
}
