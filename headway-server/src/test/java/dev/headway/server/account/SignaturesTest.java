package dev.headway.server.account;

import static dev.headway.server.account.AccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.token.JwksServer;
import dev.headway.server.account.token.Provider;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignaturesTest {
  private static final String ISSUER = "https://id.example.com/";

  private static RSAKey key;

  @TempDir private Path directory = Path.of("");
  private JwksServer provider;
  private Installation installation;

  @BeforeAll
  static void makeKey() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("first").generate();
  }

  @BeforeEach
  void start() throws IOException {
    provider = new JwksServer();
    provider.publish(key.toPublicJWK());
    installation = new Installation(directory, Provider.of(ISSUER, "headway", provider.url()));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static Request request(Principal who, Map<String, String> headers) {
    return new Request(
        new Request.Line("POST", "/api/v1/anything", "1"),
        Map.of(),
        Map.of(),
        headers,
        new Request.Body.Empty(),
        List.of(),
        new Request.Caller(
            who, new RawRequest.Peer("192.0.2.1", false, true, () -> true), "http://x"));
  }

  private Signature sign(Principal who, String header, String value) {
    return installation
        .services
        .signatures()
        .required(request(who, Map.of("signature-meaning", "approved", header, value)));
  }

  private HeadwayException refusal(Principal who, String header, String value) {
    return refused(() -> sign(who, header, value));
  }

  private String token(String subject, @Nullable Duration signedInAgo) throws JOSEException {
    var now = installation.clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("headway")
            .subject(subject)
            .claim("email", subject + "@example.com")
            .claim("email_verified", true)
            .claim("role", "engineer")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(3_600)));
    if (signedInAgo != null) {
      claims.claim("auth_time", now.minus(signedInAgo).getEpochSecond());
    }
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var signed = new SignedJWT(header, claims.build());
    signed.sign(new RSASSASigner(key));
    return signed.serialize();
  }

  @Test
  void required_ofTheRightPassword_isASignature() {
    installation.add("ada", Role.ADMIN);
    var ada = installation.principal(installation.signIn("ada"));
    assertThat(sign(ada, "signature-password", Installation.PASSWORD))
        .isEqualTo(new Signature("approved", Signature.Proof.PASSWORD));
    assertThat(refusal(ada, "signature-password", "wrong").code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void required_ofAPersonWhoseAccountWasDisabled_isRefused() {
    installation.add("root", Role.ADMIN);
    var id = installation.add("ada", Role.USER).id();
    var ada = installation.principal(installation.signIn("ada"));
    var root = installation.principal(installation.signIn("root"));
    installation.services.users().change(root, id, Users.Change.of(false));
    assertThat(refusal(ada, "signature-password", Installation.PASSWORD).code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void required_ofAFreshTokenOfTheProvider_isASignature() throws JOSEException {
    var ada = installation.principal(token("ada", null));
    assertThat(sign(ada, "signature-token", token("ada", Duration.ofMinutes(4))))
        .isEqualTo(new Signature("approved", Signature.Proof.PROVIDER));
  }

  @Test
  void required_ofAnOldOrForeignToken_isRefused() throws JOSEException {
    var ada = installation.principal(token("ada", null));
    var old = token("ada", Duration.ofMinutes(6));
    assertThat(refusal(ada, "signature-token", old)).hasMessageContaining("max_age=0");
    assertThat(refusal(ada, "signature-token", token("ada", null)))
        .hasMessageContaining("max_age=0");
    assertThat(refusal(ada, "signature-token", token("bob", Duration.ZERO)))
        .hasMessageContaining("not of the person");
    assertThat(refusal(ada, "signature-token", "nonsense")).hasMessageContaining("max_age=0");
  }

  @Test
  void required_ofNobody_isRefused() {
    assertThat(refusal(new Principal.Anonymous("192.0.2.1"), "signature-password", "x").code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
  }

  @Test
  void of_aRequestThatIsNotSigned_isEmpty() {
    var request = request(new Principal.Anonymous("192.0.2.1"), Map.of());
    assertThat(installation.services.signatures().of(request)).isEmpty();
  }

  @Test
  void required_withNothing_namesEverythingThatIsMissing() {
    installation.add("ada", Role.ADMIN);
    var ada = installation.principal(installation.signIn("ada"));
    var missing =
        refused(() -> installation.services.signatures().required(request(ada, Map.of())));
    assertThat(missing.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(missing.defects()).hasSize(2);
  }
}
