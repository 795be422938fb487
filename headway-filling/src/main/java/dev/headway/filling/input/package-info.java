/**
 * Lots and settings as they arrive, checked: every defect at once, each with its row and column.
 */
@NullMarked
package dev.headway.filling.input;

import org.jspecify.annotations.NullMarked;
