/** The load generator: many connections on one event loop, their messages counted and timed. */
@NullMarked
package dev.headway.bench.load;

import org.jspecify.annotations.NullMarked;
