/** Tests. */
@NullMarked
package dev.headway.bench.workload;

import org.jspecify.annotations.NullMarked;
