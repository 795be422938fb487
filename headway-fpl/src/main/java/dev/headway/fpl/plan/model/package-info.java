/** A plan as an integer program: its variables, and the rows that the rules of the game become. */
@NullMarked
package dev.headway.fpl.plan.model;

import org.jspecify.annotations.NullMarked;
