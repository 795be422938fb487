/** The worth of chips in the gameweeks after a plan's, by simulation. */
@NullMarked
package dev.headway.fpl.chip;

import org.jspecify.annotations.NullMarked;
