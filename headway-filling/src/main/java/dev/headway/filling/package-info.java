/** Filling-line scheduling. */
@NullMarked
package dev.headway.filling;

import org.jspecify.annotations.NullMarked;
