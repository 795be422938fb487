package dev.headway.server.account;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Identity;
import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts every call to an account store in memory. */
public final class CountingStore implements AccountStore {
  public final AtomicInteger calls = new AtomicInteger();
  private final AccountStore store = new InMemoryAccountStore();

  private AccountStore counted() {
    calls.incrementAndGet();
    return store;
  }

  @Override
  public Optional<User> addUser(String email, String passwordHash, Role role, Instant now) {
    return counted().addUser(email, passwordHash, role, now);
  }

  @Override
  public Optional<User> user(long id) {
    return counted().user(id);
  }

  @Override
  public Optional<User> userByEmail(String email) {
    return counted().userByEmail(email);
  }

  @Override
  public Page<User> users(PageRequest page) {
    return counted().users(page);
  }

  @Override
  public void updateUser(User user) {
    counted().updateUser(user);
  }

  @Override
  public Optional<ApiKey> addKey(ApiKey key, int most) {
    return counted().addKey(key, most);
  }

  @Override
  public Optional<ApiKey> keyByHash(String hash) {
    return counted().keyByHash(hash);
  }

  @Override
  public List<ApiKey> keys(long user) {
    return counted().keys(user);
  }

  @Override
  public boolean deleteKey(long user, long id) {
    return counted().deleteKey(user, id);
  }

  @Override
  public void revoke(String tokenId, Instant expiresAt) {
    counted().revoke(tokenId, expiresAt);
  }

  @Override
  public Map<String, Instant> revoked(Instant now) {
    return counted().revoked(now);
  }

  @Override
  public Optional<User> identify(Identity identity, Role role, Instant now) {
    return counted().identify(identity, role, now);
  }

  @Override
  public boolean removeUser(long id) {
    return counted().removeUser(id);
  }

  @Override
  public boolean addToken(IssuedToken token, int most) {
    return counted().addToken(token, most);
  }

  @Override
  public List<IssuedToken> tokens(long user, Instant now) {
    return counted().tokens(user, now);
  }

  @Override
  public boolean deleteToken(long user, String id) {
    return counted().deleteToken(user, id);
  }

  @Override
  public void addAudit(AuditEntry entry) {
    counted().addAudit(entry);
  }

  @Override
  public String revision() {
    return counted().revision();
  }

  @Override
  public Page<AuditEntry> audit(PageRequest page) {
    return counted().audit(page);
  }

  @Override
  public boolean registrationClosed() {
    return counted().registrationClosed();
  }

  @Override
  public void closeRegistration(boolean closed) {
    counted().closeRegistration(closed);
  }
}
