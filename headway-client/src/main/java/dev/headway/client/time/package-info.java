/** When things happen: timers that tests can drive by hand. */
@NullMarked
package dev.headway.client.time;

import org.jspecify.annotations.NullMarked;
