/** Tests. */
@NullMarked
package dev.headway.bench.load;

import org.jspecify.annotations.NullMarked;
