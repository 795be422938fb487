/** The oracle: several servers on one database are killed and stopped while it watches them. */
@NullMarked
package dev.headway.bench.torture;

import org.jspecify.annotations.NullMarked;
