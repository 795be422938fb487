/** A database filled for measuring. */
@NullMarked
package dev.headway.bench.store;

import org.jspecify.annotations.NullMarked;
