/** Tests. */
@NullMarked
package dev.headway.bench;

import org.jspecify.annotations.NullMarked;
