/** Projected points per player and gameweek, with their parts. */
@NullMarked
package dev.headway.fpl.projection;

import org.jspecify.annotations.NullMarked;
