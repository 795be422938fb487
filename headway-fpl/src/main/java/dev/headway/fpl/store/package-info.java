/** Analyses and uploaded seasons in the database. */
@NullMarked
package dev.headway.fpl.store;

import org.jspecify.annotations.NullMarked;
