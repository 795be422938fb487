/**
 * The exact plan: an integer program over transfers, line-ups and chips of the next gameweeks, and
 * the search that proves its optimum.
 */
@NullMarked
package dev.headway.fpl.plan;

import org.jspecify.annotations.NullMarked;
