/** The independent check that a schedule keeps every rule. */
@NullMarked
package dev.headway.filling.verify;

import org.jspecify.annotations.NullMarked;
