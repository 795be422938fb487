/** Counts in the database. */
@NullMarked
package dev.headway.primes.store;

import org.jspecify.annotations.NullMarked;
