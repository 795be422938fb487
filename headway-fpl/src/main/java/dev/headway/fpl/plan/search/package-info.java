/** The search for the best plan, and the proof that it is the best. */
@NullMarked
package dev.headway.fpl.plan.search;

import org.jspecify.annotations.NullMarked;
