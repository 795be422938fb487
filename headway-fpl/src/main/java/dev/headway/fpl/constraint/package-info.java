/** The demands of a manager: locks, bans, booked moves, chips and gameweeks without transfers. */
@NullMarked
package dev.headway.fpl.constraint;

import org.jspecify.annotations.NullMarked;
