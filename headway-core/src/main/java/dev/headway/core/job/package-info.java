/** What a job is: its states, the one transition function, its plan, its progress and its ETA. */
@NullMarked
package dev.headway.core.job;

import org.jspecify.annotations.NullMarked;
