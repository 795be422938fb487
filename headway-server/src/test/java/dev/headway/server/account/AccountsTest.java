package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.PageRequest;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.Sessions.PasswordChange;
import dev.headway.server.account.token.IssuedTokens;
import dev.headway.server.json.JsonCodec;
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

  private static final Registrations.Client HERE = new Registrations.Client(true, "127.0.0.1");

  @TempDir Path directory;
  private Installation installation;
  private Users users;
  private Registrations registrations;
  private Sessions sessions;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    users = installation.services.users();
    registrations = installation.services.registrations();
    sessions = installation.services.sessions();
  }

  private UserView registered(Login login) {
    return registrations.register(login, HERE);
  }

  @Test
  void register_newAddress_answersAsTheContractHasIt() {
    installation.add("root", Role.ADMIN);
    var user = registered(new Login("  Ada@Example.COM ", Installation.PASSWORD));
    assertThat(new String(JsonCodec.bytes(user), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":2,"email":"ada@example.com","is_active":true,"is_superuser":false,\
            "role":"user","created_at":"2026-03-01T12:00:00.000Z"}\
            """);
  }

  @Test
  void register_takenAddress_isRefusedWhateverItsCase() {
    registered(Installation.login("ada"));
    var refused = refused(() -> registered(new Login("ADA@example.com", "swordfish-2")));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refused).hasMessage("Email already registered");
  }

  @Test
  void register_everythingWrong_namesEveryDefectAndShowsNoPassword() {
    var refused = refused(() -> registered(new Login("nobody", "short")));
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
    assertThat(refused(() -> registered(new Login(email, "swordfish-1"))).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b+c@d-e.example.com", "demo@localhost", "jürgen@bücher.example"})
  void register_goodAddress_isAccepted(String email) {
    assertThat(registered(new Login(email, "swordfish-1")).email()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 128})
  void register_passwordOfAllowedLength_isAccepted(int length) {
    assertThat(registered(new Login("a@b.de", "\uD83D\uDE00".repeat(length))).id()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 129})
  void register_passwordOfOtherLength_isRefused(int length) {
    assertThat(refused(() -> registered(new Login("a@b.de", "x".repeat(length)))).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void register_passwordThatIsGuessedFirst_isRefused() {
    assertThat(refused(() -> registered(new Login("ada@example.com", "password1"))).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void register_closed_isRefusedButUsersCanBeAdded() {
    var config = installation.config.withRegistration(Registration.CLOSED);
    var closed = installation.started(config);
    var refused = refused(() -> closed.registrations().register(Installation.login("ada"), HERE));
    assertThat(refused.code()).isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(refused).hasMessageContaining("headway user add");
    assertThat(closed.users().add(Installation.login("ada"), Role.ADMIN).isSuperuser()).isTrue();
  }

  @Test
  void register_moreThanAnHoursShareFromOneAddress_isRefusedThereUntilSomeOfItHasPassed() {
    var most = installation.config.registrations().addressPerHour();
    for (var count = 0; count < most; count++) {
      var taken = new Login("ada" + count % 2 + "@example.com", "swordfish-1");
      if (count < 2) {
        registered(taken);
      } else {
        refused(() -> registered(taken));
      }
    }

    var limited = refused(() -> registered(Installation.login("bob")));
    assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(limited.retryAfter()).contains(Duration.ofHours(1).dividedBy(most));
    var elsewhere = new Registrations.Client(true, "192.0.2.7");
    assertThat(registrations.register(Installation.login("eve"), elsewhere).id()).isPositive();
    installation.clock.advance(Duration.ofHours(1).dividedBy(most));
    assertThat(registered(Installation.login("bob")).id()).isPositive();
  }

  @Test
  void register_moreThanAnHoursShareFromManyAddresses_isRefusedEverywhere() {
    var most = installation.config.registrations().perHour();
    for (var count = 0; count < most; count++) {
      var client = new Registrations.Client(true, "2001:db8:0:" + count + "::1");
      refused(() -> registrations.register(new Login("nobody", "short"), client));
    }

    assertThat(refused(() -> registered(Installation.login("ada"))).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void login_withAsManySessionsAsAUserMayHold_isRefusedUntilOneEnds() {
    installation.add("ada", Role.USER);
    for (var count = 0; count < IssuedTokens.MOST; count++) {
      installation.signIn("ada");
    }

    assertThat(refused(() -> installation.signIn("ada")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    installation.clock.advance(Duration.ofSeconds(installation.config.tokenSeconds()));
    assertThat(installation.signIn("ada")).isNotEmpty();
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
    users.change(admin(), inactive.id(), Users.Change.of(false));
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
  void change_disabled_endsEverythingUntilActivatedAgain() {
    var ada = installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var who = installation.principal(token);
    assertThat(users.change(admin(), ada.id(), Users.Change.of(false)).isActive()).isFalse();
    assertThat(installation.verify(token)).isEqualTo(REVOKED);
    assertThat(installation.services.authenticator().holds(who)).isFalse();
    assertThat(installation.revocations)
        .singleElement()
        .satisfies(revocation -> assertThat(revocation.ends(who)).isTrue());
    users.change(admin(), ada.id(), Users.Change.of(true));
    assertThat(installation.verify(token)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void change_theOnlyAdministratorDisabled_isRefused() {
    var root = installation.add("root", Role.ADMIN);
    var who = installation.principal(installation.signIn("root"));
    assertThat(refused(() -> users.change(who, root.id(), Users.Change.of(false))).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void change_anotherRole_holdsAtOnceAndEndsWhatTheOldOneOpened() {
    var ada = installation.add("ada", Role.ADMIN);
    var token = installation.signIn("ada");
    var opened = installation.principal(token);
    users.change(admin(), ada.id(), Users.Change.of(Installation.ENGINEER));
    assertThat(installation.known(token).role()).isEqualTo(Installation.ENGINEER);
    assertThat(installation.services.authenticator().holds(opened)).isFalse();
    assertThat(installation.services.authenticator().holds(installation.principal(token))).isTrue();
    assertThat(installation.revocations).isNotEmpty();
  }

  @Test
  void change_signOut_endsTokensAndKeepsTheUser() {
    var ada = installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var admin = admin();
    assertThat(sessions.tokensOf(admin, ada.id())).hasSize(1);
    users.change(admin, ada.id(), new Users.Change(null, null, true));
    assertThat(installation.verify(token)).isEqualTo(REVOKED);
    assertThat(sessions.tokensOf(admin, ada.id())).isEmpty();
    assertThat(installation.verify(installation.signIn("ada")))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void change_theLastAdministratorsRole_isRefused() {
    var root = installation.add("root", Role.ADMIN);
    var refused = refused(() -> users.change(null, root.id(), Users.Change.of(Role.USER)));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(refused).hasMessageContaining("root@example.com is the only administrator");
    installation.add("other", Role.ADMIN);
    assertThat(users.change(null, root.id(), Users.Change.of(Role.USER)).role()).isEqualTo("user");
  }

  @Test
  void remove_user_endsEverythingAndFreesTheAddress() {
    var ada = installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var who = installation.principal(token);
    users.remove(admin(), ada.id());
    assertThat(installation.verify(token)).isEqualTo(REVOKED);
    assertThat(installation.services.authenticator().holds(who)).isFalse();
    assertThat(refused(() -> users.user(admin(), ada.id())).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(installation.add("ada", Role.USER).id()).isGreaterThan(ada.id());
  }

  @Test
  void remove_byAnotherProcess_isNoticedAtTheReload() {
    var ada = installation.add("ada", Role.USER);
    var who = installation.principal(installation.signIn("ada"));
    installation.add("root", Role.ADMIN);
    installation.started().users().remove(null, ada.id());
    installation.services.reload();
    assertThat(installation.services.authenticator().holds(who)).isFalse();
  }

  @Test
  void register_first_isTheAdministrator() {
    assertThat(registered(Installation.login("ada")).role()).isEqualTo("admin");
    assertThat(registered(Installation.login("bob")).role()).isEqualTo("user");
  }

  @Test
  void register_notDirectly_isClosedUnlessASettingOpensIt() {
    var elsewhere = new Registrations.Client(false, "192.0.2.1");
    assertThat(refused(() -> registrations.register(Installation.login("ada"), elsewhere)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(registrations.open(true)).isTrue();
    var open = installation.config.withRegistration(Registration.OPEN);
    assertThat(installation.started(open).registrations().open(false)).isTrue();
  }

  @Test
  void register_onceClosed_staysClosedUntilASettingOpensIt() {
    installation.started(installation.config.withRegistration(Registration.CLOSED));
    assertThat(installation.started().registrations().open(true)).isFalse();
    installation.started(installation.config.withRegistration(Registration.OPEN));
    assertThat(installation.started().registrations().open(true)).isTrue();
  }

  @Test
  void login_failuresOfStrangers_doNotLockOutAKnownAddress() {
    installation.add("ada", Role.USER);
    sessions.login(Installation.login("ada"), "192.0.2.1");
    for (var failure = 0; failure < 5; failure++) {
      failure("ada", "198.51.100." + failure);
    }
    for (var failure = 0; failure < 20; failure++) {
      failure("nobody" + failure, "192.0.2.1");
    }
    assertThat(sessions.login(Installation.login("ada"), "192.0.2.1").expiresIn()).isPositive();
    assertThat(refused(() -> sessions.login(Installation.login("ada"), "203.0.113.7")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void login_failuresFromAKnownAddress_areLimitedThere() {
    installation.add("ada", Role.USER);
    sessions.login(Installation.login("ada"), "192.0.2.1");
    for (var failure = 0; failure < 5; failure++) {
      failure("ada", "192.0.2.1");
    }
    assertThat(refused(() -> sessions.login(Installation.login("ada"), "192.0.2.1")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void refresh_again_endsThirtyDaysAfterTheSignIn() {
    installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    for (var hour = 0; hour < 71; hour++) {
      installation.clock.advance(Duration.ofHours(10));
      token = sessions.refresh(installation.principal(token)).accessToken();
    }
    installation.clock.advance(Duration.ofHours(9));
    var last = sessions.refresh(installation.principal(token));
    assertThat(last.expiresIn()).isLessThanOrEqualTo(3_600);
    installation.clock.advance(Duration.ofHours(1));
    assertThat(installation.verify(last.accessToken()))
        .isEqualTo(new Verification.Refused(Reason.EXPIRED));
  }

  @Test
  void tokens_ofMine_areListedAndEndedOneByOneOrAllAtOnce() {
    installation.add("ada", Role.USER);
    var lost = installation.signIn("ada");
    var kept = installation.signIn("ada");
    var me = installation.principal(kept);
    assertThat(sessions.tokens(me))
        .extracting(TokenView::kind, TokenView::detail, TokenView::current)
        .containsExactly(tuple("session", "192.0.2.1", true), tuple("session", "192.0.2.1", false));
    sessions.end(me, sessions.tokens(me).getLast().id());
    assertThat(installation.verify(lost)).isEqualTo(REVOKED);
    assertThat(sessions.tokens(me)).hasSize(1);
    assertThat(refused(() -> sessions.end(me, "no-such-token")).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    installation.clock.advance(Duration.ofMillis(1));
    sessions.signOutEverywhere(me);
    assertThat(installation.verify(kept)).isEqualTo(REVOKED);
  }

  @Test
  void audit_everyChange_saysWhoDidWhatToWhom() {
    installation.add("root", Role.ADMIN);
    var root = installation.principal(installation.signIn("root"));
    var ada = users.add(root, Installation.login("ada"), Role.USER);
    users.change(root, ada.id(), Users.Change.of(Role.WORKER));
    users.change(null, ada.id(), Users.Change.of(false));
    users.remove(root, ada.id());
    assertThat(installation.services.audit().page(new PageRequest(1, 10)).items().reversed())
        .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::account)
        .containsExactly(
            tuple("command line", AuditEntry.Action.USER_ADDED, "root@example.com"),
            tuple("root@example.com", AuditEntry.Action.USER_ADDED, "ada@example.com"),
            tuple("root@example.com", AuditEntry.Action.ROLE_CHANGED, "ada@example.com"),
            tuple("command line", AuditEntry.Action.USER_DISABLED, "ada@example.com"),
            tuple("root@example.com", AuditEntry.Action.USER_REMOVED, "ada@example.com"));
  }

  @Test
  void everything_anonymous_isNotAuthenticated() {
    var nobody = new Principal.Anonymous("192.0.2.1");
    assertThat(refused(() -> sessions.me(nobody)).code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
    assertThat(refused(() -> sessions.logout(nobody)).code())
        .isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
    assertThat(refused(() -> users.change(nobody, 1, Users.Change.of(false))).code())
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
