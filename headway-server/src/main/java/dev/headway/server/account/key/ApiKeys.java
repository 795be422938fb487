package dev.headway.server.account.key;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry.Action;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.account.Roles;
import dev.headway.core.account.User;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.core.port.AccountStore;
import dev.headway.server.account.audit.AuditTrail;
import dev.headway.server.account.token.Callers;
import dev.headway.server.account.token.Digests;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys for programs. A key has a role of {@link Roles#ofKeysFor} its user, and never does more than
 * its user may at that moment. Everything here may block. Thread-safe.
 */
public final class ApiKeys {
  /**
   * A key that is asked for.
   *
   * @param name for people, 1 to 100 characters
   * @param role the role's name on the wire; null for the own
   * @param queues the queues it may claim from, at most 50; empty for all
   * @param expiresAt when it is to end; null for never
   */
  public record Requested(
      String name, @Nullable String role, Set<String> queues, @Nullable Instant expiresAt) {
    /** Takes a copy of the queues. */
    public Requested {
      queues = Set.copyOf(queues);
    }
  }

  /**
   * A key as clients see it later.
   *
   * @param role the role's name on the wire
   * @param queues the queues it may claim from, in order; empty for all
   * @param expiresAt null for never
   */
  public record View(
      long id,
      String name,
      String role,
      List<String> queues,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    static View of(ApiKey key) {
      return new View(
          key.id(),
          key.name(),
          key.role().name(),
          key.queues().stream().sorted().toList(),
          key.createdAt(),
          key.expiresAt());
    }
  }

  /**
   * A new key.
   *
   * @param view the key as clients see it later
   * @param key the key itself, which cannot be had again
   */
  public record Created(@JsonUnwrapped View view, String key) {
    @Override
    public String toString() {
      return "Created[" + view + "]";
    }
  }

  /** How many keys a user may have. */
  public static final int MOST = 100;

  private static final int MOST_CHARACTERS = 100;
  private static final int MOST_QUEUES = 50;
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final AccountStore store;
  private final KeyRing ring;
  private final Roles roles;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final IdSource ids;

  /** The keys in a store. */
  public ApiKeys(
      AccountStore store,
      KeyRing ring,
      Roles roles,
      AuditTrail audit,
      InstantSource clock,
      IdSource ids) {
    this.store = store;
    this.ring = ring;
    this.roles = roles;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Makes a key for the user who asks.
   *
   * @throws HeadwayException VALIDATION_ERROR with every defect; CONFLICT when the user has {@link
   *     #MOST} already; AUTHORIZATION_ERROR for a key or a watch token, AUTHENTICATION_ERROR for
   *     nobody
   */
  public Created make(Principal who, Requested wanted) {
    var known = Callers.person(who);
    return make(who, store.user(known.id()).orElseThrow(ApiKeys::unknownUser), wanted);
  }

  /**
   * Makes a key for a user: for {@code headway key add}. As an administrator gives it, it may claim
   * the jobs of others, from its queues.
   *
   * @throws HeadwayException VALIDATION_ERROR with every defect, NOT_FOUND for an unknown address
   */
  public Created makeFor(String email, Requested wanted) {
    return make(null, user(email), wanted);
  }

  private Created make(@Nullable Principal who, User user, Requested wanted) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var defects = defects(wanted, user.role(), now);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    var secret = KeyRing.PREFIX + ids.secret();
    var unstored =
        new ApiKey(
            0,
            user.id(),
            wanted.name().strip(),
            Digests.sha256(secret),
            role(wanted, user.role()),
            wanted.queues(),
            who == null,
            now,
            wanted.expiresAt());
    var key = store.addKey(unstored, MOST).orElseThrow(ApiKeys::tooMany);
    var detail = "%s, role %s".formatted(key.name(), key.role());
    audit.add(who, Action.KEY_MADE, user.email(), detail);
    return new Created(View.of(key), secret);
  }

  private static HeadwayException tooMany() {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "There are %d API keys already, the most of one user; end one that is no longer used"
            .formatted(MOST));
  }

  private Role role(Requested wanted, Role own) {
    return wanted.role() == null ? own : roles.find(wanted.role()).orElseThrow();
  }

  private List<Defect> defects(Requested wanted, Role own, Instant now) {
    var defects = new ArrayList<Defect>();
    var name = wanted.name().strip();
    if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
      defects.add(Defect.ofField("name", "A name has 1 to 100 characters"));
    }
    var role = wanted.role();
    var possible = roles.ofKeysFor(own);
    if (role != null && roles.find(role).filter(possible::contains).isEmpty()) {
      defects.add(
          Defect.ofField(
              "role", "The role (%s) must be one of: %s".formatted(role, Roles.names(possible))));
    }
    if (wanted.queues().size() > MOST_QUEUES
        || wanted.queues().stream().anyMatch(ApiKeys::noQueue)) {
      defects.add(
          Defect.ofField(
              "queues", "At most 50 queues, named with letters, digits, '.', '_' and '-'"));
    }
    var end = wanted.expiresAt();
    if (end != null && !end.isAfter(now)) {
      defects.add(
          Defect.ofField("expires_at", "The end (%s) must be in the future".formatted(end)));
    }
    return defects;
  }

  private static boolean noQueue(String queue) {
    return !QUEUE.matcher(queue).matches();
  }

  /** The keys of the user who asks, in order of id. */
  public List<View> list(Principal who) {
    return store.keys(Callers.person(who).id()).stream().map(View::of).toList();
  }

  /**
   * The keys of a user by address: for {@code headway key list}.
   *
   * @throws HeadwayException NOT_FOUND for an unknown address
   */
  public List<View> listFor(String email) {
    return store.keys(user(email).id()).stream().map(View::of).toList();
  }

  /**
   * Ends a key of the user who asks, at once.
   *
   * @throws HeadwayException NOT_FOUND when the user has no such key
   */
  public void revoke(Principal who, long id) {
    var user = Callers.person(who).id();
    revoke(who, store.user(user).orElseThrow(ApiKeys::unknownUser), id);
  }

  /**
   * Ends a key of a user by address: for {@code headway key revoke}.
   *
   * @throws HeadwayException NOT_FOUND when there is no such user or key
   */
  public void revokeFor(String email, long id) {
    revoke(null, user(email), id);
  }

  private void revoke(@Nullable Principal who, User user, long id) {
    var key =
        store.keys(user.id()).stream()
            .filter(own -> own.id() == id)
            .findFirst()
            .orElseThrow(() -> HeadwayException.notFound("API key"));
    store.deleteKey(user.id(), id);
    ring.forget(key);
    audit.add(who, Action.KEY_REVOKED, user.email(), key.name());
  }

  private User user(String email) {
    return store
        .userByEmail(email.strip().toLowerCase(Locale.ROOT))
        .orElseThrow(() -> HeadwayException.notFound("User " + email));
  }

  private static HeadwayException unknownUser() {
    return HeadwayException.notFound("User");
  }
}
