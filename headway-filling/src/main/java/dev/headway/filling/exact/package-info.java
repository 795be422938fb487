/** The proven optimum by constraint programming (CP-SAT of OR-Tools), solved in a child process. */
@NullMarked
package dev.headway.filling.exact;

import org.jspecify.annotations.NullMarked;
