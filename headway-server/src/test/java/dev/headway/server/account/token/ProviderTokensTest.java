package dev.headway.server.account.token;

import static dev.headway.server.account.AccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.error.ErrorCode;
import dev.headway.server.account.Installation;
import dev.headway.server.account.Login;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderTokensTest {
  private static final String ISSUER = "https://id.example.com/";
  private static final Verification INVALID = new Verification.Refused(Reason.INVALID);
  private static final Verification REVOKED = new Verification.Refused(Reason.REVOKED);

  private static RSAKey first;
  private static RSAKey second;

  @TempDir Path directory;
  private JwksServer provider;
  private Installation installation;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    first = new RSAKeyGenerator(2048).keyID("first").generate();
    second = new RSAKeyGenerator(2048).keyID("second").generate();
  }

  @BeforeEach
  void start() throws IOException {
    provider = new JwksServer();
    provider.publish(first.toPublicJWK());
    installation = new Installation(directory, Provider.of(ISSUER, "headway", provider.url()));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void verify_rs256_makesAUserAtFirstSightAndOnlyThen() throws JOSEException {
    var who = installation.known(rsa(first, claims().build()));
    assertThat(who.email()).isEqualTo("ada@example.com");
    assertThat(who.role()).isEqualTo(Installation.ENGINEER);
    var again = installation.known(rsa(first, claims().claim("email", "new@example.com").build()));
    assertThat(again.id()).isEqualTo(who.id());
    assertThat(provider.requests).hasValue(1);
  }

  @Test
  void verify_es256_isAccepted() throws JOSEException {
    var key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    provider.publish(key.toPublicJWK());
    assertThat(installation.known(elliptic(key)).email()).isEqualTo("ada@example.com");
  }

  @Test
  void verify_edDsa_isAccepted() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    provider.publish(edwards(pair));
    assertThat(installation.known(edwardsSigned(pair)).email()).isEqualTo("ada@example.com");
    var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThat(installation.verify(edwardsSigned(other))).isEqualTo(INVALID);
  }

  @Test
  void verify_publishedVectorOfRfc8037_isAccepted() throws ParseException, JOSEException {
    var key =
        new OctetKeyPair.Builder(
                Curve.Ed25519, new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            .build();
    var signed =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
            + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assertThat(JWSObject.parse(signed).verify(new Ed25519Verifier(Ed25519Verifier.publicKey(key))))
        .isTrue();
    var tampered = signed.replace(".RXhh", ".RXhi");
    assertThat(
            JWSObject.parse(tampered).verify(new Ed25519Verifier(Ed25519Verifier.publicKey(key))))
        .isFalse();
    var cut = signed.substring(0, signed.length() - 8);
    assertThat(JWSObject.parse(cut).verify(new Ed25519Verifier(Ed25519Verifier.publicKey(key))))
        .isFalse();
  }

  @Test
  void verify_keyRotated_fetchesTheNewKeyAtOnce() throws JOSEException {
    assertThat(installation.verify(rsa(first, claims().build())))
        .isInstanceOf(Verification.Valid.class);
    provider.publish(second.toPublicJWK());
    assertThat(installation.verify(rsa(second, claims().build())))
        .isInstanceOf(Verification.Valid.class);
    assertThat(provider.requests).hasValue(2);
    assertThat(installation.verify(rsa(first, claims().jwtID("retired").build())))
        .isEqualTo(INVALID);
  }

  @Test
  void verify_floodOfUnknownKeys_fetchesNoMoreThanTwice() throws JOSEException {
    var unknown = rsa(second, claims().build());
    for (var token = 0; token < 50; token++) {
      assertThat(installation.verify(unknown)).isEqualTo(INVALID);
    }
    assertThat(provider.requests).hasValueLessThanOrEqualTo(2);
    assertThat(installation.verify(rsa(first, claims().build())))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void verify_providerGoneAfterwards_knownKeysStillHold() throws JOSEException {
    installation.principal(rsa(first, claims().build()));
    provider.close();
    assertThat(installation.verify(rsa(first, claims().jwtID("later").build())))
        .isInstanceOf(Verification.Valid.class);
    assertThat(installation.verify(rsa(second, claims().build()))).isEqualTo(INVALID);
    assertThat(installation.verify(rsa(first, claims().jwtID("still").build())))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void verify_providerNeverReached_isUnavailable() throws JOSEException {
    provider.close();
    var token = rsa(first, claims().build());
    assertThat(refused(() -> installation.verify(token)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void verify_wrongIssuer_isRefused() throws JOSEException {
    assertThat(installation.verify(rsa(first, claims().issuer("https://evil.example/").build())))
        .isEqualTo(INVALID);
    assertThat(installation.verify(rsa(first, claims().issuer(null).build()))).isEqualTo(INVALID);
  }

  @Test
  void verify_wrongAudience_isRefused() throws JOSEException {
    assertThat(installation.verify(rsa(first, claims().audience("billing").build())))
        .isEqualTo(INVALID);
    assertThat(installation.verify(rsa(first, claims().audience((String) null).build())))
        .isEqualTo(INVALID);
    var several = claims().audience(List.of("billing", "headway")).build();
    assertThat(installation.verify(rsa(first, several))).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void verify_noSubject_isToldApart() throws JOSEException {
    assertThat(installation.verify(rsa(first, claims().subject(null).build())))
        .isEqualTo(new Verification.Refused(Reason.NO_SUBJECT));
  }

  @Test
  void verify_expired_isToldApart() throws JOSEException {
    var token = rsa(first, claims().build());
    installation.clock.advance(Duration.ofMinutes(11));
    assertThat(installation.verify(token)).isEqualTo(new Verification.Refused(Reason.EXPIRED));
  }

  @Test
  void verify_addressNotVerified_isRefused() throws JOSEException {
    for (var claims :
        List.of(
            claims().claim("email_verified", false),
            claims().claim("email_verified", null),
            claims().claim("email", null))) {
      assertThat(installation.verify(rsa(first, claims.build()))).isEqualTo(INVALID);
    }
    assertThat(installation.store.userByEmail("ada@example.com")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "", "ADMIN"})
  void verify_roleWithoutMeaningHere_makesAUser(String role) throws JOSEException {
    assertThat(installation.known(rsa(first, claims().claim("role", role).build())).role())
        .isEqualTo(Role.USER);
  }

  @Test
  void verify_roleChangedAtTheProvider_isFollowed() throws JOSEException {
    installation.principal(rsa(first, claims().build()));
    var demoted = rsa(first, claims().claim("role", "user").build());
    assertThat(installation.known(demoted).role()).isEqualTo(Role.USER);
    assertThat(installation.store.userByEmail("ada@example.com").orElseThrow().role())
        .isEqualTo(Role.USER);
  }

  @Test
  void verify_firstTokenIssuedBeforeTheUserWasMade_holds() throws JOSEException {
    var token = rsa(first, claims().build());
    installation.clock.advance(Duration.ofSeconds(3));
    assertThat(installation.verify(token)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void verify_noRole_changesNothing() throws JOSEException {
    installation.principal(rsa(first, claims().build()));
    assertThat(installation.known(rsa(first, claims().claim("role", null).build())).role())
        .isEqualTo(Installation.ENGINEER);
    assertThat(installation.known(rsa(first, claims().claim("role", "root").build())).role())
        .isEqualTo(Installation.ENGINEER);
  }

  @Test
  void verify_addressOfALocalUser_isRefusedAndChangesNothing() throws JOSEException {
    installation.add("ada", Role.ADMIN);
    var token = rsa(first, claims().claim("role", "user").build());
    assertThat(refused(() -> installation.verify(token)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(installation.known(installation.signIn("ada")).role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void verify_addressGivenToAnotherSubject_inheritsNothing() throws JOSEException {
    installation.principal(rsa(first, claims().build()));
    var other = rsa(first, claims().subject("00u2").build());
    assertThat(refused(() -> installation.verify(other)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
  }

  @Test
  void verify_weakRsaKey_isRefused() throws JOSEException {
    var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
    provider.publish(weak.toPublicJWK());
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build();
    var signer = new RSASSASigner(weak.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
    var token = sign(header, claims().build(), signer);
    assertThat(installation.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void logout_tokenSpelledOtherwise_hasEndedToo() throws JOSEException {
    var token = rsa(first, claims().build());
    installation.services.sessions().logout(installation.principal(token));
    for (var spelled : List.of(token + "=", token + "==")) {
      assertThat(installation.verify(spelled)).isNotInstanceOf(Verification.Valid.class);
    }
  }

  @Test
  void verify_signedWithThePublicKeyAsASecret_isRefused() throws JOSEException {
    var secret = first.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    var token = sign(new JWSHeader(JWSAlgorithm.HS256), claims().build(), new MACSigner(secret));
    assertThat(installation.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void verify_ownKeyInTheProvidersName_isRefused() throws JOSEException {
    var signer = new MACSigner(installation.key.secret());
    var token = sign(new JWSHeader(JWSAlgorithm.HS256), claims().build(), signer);
    assertThat(installation.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void verify_algorithmNotSet_isRefused() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("first").build();
    var token = sign(header, claims().build(), new RSASSASigner(first));
    assertThat(installation.verify(token)).isEqualTo(INVALID);
  }

  @Test
  void verify_localToken_holdsBesideTheProviders() {
    installation.add("bob", Role.USER);
    assertThat(installation.known(installation.signIn("bob")).email()).isEqualTo("bob@example.com");
  }

  @Test
  void logout_providersToken_endsItHere() throws JOSEException {
    var withId = rsa(first, claims().jwtID("one").build());
    var withoutId = rsa(first, claims().build());
    for (var token : List.of(withId, withoutId)) {
      installation.services.sessions().logout(installation.principal(token));
      assertThat(installation.verify(token)).isEqualTo(REVOKED);
    }
    assertThat(installation.started().authenticator().verify(withoutId)).isEqualTo(REVOKED);
    assertThat(installation.verify(rsa(first, claims().jwtID("two").build())))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void refresh_providersToken_isTheProvidersToDo() throws JOSEException {
    var who = installation.principal(rsa(first, claims().build()));
    assertThat(refused(() -> installation.services.sessions().refresh(who)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
  }

  @Test
  void login_userOfTheProvider_hasNoPassword() throws JOSEException {
    installation.principal(rsa(first, claims().build()));
    var login = new Login("ada@example.com", User.NO_PASSWORD);
    assertThat(refused(() -> installation.services.sessions().login(login, "-")).code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
  }

  private JWTClaimsSet.Builder claims() {
    var now = installation.clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("headway")
        .subject("00u1")
        .claim("email", "ada@example.com")
        .claim("email_verified", true)
        .claim("role", "engineer")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
  }

  private static String rsa(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    return sign(header, claims, new RSASSASigner(key));
  }

  private String elliptic(ECKey key) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    return sign(header, claims().build(), new ECDSASigner(key));
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    var token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private static OctetKeyPair edwards(KeyPair pair) {
    var encoded = pair.getPublic().getEncoded();
    var point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID("ed").build();
  }

  private String edwardsSigned(KeyPair pair) throws GeneralSecurityException {
    var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build().toBase64URL();
    var signed = header + "." + Base64URL.encode(claims().build().toString());
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64URL.encode(signature.sign());
  }
}
