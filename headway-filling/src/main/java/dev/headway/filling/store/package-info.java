/** Where schedules and comparisons are kept. */
@NullMarked
package dev.headway.filling.store;

import org.jspecify.annotations.NullMarked;
