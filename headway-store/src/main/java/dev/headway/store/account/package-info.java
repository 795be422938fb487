/** Users, keys and sign-ins on SQL. */
@NullMarked
package dev.headway.store.account;

import org.jspecify.annotations.NullMarked;
