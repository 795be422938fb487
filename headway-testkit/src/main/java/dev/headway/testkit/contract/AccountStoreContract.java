package dev.headway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.AuditEntry.Action;
import dev.headway.core.account.Identity;
import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that an {@link AccountStore} must do. Extend it and hand out an empty store. */
public abstract class AccountStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000001Z");

  private static final int MOST = 100;

  private AccountStore store;

  /** An empty store, new for each test. */
  protected abstract AccountStore emptyStore();

  @BeforeEach
  void openStore() {
    store = emptyStore();
  }

  private User user(String email) {
    return store.addUser(email, "hash of " + email, Role.USER, NOW).orElseThrow();
  }

  private ApiKey key(User user, String hash) {
    return store.addKey(unstoredKey(user.id(), hash, null), MOST).orElseThrow();
  }

  private static ApiKey unstoredKey(long user, String hash, @Nullable Instant expiresAt) {
    var queues = Set.of("gpu", "", "a,b\nc");
    return new ApiKey(0, user, "Schlüssel 🔑", hash, Role.WORKER, queues, true, NOW, expiresAt);
  }

  @Test
  void addUser_newAddress_isFoundByIdAndAddress() {
    var user =
        store.addUser("zoë@example.org", "$argon2id$", new Role("engineer"), NOW).orElseThrow();

    assertThat(user)
        .isEqualTo(
            new User(
                user.id(), "zoë@example.org", "$argon2id$", new Role("engineer"), true, NOW, NOW));
    assertThat(store.user(user.id())).contains(user);
    assertThat(store.userByEmail("zoë@example.org")).contains(user);
  }

  @Test
  void addUser_first_hasAnIdFromOne() {
    assertThat(user("a@example.org").id()).isPositive();
  }

  @Test
  void addUser_addressTaken_isEmptyAndChangesNothing() {
    var user = user("a@example.org");

    assertThat(store.addUser("a@example.org", "other", Role.ADMIN, NOW)).isEmpty();
    assertThat(store.userByEmail("a@example.org")).contains(user);
  }

  @Test
  void addUser_sameAddressFromManyThreads_addsOne() {
    var rivals = IntStream.range(0, 16).boxed().toList();
    var added =
        AtOnce.all(rivals, i -> store.addUser("a@example.org", "hash " + i, Role.USER, NOW));

    assertThat(added).filteredOn(user -> user.isPresent()).hasSize(1);
    assertThat(store.users(new PageRequest(1, 10)).total()).isEqualTo(1);
  }

  @Test
  void user_unknown_isEmpty() {
    user("a@example.org");

    assertThat(store.user(0)).isEmpty();
    assertThat(store.user(Long.MAX_VALUE)).isEmpty();
    assertThat(store.userByEmail("b@example.org")).isEmpty();
    assertThat(store.userByEmail("a%")).isEmpty();
  }

  @Test
  void users_pages_inOrderOfId() {
    var users = IntStream.range(0, 5).mapToObj(i -> user(9 - i + "@example.org")).toList();

    assertThat(users).isSortedAccordingTo((one, other) -> Long.compare(one.id(), other.id()));
    var first = store.users(new PageRequest(1, 2));
    assertThat(first).isEqualTo(new Page<>(users.subList(0, 2), 5, "" + users.get(1).id()));
    var second = store.users(new PageRequest(1, 2, first.next()));
    assertThat(second).isEqualTo(new Page<>(users.subList(2, 4), 5, "" + users.get(3).id()));
    assertThat(store.users(new PageRequest(1, 2, second.next())).items())
        .isEqualTo(users.subList(4, 5));
    assertThat(store.users(new PageRequest(3, 2))).isEqualTo(new Page<>(users.subList(4, 5), 5));
    assertThat(store.users(new PageRequest(4, 2))).isEqualTo(new Page<>(List.of(), 5));
  }

  @Test
  void updateUser_everything_isWrittenForThatUserAlone() {
    var user = user("a@example.org");
    var other = user("b@example.org");
    var changed =
        user.withPassword("new", NOW.plusSeconds(9)).withRole(Role.ADMIN).withActive(false);
    store.updateUser(changed);

    assertThat(store.user(user.id())).contains(changed);
    assertThat(store.user(other.id())).contains(other);
  }

  @Test
  void addKey_full_isFoundByHashWithANewId() {
    var user = user("a@example.org");
    var key = key(user, "cafe");
    var unstored = unstoredKey(user.id(), "beef", NOW.plusSeconds(60));
    var expiring = store.addKey(unstored, MOST).orElseThrow();

    assertThat(key.id()).isPositive().isNotEqualTo(expiring.id());
    assertThat(key.queues()).containsExactlyInAnyOrder("gpu", "", "a,b\nc");
    assertThat(key.forOthers()).isTrue();
    assertThat(store.keyByHash("cafe")).contains(key);
    assertThat(store.keyByHash("beef")).contains(expiring);
    assertThat(store.keyByHash("CAFE")).isEmpty();
  }

  @Test
  void addKey_forAllQueues_staysForAllQueues() {
    var user = user("a@example.org");
    var key = new ApiKey(0, user.id(), "ci", "cafe", Role.USER, Set.of(), false, NOW, null);

    assertThat(store.addKey(key, MOST).orElseThrow().queues()).isEmpty();
    assertThat(store.keyByHash("cafe").orElseThrow().queues()).isEmpty();
  }

  @Test
  void addKey_hashTakenOrUserUnknown_throws() {
    var user = user("a@example.org");
    var key = key(user, "cafe");

    assertThatThrownBy(() -> key(user, "cafe")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> store.addKey(unstoredKey(999, "beef", null), MOST))
        .isInstanceOf(RuntimeException.class);
    assertThat(store.keys(user.id())).containsExactly(key);
    assertThat(store.keyByHash("beef")).isEmpty();
  }

  @Test
  void addKey_userHasAsManyAsAllowed_addsNone() {
    var user = user("a@example.org");
    var key = key(user, "cafe");
    key(user("b@example.org"), "feed");

    assertThat(store.addKey(unstoredKey(user.id(), "beef", null), 1)).isEmpty();
    assertThat(store.keyByHash("beef")).isEmpty();
    assertThat(store.deleteKey(user.id(), key.id())).isTrue();
    assertThat(store.addKey(unstoredKey(user.id(), "beef", null), 1)).isPresent();
  }

  @Test
  void keys_user_theirOwnInOrderOfId() {
    var user = user("a@example.org");
    var first = key(user, "2");
    key(user("b@example.org"), "3");
    var second = key(user, "1");

    assertThat(store.keys(user.id())).containsExactly(first, second);
    assertThat(store.keys(999)).isEmpty();
  }

  @Test
  void deleteKey_ownKey_isGoneOnce() {
    var user = user("a@example.org");
    var key = key(user, "cafe");

    assertThat(store.deleteKey(user.id(), key.id())).isTrue();
    assertThat(store.deleteKey(user.id(), key.id())).isFalse();
    assertThat(store.keyByHash("cafe")).isEmpty();
  }

  @Test
  void deleteKey_ofSomebodyElse_isRefused() {
    var key = key(user("a@example.org"), "cafe");
    var other = user("b@example.org");

    assertThat(store.deleteKey(other.id(), key.id())).isFalse();
    assertThat(store.keyByHash("cafe")).contains(key);
  }

  private static Identity person(String subject, String email) {
    return new Identity("https://id.example.org/", subject, email);
  }

  @Test
  void identify_newPerson_isAddedWithTokensThatAlwaysHoldAndFoundBySubject() {
    var added = store.identify(person("1", "a@example.org"), Role.WORKER, NOW).orElseThrow();

    assertThat(added.role()).isEqualTo(Role.WORKER);
    assertThat(added.passwordHash()).isEqualTo(User.NO_PASSWORD);
    assertThat(added.tokensValidFrom()).isEqualTo(Instant.EPOCH);
    assertThat(store.identify(person("1", "new@example.org"), Role.USER, NOW)).contains(added);
    var elsewhere = new Identity("https://other.example.org/", "1", "b@example.org");
    assertThat(store.identify(elsewhere, Role.USER, NOW).orElseThrow().id())
        .isNotEqualTo(added.id());
  }

  @Test
  void identify_addressOfSomebodyElse_isEmptyAndBindsNothing() {
    var local = user("a@example.org");
    var first = store.identify(person("1", "b@example.org"), Role.USER, NOW).orElseThrow();

    assertThat(store.identify(person("2", "a@example.org"), Role.ADMIN, NOW)).isEmpty();
    assertThat(store.identify(person("2", "b@example.org"), Role.ADMIN, NOW)).isEmpty();
    assertThat(store.users(new PageRequest(1, 10)).items()).containsExactly(local, first);
  }

  @Test
  void identify_userWithoutPasswordAndIdentity_isBoundOnce() {
    var old = store.addUser("a@example.org", User.NO_PASSWORD, Role.WORKER, NOW).orElseThrow();

    assertThat(store.identify(person("1", "a@example.org"), Role.USER, NOW)).contains(old);
    assertThat(store.identify(person("2", "a@example.org"), Role.USER, NOW)).isEmpty();
  }

  @Test
  void removeUser_withKeysTokensAndIdentity_leavesNothingAndGivesNoIdAgain() {
    var gone = store.identify(person("1", "a@example.org"), Role.USER, NOW).orElseThrow();
    key(gone, "cafe");
    store.addToken(token("t", gone.id(), NOW), MOST);

    assertThat(store.removeUser(gone.id())).isTrue();
    assertThat(store.removeUser(gone.id())).isFalse();

    assertThat(store.keyByHash("cafe")).isEmpty();
    assertThat(store.tokens(gone.id(), NOW)).isEmpty();
    var again = store.identify(person("1", "a@example.org"), Role.USER, NOW).orElseThrow();
    assertThat(again.id()).isGreaterThan(gone.id());
  }

  private static IssuedToken token(String id, long user, Instant issuedAt) {
    return new IssuedToken(
        id, user, IssuedToken.Kind.WATCH, "job:1", NOW, issuedAt, issuedAt.plusSeconds(60));
  }

  @Test
  void tokens_ofAUser_areTheUnexpiredOnesNewestFirst() {
    var user = user("a@example.org");
    var other = user("b@example.org");
    store.addToken(token("one", user.id(), NOW), MOST);
    store.addToken(token("two", user.id(), NOW.plusSeconds(30)), MOST);
    store.addToken(token("three", other.id(), NOW), MOST);

    assertThat(store.tokens(user.id(), NOW))
        .containsExactly(
            token("two", user.id(), NOW.plusSeconds(30)), token("one", user.id(), NOW));
    assertThat(store.tokens(user.id(), NOW.plusSeconds(60)))
        .extracting(IssuedToken::id)
        .containsExactly("two");
    store.addToken(token("four", user.id(), NOW.plusSeconds(70)), MOST);
    assertThat(store.tokens(user.id(), NOW)).extracting(IssuedToken::id).doesNotContain("one");
  }

  @Test
  void addToken_userHasAsManyOfItsKindAsAllowed_notesItOnceOneHasExpired() {
    var user = user("a@example.org");
    var session =
        new IssuedToken(
            "session", user.id(), IssuedToken.Kind.SESSION, "", NOW, NOW, NOW.plusSeconds(600));

    assertThat(store.addToken(session, 1)).isTrue();
    assertThat(store.addToken(token("one", user.id(), NOW), 1)).isTrue();
    assertThat(store.addToken(token("two", user.id(), NOW.plusSeconds(59)), 1)).isFalse();
    assertThat(store.tokens(user.id(), NOW)).extracting(IssuedToken::id).doesNotContain("two");
    assertThat(store.addToken(token("three", user.id(), NOW.plusSeconds(60)), 1)).isTrue();
  }

  @Test
  void deleteToken_ownToken_isGoneOnce() {
    var user = user("a@example.org");
    store.addToken(token("one", user.id(), NOW), MOST);

    assertThat(store.deleteToken(user.id() + 1, "one")).isFalse();
    assertThat(store.deleteToken(user.id(), "one")).isTrue();
    assertThat(store.deleteToken(user.id(), "one")).isFalse();
    assertThat(store.tokens(user.id(), NOW)).isEmpty();
  }

  @Test
  void audit_entries_arePagedNewestFirst() {
    var entries =
        IntStream.range(0, 5)
            .mapToObj(i ->
                new AuditEntry(
                    NOW.plusSeconds(i), "root@example.org", Action.ROLE_CHANGED, "a@b.c", "" + i))
            .toList();
    entries.forEach(store::addAudit);

    var first = store.audit(new PageRequest(1, 2));
    assertThat(first.items()).containsExactly(entries.get(4), entries.get(3));
    assertThat(first.total()).isEqualTo(5);
    store.addAudit(entries.get(0));
    var second = store.audit(new PageRequest(1, 2, first.next()));
    assertThat(second.items()).containsExactly(entries.get(2), entries.get(1));
    assertThat(store.audit(new PageRequest(1, 2, second.next())))
        .isEqualTo(new Page<>(entries.subList(0, 1), 6));
    assertThat(store.audit(new PageRequest(3, 2)).items())
        .containsExactly(entries.get(1), entries.get(0));
  }

  @Test
  void revision_changesWithEachEntryAndEachRevokedToken() {
    var first = store.revision();
    assertThat(store.revision()).isEqualTo(first);
    store.addAudit(new AuditEntry(NOW, "root@example.org", Action.USER_DISABLED, "a@b.c", ""));
    var second = store.revision();
    store.revoke("token", NOW.plusSeconds(60));

    assertThat(List.of(first, second, store.revision())).doesNotHaveDuplicates();
  }

  @Test
  void closeRegistration_closedAndOpened_isRemembered() {
    assertThat(store.registrationClosed()).isFalse();
    store.closeRegistration(true);
    store.closeRegistration(true);
    assertThat(store.registrationClosed()).isTrue();
    store.closeRegistration(false);
    assertThat(store.registrationClosed()).isFalse();
  }

  @Test
  void revoked_untilExpiry_andNoLonger() {
    store.revoke("one", NOW.plusSeconds(1));
    store.revoke("two", NOW.plusSeconds(2));

    assertThat(store.revoked(NOW))
        .containsOnly(entry("one", NOW.plusSeconds(1)), entry("two", NOW.plusSeconds(2)));
    assertThat(store.revoked(NOW.plusSeconds(1))).containsOnlyKeys("two");
    assertThat(store.revoked(NOW.plusSeconds(2))).isEmpty();
  }

  @Test
  void revoke_twice_keepsTheLaterExpiry() {
    store.revoke("one", NOW.plusSeconds(5));
    store.revoke("one", NOW.plusSeconds(9));
    store.revoke("one", NOW.plusSeconds(1));

    assertThat(store.revoked(NOW)).containsOnly(entry("one", NOW.plusSeconds(9)));
  }

  private static Map.Entry<String, Instant> entry(String token, Instant expiresAt) {
    return Map.entry(token, expiresAt);
  }
}
