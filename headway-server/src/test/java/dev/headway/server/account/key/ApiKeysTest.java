package dev.headway.server.account.key;

import static dev.headway.server.account.AccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.server.account.Installation;
import dev.headway.server.account.Sessions;
import dev.headway.server.account.Users;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiKeysTest {
  private static final Verification REVOKED = new Verification.Refused(Reason.REVOKED);

  @TempDir Path directory;
  private Installation installation;
  private ApiKeys keys;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    keys = installation.services.apiKeys();
  }

  @Test
  void make_workerKey_worksAsThatWorker() {
    var user = installation.add("ada", Role.USER);
    var made = make("ada", new ApiKeys.Requested(" press 3 ", "worker", Set.of("b", "a"), null));
    assertThat(made.key()).matches("hw_[A-Za-z0-9_-]{32}");
    var who = installation.known(made.key());
    assertThat(who.id()).isEqualTo(user.id());
    assertThat(who.role()).isEqualTo(Role.WORKER);
    assertThat(who.queues()).containsExactlyInAnyOrder("a", "b");
    assertThat(new String(JsonCodec.bytes(made), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":1,"name":"press 3","role":"worker","queues":["a","b"],\
            "created_at":"2026-03-01T12:00:00.005Z","expires_at":null,"key":"%s"}\
            """
                .formatted(made.key()));
  }

  @Test
  void make_asManyAsAUserMayHave_isRefusedUntilOneIsRevoked() {
    installation.add("ada", Role.USER);
    installation.add("bob", Role.USER);
    var first = make("ada", wanted(null)).view();
    for (var count = 1; count < ApiKeys.MOST; count++) {
      var _ = make("ada", wanted(null));
    }

    var refused = refused(() -> make("ada", wanted(null)));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(refused).hasMessageContaining("100 API keys").hasMessageContaining("end one");
    assertThat(make("bob", wanted(null)).key()).isNotEmpty();
    keys.revokeFor("ada@example.com", first.id());
    assertThat(make("ada", wanted(null)).key()).isNotEmpty();
  }

  @Test
  void make_stored_isOnlyAHash() {
    installation.add("ada", Role.USER);
    var made = make("ada", wanted(null));
    assertThat(installation.store.keys(1)).hasSize(1);
    assertThat(installation.store.keys(1).toString()).doesNotContain(made.key().substring(3));
    assertThat(made.toString()).doesNotContain(made.key().substring(3));
    assertThat(keys.list(installation.principal(installation.signIn("ada"))).toString())
        .contains("press 3")
        .doesNotContain(made.key().substring(3));
  }

  @ParameterizedTest
  @CsvSource({
    "user, user worker, engineer admin",
    "worker, user worker, engineer admin",
    "engineer, user worker engineer, admin",
    "admin, user worker engineer admin, owner"
  })
  void make_role_isWithinTheUsersOwn(String own, String allowed, String refused) {
    installation.add("ada", new Role(own));
    for (var role : allowed.split(" ", -1)) {
      assertThat(make("ada", wanted(role)).view().role()).isEqualTo(role);
    }
    for (var role : refused.split(" ", -1)) {
      var refusal = refused(() -> make("ada", wanted(role)));
      assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
      assertThat(refusal).hasMessageContaining("(" + role + ")");
    }
  }

  @Test
  void make_noRole_hasTheUsersOwn() {
    installation.add("ada", Installation.ENGINEER);
    assertThat(installation.known(make("ada", wanted(null)).key()).role())
        .isEqualTo(Installation.ENGINEER);
  }

  @Test
  void make_everythingWrong_namesEveryDefect() {
    installation.add("ada", Role.USER);
    var past = installation.clock.instant().minusSeconds(1);
    var refused =
        refused(() -> make("ada", new ApiKeys.Requested(" ", "king", Set.of("a b"), past)));
    assertThat(refused.defects())
        .extracting(Defect::field)
        .containsExactly("name", "role", "queues", "expires_at");
  }

  @Test
  void make_withAKey_isRefused() {
    installation.add("ada", Role.ADMIN);
    var key = installation.principal(make("ada", wanted(null)).key());
    assertThat(refused(() -> keys.make(key, wanted(null))).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(refused(() -> installation.services.sessions().logout(key)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(refused(() -> installation.services.sessions().refresh(key)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(installation.services.sessions().me(key).email()).isEqualTo("ada@example.com");
  }

  @Test
  void makeFor_knownAddress_isThatUsersKey() {
    installation.add("ada", Role.USER);
    var made = keys.makeFor("ADA@example.com", wanted("worker"));
    assertThat(installation.known(made.key()).email()).isEqualTo("ada@example.com");
    assertThat(refused(() -> keys.makeFor("bob@example.com", wanted(null))).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void make_byAUser_isForTheUsersOwnWorkAlone() {
    installation.add("ada", Role.USER);
    installation.add("wim", Role.WORKER);
    assertThat(installation.known(make("ada", wanted("worker")).key()).ownWorkOnly()).isTrue();
    assertThat(installation.known(make("wim", wanted("worker")).key()).ownWorkOnly()).isFalse();
    var given = keys.makeFor("ada@example.com", wanted("worker"));
    assertThat(installation.known(given.key()).ownWorkOnly()).isFalse();
  }

  @Test
  void listFor_andRevokeFor_areTheCommandLines() {
    installation.add("ada", Role.USER);
    var made = keys.makeFor("ada@example.com", wanted("worker"));
    assertThat(keys.listFor("Ada@example.com")).containsExactly(made.view());
    keys.revokeFor("ada@example.com", made.view().id());
    assertThat(keys.listFor("ada@example.com")).isEmpty();
    assertThat(refused(() -> keys.revokeFor("ada@example.com", made.view().id())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void verify_expiredKey_isRefusedToTheMillisecond() {
    installation.add("ada", Role.USER);
    var end = installation.clock.instant().plusSeconds(60);
    var key = make("ada", new ApiKeys.Requested("press 3", null, Set.of(), end)).key();
    installation.clock.advance(Duration.between(installation.clock.instant(), end).minusMillis(1));
    assertThat(installation.known(key).credential().expiresAt()).isEqualTo(end);
    installation.clock.advance(Duration.ofMillis(1));
    assertThat(installation.verify(key)).isEqualTo(new Verification.Refused(Reason.EXPIRED));
  }

  @Test
  void verify_unknownKey_isRefused() {
    var invalid = new Verification.Refused(Reason.INVALID);
    assertThat(installation.verify("hw_" + "A".repeat(32))).isEqualTo(invalid);
    assertThat(installation.verify("hw_")).isEqualTo(invalid);
    assertThat(installation.verify("hw_" + "A".repeat(9_000))).isEqualTo(invalid);
  }

  @Test
  void verify_keyShownAgain_readsNothing() {
    installation.add("ada", Role.USER);
    var key = make("ada", wanted(null)).key();
    installation.principal(key);
    var calls = installation.store.calls.get();
    for (var shown = 0; shown < 1_000; shown++) {
      installation.principal(key);
    }
    assertThat(installation.store.calls).hasValue(calls);
  }

  @Test
  void revoke_ownKey_endsItAtOnce() {
    installation.add("ada", Role.USER);
    var made = make("ada", wanted(null));
    var who = installation.principal(made.key());
    keys.revoke(installation.principal(installation.signIn("ada")), made.view().id());
    assertThat(installation.verify(made.key())).isEqualTo(new Verification.Refused(Reason.INVALID));
    assertThat(installation.services.authenticator().holds(who)).isFalse();
    assertThat(installation.revocations)
        .singleElement()
        .satisfies(revocation -> assertThat(revocation.ends(who)).isTrue());
  }

  @Test
  void revoke_anothersKey_looksLikeNone() {
    installation.add("ada", Role.USER);
    installation.add("eve", Role.ADMIN);
    var made = make("ada", wanted(null));
    var eve = installation.principal(installation.signIn("eve"));
    assertThat(refused(() -> keys.revoke(eve, made.view().id())).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(installation.verify(made.key())).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void reload_keyDeletedByAnotherServer_endsHere() {
    installation.add("ada", Role.USER);
    var made = make("ada", wanted(null));
    var who = installation.principal(made.key());
    installation.store.deleteKey(1, made.view().id());
    installation.services.reload();
    assertThat(installation.verify(made.key())).isEqualTo(new Verification.Refused(Reason.INVALID));
    assertThat(installation.revocations).anyMatch(revocation -> revocation.ends(who));
  }

  @Test
  void verify_ownerDeactivated_isRefused() {
    var ada = installation.add("ada", Role.USER);
    installation.add("root", Role.ADMIN);
    var key = make("ada", wanted(null)).key();
    var root = installation.principal(installation.signIn("root"));
    installation.services.users().change(root, ada.id(), Users.Change.of(false));
    assertThat(installation.verify(key)).isEqualTo(REVOKED);
  }

  @Test
  void verify_ownerLostTheRole_losesItToo() {
    installation.add("ada", Role.ADMIN);
    var key = make("ada", wanted(null)).key();
    var user = installation.store.user(1).orElseThrow();
    installation.store.updateUser(user.withRole(Role.USER));
    installation.services.reload();
    assertThat(installation.known(key).role()).isEqualTo(Role.USER);
  }

  @Test
  void changePassword_always_leavesKeysAlone() {
    installation.add("ada", Role.USER);
    var key = make("ada", wanted(null)).key();
    var who = installation.principal(key);
    installation.clock.advance(Duration.ofMillis(1));
    installation
        .services
        .sessions()
        .changePassword(
            installation.principal(installation.signIn("ada")),
            new Sessions.PasswordChange(Installation.PASSWORD, "swordfish-2"));
    assertThat(installation.verify(key)).isInstanceOf(Verification.Valid.class);
    assertThat(installation.revocations).noneMatch(revocation -> revocation.ends(who));
  }

  private ApiKeys.Created make(String name, ApiKeys.Requested wanted) {
    return keys.make(installation.principal(installation.signIn(name)), wanted);
  }

  private static ApiKeys.Requested wanted(@Nullable String role) {
    return new ApiKeys.Requested("press 3", role, Set.of(), null);
  }
}
