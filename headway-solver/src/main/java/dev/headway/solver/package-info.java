/**
 * Runs native solvers in child processes, so that a crash in native code fails one piece of work
 * and not the server. Children are started on demand and kept warm.
 */
@NullMarked
package dev.headway.solver;

import org.jspecify.annotations.NullMarked;
