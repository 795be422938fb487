/** The closed set of errors that a caller can see. */
@NullMarked
package dev.headway.core.error;

import org.jspecify.annotations.NullMarked;
