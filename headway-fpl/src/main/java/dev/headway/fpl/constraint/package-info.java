/** What a manager insists on: locks, bans, booked moves, chips and gameweeks without transfers. */
@NullMarked
package dev.headway.fpl.constraint;

import org.jspecify.annotations.NullMarked;
