/** The audit trail of accounts. */
@NullMarked
package dev.headway.server.account.audit;

import org.jspecify.annotations.NullMarked;
