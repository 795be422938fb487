/** Proven lower bounds on the makespan. */
@NullMarked
package dev.headway.filling.bound;

import org.jspecify.annotations.NullMarked;
