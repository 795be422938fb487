/** In-memory implementations of the ports, for tests and embedding without a database. */
@NullMarked
package dev.headway.core.memory;

import org.jspecify.annotations.NullMarked;
