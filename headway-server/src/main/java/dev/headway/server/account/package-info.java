/**
 * Accounts, free of HTTP.
 *
 * <p>{@link dev.headway.server.account.Accounts} is the way in. {@link
 * dev.headway.server.account.Users} and {@link dev.headway.server.account.Sessions} are about
 * people, {@code token} about what they show, {@code key} about programs, {@code password} about
 * hashing.
 *
 * <p>{@link dev.headway.server.account.Authenticator} looks a token up among those checked before,
 * else {@link dev.headway.server.account.token.Tokens} checks form, signature and times; then,
 * every time, {@link dev.headway.server.account.AccountCache} says whether it still holds. The
 * database is read at the start, at a reload, and for a user or key that is new to this server;
 * never for a token of a known user, so ten thousand clients that come back at once cost it
 * nothing.
 *
 * <p>A change is written to the database, then to the cache, then told to listeners. What another
 * process changes is noticed at the next reload.
 */
@NullMarked
package dev.headway.server.account;

import org.jspecify.annotations.NullMarked;
