/** Tests of the oracle itself. */
@NullMarked
package dev.headway.bench.torture;

import org.jspecify.annotations.NullMarked;
