/** Several strategies' schedules of the same lots, held against each other. */
@NullMarked
package dev.headway.filling.compare;

import org.jspecify.annotations.NullMarked;
