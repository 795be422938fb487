/** Projected points per player and gameweek, and what they are made of. */
@NullMarked
package dev.headway.fpl.projection;

import org.jspecify.annotations.NullMarked;
