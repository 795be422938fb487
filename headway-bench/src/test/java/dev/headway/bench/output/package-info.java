/** Tests. */
@NullMarked
package dev.headway.bench.output;

import org.jspecify.annotations.NullMarked;
