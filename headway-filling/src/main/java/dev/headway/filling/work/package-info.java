/** The jobs of schedules and comparisons: their input, the running of planners, their results. */
@NullMarked
package dev.headway.filling.work;

import org.jspecify.annotations.NullMarked;
