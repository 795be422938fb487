/** An application to begin one's own from: it counts primes. */
@NullMarked
package dev.headway.primes;

import org.jspecify.annotations.NullMarked;
