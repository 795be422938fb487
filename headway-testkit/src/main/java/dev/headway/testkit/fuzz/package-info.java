/** Fuzzing: a parser is given inputs that were kept, and others made from them. */
@NullMarked
package dev.headway.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
