@NullMarked
package dev.headway.primes;

import org.jspecify.annotations.NullMarked;
