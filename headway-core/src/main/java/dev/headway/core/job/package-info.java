/** The job: its states, the one transition function, its plan, its progress and its time left. */
@NullMarked
package dev.headway.core.job;

import org.jspecify.annotations.NullMarked;
