package dev.headway.store.account;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Identity;
import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.store.Columns;
import dev.headway.store.Database;
import dev.headway.store.NumberedList;
import dev.headway.store.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Accounts in a database with {@link Schema#CORE}. Moments are kept to the microsecond. Safe for
 * use by any thread.
 */
public final class SqlAccountStore implements AccountStore {
  private final Database database;

  /** Accounts in {@code database}. */
  public SqlAccountStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<User> addUser(String email, String passwordHash, Role role, Instant now) {
    return database.write(handle ->
        handle
            .createQuery(
                """
                INSERT INTO account (
                  email, password_hash, role, active, created_at, tokens_valid_from)
                VALUES (:email, :hash, :role, TRUE, :now, :now)
                ON CONFLICT (email) DO NOTHING RETURNING *
                """)
            .bind("email", email)
            .bind("hash", passwordHash)
            .bind("role", stored(role))
            .bind("now", now)
            .map(SqlAccountStore::user)
            .findOne());
  }

  @Override
  public Optional<User> user(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM account WHERE id = :id")
            .bind("id", id)
            .map(SqlAccountStore::user)
            .findOne());
  }

  @Override
  public Optional<User> userByEmail(String email) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM account WHERE email = :email")
            .bind("email", email)
            .map(SqlAccountStore::user)
            .findOne());
  }

  @Override
  public Page<User> users(PageRequest page) {
    var users = NumberedList.all("account", false);
    return database.snapshot(handle -> users.page(handle, page, SqlAccountStore::user));
  }

  @Override
  public void updateUser(User user) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE account SET password_hash = :hash, role = :role, active = :active,
                  tokens_valid_from = :validFrom
                WHERE id = :id
                """)
            .bind("hash", user.passwordHash())
            .bind("role", stored(user.role()))
            .bind("active", user.active())
            .bind("validFrom", user.tokensValidFrom())
            .bind("id", user.id())
            .execute());
  }

  /* Roles are kept in capitals. */
  private static String stored(Role role) {
    return role.name().toUpperCase(Locale.ROOT);
  }

  private static Role role(ResultSet row) throws SQLException {
    return new Role(row.getString("role").toLowerCase(Locale.ROOT));
  }

  private static User user(ResultSet row, StatementContext context) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("email"),
        row.getString("password_hash"),
        role(row),
        row.getBoolean("active"),
        Columns.present(Columns.instant(row, "created_at")),
        Columns.present(Columns.instant(row, "tokens_valid_from")));
  }

  @Override
  public Optional<User> identify(Identity identity, Role role, Instant now) {
    return database.write(handle ->
        known(handle, identity)
            .or(() -> {
              var user = adopted(handle, identity).or(() -> added(handle, identity, role, now));
              user.ifPresent(found -> bind(handle, identity, found.id()));
              return user;
            }));
  }

  private static Optional<User> known(Handle handle, Identity identity) {
    return handle
        .createQuery(
            """
            SELECT account.* FROM account JOIN account_identity AS person
              ON person.account = account.id
            WHERE person.issuer = :issuer AND person.subject = :subject
            """)
        .bind("issuer", identity.issuer())
        .bind("subject", identity.subject())
        .map(SqlAccountStore::user)
        .findOne();
  }

  private static Optional<User> adopted(Handle handle, Identity identity) {
    return handle
        .createQuery(
            """
            SELECT * FROM account WHERE email = :email AND password_hash = :none
              AND NOT EXISTS (SELECT 1 FROM account_identity AS person WHERE person.account = account.id)
            """)
        .bind("email", identity.email())
        .bind("none", User.NO_PASSWORD)
        .map(SqlAccountStore::user)
        .findOne();
  }

  private static Optional<User> added(Handle handle, Identity identity, Role role, Instant now) {
    return handle
        .createQuery(
            """
            INSERT INTO account (email, password_hash, role, active, created_at, tokens_valid_from)
            VALUES (:email, :none, :role, TRUE, :now, :always)
            ON CONFLICT (email) DO NOTHING RETURNING *
            """)
        .bind("email", identity.email())
        .bind("none", User.NO_PASSWORD)
        .bind("role", stored(role))
        .bind("now", now)
        .bind("always", Instant.EPOCH)
        .map(SqlAccountStore::user)
        .findOne();
  }

  private static void bind(Handle handle, Identity identity, long user) {
    handle
        .createUpdate(
            "INSERT INTO account_identity (issuer, subject, account) VALUES (:issuer, :subject, :user)")
        .bind("issuer", identity.issuer())
        .bind("subject", identity.subject())
        .bind("user", user)
        .execute();
  }

  @Override
  public boolean removeUser(long id) {
    return database.write(handle ->
        handle.createUpdate("DELETE FROM account WHERE id = :id").bind("id", id).execute() == 1);
  }

  @Override
  public Optional<ApiKey> addKey(ApiKey key, int most) {
    return database.write(handle -> {
      var held =
          handle
              .createQuery("SELECT count(*) FROM api_key WHERE account = :user")
              .bind("user", key.user())
              .mapTo(long.class)
              .one();
      return held < most ? Optional.of(inserted(handle, key)) : Optional.empty();
    });
  }

  private static ApiKey inserted(Handle handle, ApiKey key) {
    return handle
        .createQuery(
            """
            INSERT INTO api_key (
              account, name, hash, role, queues, for_others, created_at, expires_at)
            VALUES (
              :user, :name, :hash, :role, :queues, :forOthers, :createdAt, :expiresAt)
            RETURNING *
            """)
        .bind("user", key.user())
        .bind("name", key.name())
        .bind("hash", key.hash())
        .bind("role", stored(key.role()))
        .bind("queues", Columns.lines(key.queues()))
        .bind("forOthers", key.forOthers())
        .bind("createdAt", key.createdAt())
        .bindByType("expiresAt", key.expiresAt(), Instant.class)
        .map(SqlAccountStore::key)
        .one();
  }

  @Override
  public Optional<ApiKey> keyByHash(String hash) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM api_key WHERE hash = :hash")
            .bind("hash", hash)
            .map(SqlAccountStore::key)
            .findOne());
  }

  @Override
  public List<ApiKey> keys(long user) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM api_key WHERE account = :user ORDER BY id")
            .bind("user", user)
            .map(SqlAccountStore::key)
            .list());
  }

  @Override
  public boolean deleteKey(long user, long id) {
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM api_key WHERE id = :id AND account = :user")
            .bind("id", id)
            .bind("user", user)
            .execute())
        == 1;
  }

  private static ApiKey key(ResultSet row, StatementContext context) throws SQLException {
    return new ApiKey(
        row.getLong("id"),
        row.getLong("account"),
        row.getString("name"),
        row.getString("hash"),
        role(row),
        Set.copyOf(Columns.lines(row.getString("queues"))),
        row.getBoolean("for_others"),
        Columns.present(Columns.instant(row, "created_at")),
        Columns.instant(row, "expires_at"));
  }

  @Override
  public boolean addToken(IssuedToken token, int most) {
    return database.write(handle -> {
      handle
          .createUpdate("DELETE FROM issued_token WHERE account = :user AND expires_at <= :now")
          .bind("user", token.user())
          .bind("now", token.issuedAt())
          .execute();
      var held =
          handle
              .createQuery(
                  "SELECT count(*) FROM issued_token WHERE account = :user AND kind = :kind")
              .bind("user", token.user())
              .bind("kind", token.kind().name())
              .mapTo(long.class)
              .one();
      return held < most && inserted(handle, token);
    });
  }

  private static boolean inserted(Handle handle, IssuedToken token) {
    return handle
            .createUpdate(
                """
                INSERT INTO issued_token (
                  id, account, kind, detail, signed_in_at, issued_at, expires_at)
                VALUES (:id, :user, :kind, :detail, :signedInAt, :issuedAt, :expiresAt)
                """)
            .bind("id", token.id())
            .bind("user", token.user())
            .bind("kind", token.kind().name())
            .bind("detail", token.detail())
            .bind("signedInAt", token.signedInAt())
            .bind("issuedAt", token.issuedAt())
            .bind("expiresAt", token.expiresAt())
            .execute()
        == 1;
  }

  @Override
  public List<IssuedToken> tokens(long user, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM issued_token WHERE account = :user AND expires_at > :now
                ORDER BY issued_at DESC, id DESC
                """)
            .bind("user", user)
            .bind("now", now)
            .map(SqlAccountStore::token)
            .list());
  }

  private static IssuedToken token(ResultSet row, StatementContext context) throws SQLException {
    return new IssuedToken(
        row.getString("id"),
        row.getLong("account"),
        IssuedToken.Kind.valueOf(row.getString("kind")),
        row.getString("detail"),
        Columns.present(Columns.instant(row, "signed_in_at")),
        Columns.present(Columns.instant(row, "issued_at")),
        Columns.present(Columns.instant(row, "expires_at")));
  }

  @Override
  public boolean deleteToken(long user, String id) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM issued_token WHERE id = :id AND account = :user")
                .bind("id", id)
                .bind("user", user)
                .execute()
            == 1);
  }

  @Override
  public void addAudit(AuditEntry entry) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO account_audit (at, actor, action, account, detail)
                VALUES (:at, :actor, :action, :account, :detail)
                """)
            .bind("at", entry.at())
            .bind("actor", entry.actor())
            .bind("action", entry.action().name())
            .bind("account", entry.account())
            .bind("detail", entry.detail())
            .execute());
  }

  @Override
  public String revision() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT coalesce(max(id), 0) AS entry,
                  (SELECT count(*) FROM revoked_token) AS revoked
                FROM account_audit
                """)
            .map((row, _) -> row.getLong("entry") + " " + row.getLong("revoked"))
            .one());
  }

  @Override
  public Page<AuditEntry> audit(PageRequest page) {
    var entries = NumberedList.all("account_audit", true);
    return database.snapshot(handle -> entries.page(handle, page, SqlAccountStore::auditEntry));
  }

  private static AuditEntry auditEntry(ResultSet row, StatementContext context)
      throws SQLException {
    return new AuditEntry(
        Columns.present(Columns.instant(row, "at")),
        row.getString("actor"),
        AuditEntry.Action.valueOf(row.getString("action")),
        row.getString("account"),
        row.getString("detail"));
  }

  @Override
  public boolean registrationClosed() {
    return database.read(handle ->
        handle.createQuery("SELECT count(*) FROM registration_closed").mapTo(long.class).one() > 0);
  }

  @Override
  public void closeRegistration(boolean closed) {
    var statement =
        closed
            ? "INSERT INTO registration_closed (id) VALUES (1) ON CONFLICT (id) DO NOTHING"
            : "DELETE FROM registration_closed";
    database.write(handle -> handle.createUpdate(statement).execute());
  }

  @Override
  public void revoke(String tokenId, Instant expiresAt) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO revoked_token (id, expires_at) VALUES (:id, :expiresAt)
                ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
                WHERE revoked_token.expires_at < excluded.expires_at
                """)
            .bind("id", tokenId)
            .bind("expiresAt", expiresAt)
            .execute());
  }

  @Override
  public Map<String, Instant> revoked(Instant now) {
    var tokens = database.read(SqlAccountStore::tokens);
    var held =
        tokens.stream()
            .filter(token -> token.expiresAt().isAfter(now))
            .collect(Collectors.toUnmodifiableMap(RevokedToken::id, RevokedToken::expiresAt));
    if (held.size() < tokens.size()) {
      forget(now);
    }
    return held;
  }

  private record RevokedToken(String id, Instant expiresAt) {}

  private static List<RevokedToken> tokens(Handle handle) {
    return handle
        .createQuery("SELECT id, expires_at FROM revoked_token")
        .map((row, _) ->
            new RevokedToken(
                row.getString("id"), Columns.present(Columns.instant(row, "expires_at"))))
        .list();
  }

  private void forget(Instant now) {
    database.writeRelaxed(handle ->
        handle
            .createUpdate("DELETE FROM revoked_token WHERE expires_at <= :now")
            .bind("now", now)
            .execute());
  }
}
