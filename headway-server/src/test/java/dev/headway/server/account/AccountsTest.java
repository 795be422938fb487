package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.Sessions.PasswordChange;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class AccountsTest {
  private static final Verification REVOKED = new Verification.Refused(Reason.REVOKED);

  @TempDir Path directory;
  private Installation installation;
  private Users users;
  private Sessions sessions;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    users = installation.services.users();
    sessions = installation.services.sessions();
  }

  @Test
  void register_newAddress_answersAsTheContractHasIt() {
    var user = sessions.register(new Login("  Ada@Example.COM ", Installation.PASSWORD));
    assertThat(new String(JsonCodec.bytes(user), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":1,"email":"ada@example.com","is_active":true,"is_superuser":false,\
            "role":"user","created_at":"2026-03-01T12:00:00.000Z"}\
            """);
  }

  @Test
  void register_takenAddress_isRefusedWhateverItsCase() {
    sessions.register(Installation.login("ada"));
    var refused = refused(() -> sessions.register(new Login("ADA@example.com", "swordfish-2")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refused).hasMessage("Email already registered");
  }

  @Test
  void register_everythingWrong_namesEveryDefectAndShowsNoPassword() {
    var refused = refused(() -> sessions.register(new Login("nobody", "short")));
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(refused.defects()).extracting(Defect::field).containsExactly("email", "password");
    assertThat(refused.defects().toString()).doesNotContain("short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b.c",
        "a@b",
        "a b@c.de",
        "a@b..de",
        "a@-b.de",
        ".a@b.de",
        "a@b.de\n."
      })
  void register_badAddress_isRefused(String email) {
    assertThat(refused(() -> sessions.register(new Login(email, "swordfish-1"))).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b+c@d-e.example.com", "demo@localhost", "jürgen@bücher.example"})
  void register_goodAddress_isAccepted(String email) {
    assertThat(sessions.register(new Login(email, "swordfish-1")).email()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 128})
  void register_passwordOfAllowedLength_isAccepted(int length) {
    assertThat(sessions.register(new Login("a@b.de", "\uD83D\uDE00".repeat(length))).id())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 129})
  void register_passwordOfOtherLength_isRefused(int length) {
    assertThat(refused(() -> sessions.register(new Login("a@b.de", "x".repeat(length)))).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void register_closed_isRefusedButUsersCanBeAdded() {
    var config = installation.config.withRegistration(Registration.CLOSED);
    var closed = installation.started(config);
    var refused = refused(() -> closed.sessions().register(Installation.login("ada")));
    assertThat(refused.code()).isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(refused).hasMessageContaining("headway user add");
    assertThat(closed.users().add(Installation.login("ada"), Role.ADMIN).isSuperuser()).isTrue();
  }

  @Test
  void login_rightPassword_givesATokenForTheUser() {
    installation.add("ada", Installation.ENGINEER);
    var token = sessions.login(Installation.login("ada"), "192.0.2.1");
    assertThat(token.tokenType()).isEqualTo("bearer");
    assertThat(token.expiresIn()).isEqualTo(43_200);
    var who = installation.known(token.accessToken());
    assertThat(who.role()).isEqualTo(Installation.ENGINEER);
    assertThat(sessions.me(who).email()).isEqualTo("ada@example.com");
  }

  @Test
  void login_wrongPasswordUnknownOrInactiveAccount_lookAndCostTheSame() {
    installation.add("ada", Role.USER);
    var inactive = installation.add("bob", Role.USER);
    users.setActive(admin(), inactive.id(), false);
    var checkedBefore = installation.hasher.checked.get();
    for (var login :
        new Login[] {
          new Login("ada@example.com", "wrong-password"),
          new Login("nobody@example.com", Installation.PASSWORD),
          Installation.login("bob")
        }) {
      var refused = refused(() -> sessions.login(login, "192.0.2.1"));
      assertThat(refused.code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
      assertThat(refused).hasMessage("Incorrect email or password");
    }
    assertThat(installation.hasher.checked).hasValue(checkedBefore + 3);
  }

  @Test
  void login_failuresOfOneAccount_areLimitedInEveryWindow() {
    installation.add("ada", Role.USER);
    for (var window = 0; window < 4; window++) {
      for (var failure = 0; failure < 5; failure++) {
        assertThat(failure("ada", "192.0.2." + failure).code())
            .as("window %d, failure %d", window, failure)
            .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
      }
      var limited = refused(() -> sessions.login(Installation.login("ada"), "192.0.2.9"));
      assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(limited.retryAfter()).contains(Duration.ofMinutes(1));
      assertThat(limited).hasMessage("Too many failed sign-ins; try again in 60 seconds");
      installation.clock.advance(Duration.ofMinutes(5));
    }
    assertThat(sessions.login(Installation.login("ada"), "192.0.2.9").expiresIn()).isPositive();
  }

  @Test
  void login_failuresFromOneAddress_areLimitedOverAllAccounts() {
    for (var failure = 0; failure < 20; failure++) {
      assertThat(failure("nobody" + failure, "192.0.2.1").code())
          .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
    }
    installation.add("ada", Role.USER);
    assertThat(refused(() -> sessions.login(Installation.login("ada"), "192.0.2.1")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(sessions.login(Installation.login("ada"), "192.0.2.2").expiresIn()).isPositive();
    installation.clock.advance(Duration.ofSeconds(15));
    assertThat(sessions.login(Installation.login("ada"), "192.0.2.1").expiresIn()).isPositive();
  }

  @Test
  void login_manySuccesses_areNotLimited() {
    installation.add("ada", Role.USER);
    for (var attempt = 0; attempt < 100; attempt++) {
      assertThat(sessions.login(Installation.login("ada"), "192.0.2.1").expiresIn()).isPositive();
    }
  }

  @Test
  void refresh_validToken_givesAnotherAndKeepsTheFirst() {
    installation.add("ada", Role.USER);
    var first = installation.signIn("ada");
    installation.clock.advance(Duration.ofHours(6));
    var second = sessions.refresh(installation.principal(first)).accessToken();
    installation.clock.advance(Duration.ofHours(5));
    assertThat(installation.known(first).id()).isEqualTo(installation.known(second).id());
    installation.clock.advance(Duration.ofHours(2));
    assertThat(installation.verify(first)).isEqualTo(new Verification.Refused(Reason.EXPIRED));
    assertThat(installation.known(second).email()).isEqualTo("ada@example.com");
  }

  @Test
  void logout_oneOfTwoTokens_endsThatOneAtOnceAndForGood() {
    installation.add("ada", Role.USER);
    var lost = installation.signIn("ada");
    var kept = installation.signIn("ada");
    var who = installation.principal(lost);
    sessions.logout(who);
    assertThat(installation.verify(lost)).isEqualTo(REVOKED);
    assertThat(installation.services.authenticator().holds(who)).isFalse();
    assertThat(installation.revocations).hasSize(1);
    assertThat(installation.revocations.getFirst().ends(who)).isTrue();
    assertThat(installation.revocations.getFirst().ends(installation.principal(kept))).isFalse();
    var restarted = installation.started().authenticator();
    assertThat(restarted.verify(lost)).isEqualTo(REVOKED);
    assertThat(restarted.verify(kept)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void changePassword_withOneOfThreeTokens_endsTheOthers() {
    installation.add("ada", Role.USER);
    var other = installation.signIn("ada");
    var mine = installation.signIn("ada");
    var later = installation.signIn("ada");
    var otherPrincipal = installation.principal(other);
    installation.clock.advance(Duration.ofMillis(1));
    sessions.changePassword(
        installation.principal(mine), new PasswordChange(Installation.PASSWORD, "swordfish-2"));
    assertThat(installation.verify(other)).isEqualTo(REVOKED);
    assertThat(installation.verify(later)).isEqualTo(REVOKED);
    assertThat(installation.verify(mine)).isInstanceOf(Verification.Valid.class);
    assertThat(installation.revocations)
        .singleElement()
        .satisfies(revocation -> assertThat(revocation.ends(otherPrincipal)).isTrue())
        .satisfies(
            revocation -> assertThat(revocation.ends(installation.principal(mine))).isFalse());
    var fresh =
        sessions.login(new Login("ada@example.com", "swordfish-2"), "192.0.2.1").accessToken();
    assertThat(installation.verify(fresh)).isInstanceOf(Verification.Valid.class);
    assertThat(refused(() -> sessions.login(Installation.login("ada"), "192.0.2.1")).code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
  }

  @Test
  void changePassword_keptToken_survivesReloadsAndEndsWithTheNextChange() {
    installation.add("ada", Role.USER);
    var kept = installation.signIn("ada");
    var who = installation.principal(kept);
    installation.clock.advance(Duration.ofMillis(1));
    sessions.changePassword(who, new PasswordChange(Installation.PASSWORD, "swordfish-2"));
    installation.services.reload();
    assertThat(installation.verify(kept)).isInstanceOf(Verification.Valid.class);
    installation.clock.advance(Duration.ofMillis(1));
    users.resetPassword(admin(), "ada@example.com", "swordfish-3");
    assertThat(installation.verify(kept)).isEqualTo(REVOKED);
  }

  @Test
  void changePassword_wrongOldOne_isRefusedAndLimited() {
    installation.add("ada", Role.USER);
    var who = installation.principal(installation.signIn("ada"));
    var change = new PasswordChange("wrong-password", "swordfish-2");
    for (var failure = 0; failure < 5; failure++) {
      var refused = refused(() -> sessions.changePassword(who, change));
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(refused.defects()).extracting(Defect::field).containsExactly("old");
    }
    assertThat(refused(() -> sessions.changePassword(who, change)).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void changePassword_unacceptableNewOne_isRefused() {
    installation.add("ada", Role.USER);
    var who = installation.principal(installation.signIn("ada"));
    var change = new PasswordChange(Installation.PASSWORD, "short");
    var refused = refused(() -> sessions.changePassword(who, change));
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(refused.defects()).extracting(Defect::field).containsExactly("new");
  }

  @Test
  void resetPassword_byAdmin_endsAllOfTheUsersTokens() {
    installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    installation.clock.advance(Duration.ofMillis(1));
    users.resetPassword(admin(), "Ada@example.com", "swordfish-2");
    assertThat(installation.verify(token)).isEqualTo(REVOKED);
    assertThat(sessions.login(new Login("ada@example.com", "swordfish-2"), "-").expiresIn())
        .isPositive();
  }

  @Test
  void resetPassword_byAnybodyElse_isRefused() {
    installation.add("ada", Installation.ENGINEER);
    var who = installation.principal(installation.signIn("ada"));
    assertThat(refused(() -> users.resetPassword(who, "ada@example.com", "swordfish-2")).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
  }

  @Test
  void resetPassword_unknownUser_isNotFound() {
    var refused = refused(() -> users.resetPassword(admin(), "x@example.com", "swordfish-2"));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void setActive_deactivated_endsEverythingUntilActivatedAgain() {
    var ada = installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var who = installation.principal(token);
    assertThat(users.setActive(admin(), ada.id(), false).isActive()).isFalse();
    assertThat(installation.verify(token)).isEqualTo(REVOKED);
    assertThat(installation.services.authenticator().holds(who)).isFalse();
    assertThat(installation.revocations)
        .singleElement()
        .satisfies(revocation -> assertThat(revocation.ends(who)).isTrue());
    users.setActive(admin(), ada.id(), true);
    assertThat(installation.verify(token)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void setActive_oneself_isRefused() {
    var root = installation.add("root", Role.ADMIN);
    var who = installation.principal(installation.signIn("root"));
    assertThat(refused(() -> users.setActive(who, root.id(), false)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void everything_anonymous_isNotAuthenticated() {
    var nobody = new Principal.Anonymous("192.0.2.1");
    assertThat(refused(() -> sessions.me(nobody)).code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
    assertThat(refused(() -> sessions.logout(nobody)).code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
    assertThat(refused(() -> users.setActive(nobody, 1, false)).code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
  }

  @Test
  void toString_recordsWithSecrets_hideThem() {
    installation.add("ada", Role.USER);
    var token = sessions.login(Installation.login("ada"), "192.0.2.1");
    assertThat(token.toString()).doesNotContain(token.accessToken());
    assertThat(Installation.login("ada").toString()).doesNotContain(Installation.PASSWORD);
    assertThat(new PasswordChange("swordfish-1", "swordfish-2").toString())
        .doesNotContain("swordfish");
  }

  private Principal admin() {
    if (installation.store.userByEmail("root@example.com").isEmpty()) {
      installation.add("root", Role.ADMIN);
    }
    return installation.principal(installation.signIn("root"));
  }

  private HeadwayException failure(String name, String address) {
    return refused(
        () -> sessions.login(new Login(name + "@example.com", "wrong-password"), address));
  }

  public static HeadwayException refused(ThrowingCallable action) {
    var thrown = catchThrowableOfType(HeadwayException.class, action);
    assertThat(thrown).as("a refusal").isNotNull();
    return thrown;
  }
}
