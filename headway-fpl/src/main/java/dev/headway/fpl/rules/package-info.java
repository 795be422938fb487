/** The rules of the game: squads, prices, transfers, formations and chips. */
@NullMarked
package dev.headway.fpl.rules;

import org.jspecify.annotations.NullMarked;
