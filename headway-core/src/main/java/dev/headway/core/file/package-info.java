/** Files that hold secrets. */
@NullMarked
package dev.headway.core.file;

import org.jspecify.annotations.NullMarked;
