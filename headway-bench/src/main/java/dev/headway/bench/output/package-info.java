/** What was measured, as a table for people and as JSON for programs. */
@NullMarked
package dev.headway.bench.output;

import org.jspecify.annotations.NullMarked;
