/** A plan of transfers, line-ups and chips for the next gameweeks: the question and the answer. */
@NullMarked
package dev.headway.fpl.plan;

import org.jspecify.annotations.NullMarked;
