/** Any command as a job: its output moves the bar, its exit code is the outcome. */
@NullMarked
package dev.headway.cli.run;

import org.jspecify.annotations.NullMarked;
