/**
 * Accounts, tokens and keys, free of HTTP.
 *
 * <p>{@link dev.headway.server.account.AccountServices} puts everything together. A token's way:
 * {@link dev.headway.server.account.Authenticator} looks it up among those verified before, else
 * {@link dev.headway.server.account.Tokens} checks form, signature and times; then, every time, the
 * memory of revoked tokens ({@link dev.headway.server.account.Revocations}) and of users ({@link
 * dev.headway.server.account.Directory}) says whether it still holds. The database is read at the
 * start, at a reload, and for a user or key that is new to this server; never for a token of a
 * known user, so ten thousand clients that come back at once cost it nothing.
 *
 * <p>What changes here is written to the database, then to the memory, then told to listeners. What
 * another process changes is noticed at the next reload.
 */
@NullMarked
package dev.headway.server.account;

import org.jspecify.annotations.NullMarked;
