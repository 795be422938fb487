/** Tokens: made, checked, revoked; the server's own and an identity provider's. */
@NullMarked
package dev.headway.server.account.token;

import org.jspecify.annotations.NullMarked;
