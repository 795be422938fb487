package dev.headway.server.account.token;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.core.account.Role;
import dev.headway.server.account.Installation;
import dev.headway.server.socket.Verification.Reason;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final LocalTokens.Contents ADA =
      LocalTokens.Contents.of(7, "ada@example.com", Installation.ENGINEER);

  @TempDir Path directory;
  private Installation installation;
  private Tokens tokens;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    tokens = new Tokens(installation.key, null, installation.clock, installation.ids);
  }

  @Test
  void issue_user_hasTheContractsClaims() throws ParseException {
    var token = SignedJWT.parse(tokens.issue(ADA, HOUR).text());
    assertThat(token.getHeader().toJSONObject())
        .containsOnly(entry("alg", "HS256"), entry("typ", "JWT"));
    var claims = token.getPayload().toJSONObject();
    assertThat(claims)
        .containsEntry("sub", "7")
        .containsEntry("email", "ada@example.com")
        .containsEntry("role", "engineer")
        .containsEntry("iat", installation.clock.instant().getEpochSecond())
        .containsEntry("exp", installation.clock.instant().getEpochSecond() + 3_600)
        .containsKey("jti")
        .hasSize(6);
  }

  @Test
  void verify_ownToken_givesWhatWasIssued() {
    var signed = tokens.issue(ADA, HOUR);
    var claims = (TokenCheck.OfUser) tokens.check(signed.text());
    assertThat(claims.user()).isEqualTo(7);
    assertThat(claims.topics()).isNull();
    assertThat(claims.credential().issuedAt()).isEqualTo(installation.clock.instant());
    assertThat(claims.credential().expiresAt()).isEqualTo(signed.expiresAt());
  }

  @Test
  void verify_watchToken_keepsItsTopics() {
    var contents =
        LocalTokens.Contents.of(7, "a@b.c", Role.USER).watching(Set.of("job:1", "schedule:2"));
    var check = (TokenCheck.OfUser) tokens.check(tokens.issue(contents, HOUR).text());
    assertThat(check.topics()).containsExactlyInAnyOrder("job:1", "schedule:2");
  }

  @Test
  void verify_expired_isRefusedToTheMillisecond() {
    var token = tokens.issue(ADA, HOUR).text();
    installation.clock.advance(HOUR.minusMillis(1));
    assertThat(tokens.check(token)).isInstanceOf(TokenCheck.OfUser.class);
    installation.clock.advance(Duration.ofMillis(1));
    assertRefused(token, Reason.EXPIRED, "Expired");
  }

  @Test
  void verify_anyCharacterChanged_isRefused() {
    var token = tokens.issue(ADA, HOUR).text();
    for (var at = 0; at < token.length() - 1; at++) { // the last carries two bits of padding
      var other = token.charAt(at) == 'A' ? 'B' : 'A';
      var tampered = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(tokens.check(tampered)).as("at %d", at).isInstanceOf(TokenCheck.Refused.class);
    }
  }

  @Test
  void verify_algorithmNone_isRefused() {
    var header = Base64URL.encode("{\"alg\":\"none\"}");
    var payload = Base64URL.encode(payload().toString());
    assertRefused(header + "." + payload + ".", Reason.INVALID, "cannot be decoded");
    var signature = Base64URL.encode("x");
    assertRefused(header + "." + payload + "." + signature, Reason.INVALID, "cannot be decoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS384", "HS512"})
  void verify_otherAlgorithmWithTheRightKey_isRefused(String algorithm) throws JOSEException {
    var wide = new MACSigner(new byte[64]);
    var token = sign(JWSAlgorithm.parse(algorithm), payload(), wide);
    assertRefused(token, Reason.INVALID, "Another algorithm expected");
  }

  @Test
  void verify_foreignKey_isRefused() {
    var other = SigningKey.loadOrCreate(directory.resolve("other.key"), new SplittableRandom(99));
    var foreign =
        new Tokens(other, null, installation.clock, installation.ids).issue(ADA, HOUR).text();
    assertRefused(foreign, Reason.INVALID, "Invalid signature");
  }

  @Test
  void verify_noSubject_isToldApart() throws JOSEException {
    var claims = new JWTClaimsSet.Builder(payload()).subject(null).build();
    assertRefused(signOwn(claims), Reason.NO_SUBJECT, "no sub");
  }

  @Test
  void verify_subjectThatIsNoId_isToldApart() throws JOSEException {
    var claims = new JWTClaimsSet.Builder(payload()).subject("ada").build();
    assertRefused(signOwn(claims), Reason.NO_SUBJECT, "sub is not a user's id");
  }

  @Test
  void verify_noEnd_isRefused() throws JOSEException {
    var claims = new JWTClaimsSet.Builder(payload()).expirationTime(null).build();
    assertRefused(signOwn(claims), Reason.INVALID, "missing required claims: [exp]");
  }

  @Test
  void verify_notValidYet_isRefused() throws JOSEException {
    var soon = installation.clock.instant().plusSeconds(31);
    var claims = new JWTClaimsSet.Builder(payload()).notBeforeTime(Date.from(soon)).build();
    assertRefused(signOwn(claims), Reason.INVALID, "before use time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "not a token", "e30.e30.e30", "\u0000", "{}"})
  void verify_garbage_isRefused(String text) {
    assertRefused(text, Reason.INVALID, "cannot be decoded as a signed token");
  }

  @Test
  void verify_hugeToken_isNotLookedAt() {
    assertRefused("a".repeat(20_000), Reason.INVALID, "longer than 16384 characters");
  }

  private String signOwn(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.HS256, claims, new MACSigner(installation.key.secret()));
  }

  private static String sign(JWSAlgorithm algorithm, JWTClaimsSet claims, MACSigner signer)
      throws JOSEException {
    var token = new SignedJWT(new JWSHeader(algorithm), claims);
    token.sign(signer);
    return token.serialize();
  }

  private void assertRefused(String token, Reason reason, String detail) {
    var check = tokens.check(token);
    assertThat(check).isInstanceOf(TokenCheck.Refused.class);
    var refused = (TokenCheck.Refused) check;
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.detail()).contains(detail);
  }

  /** The payload of a token of user 7. */
  private JWTClaimsSet payload() {
    return new JWTClaimsSet.Builder()
        .subject("7")
        .issueTime(Date.from(installation.clock.instant()))
        .expirationTime(Date.from(installation.clock.instant().plus(HOUR)))
        .jwtID(installation.ids.uuid().toString())
        .build();
  }
}
