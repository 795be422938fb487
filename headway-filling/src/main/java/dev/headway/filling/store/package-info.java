/** Schedules and comparisons in the database. */
@NullMarked
package dev.headway.filling.store;

import org.jspecify.annotations.NullMarked;
