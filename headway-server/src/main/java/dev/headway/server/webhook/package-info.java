/** Announces the ends of jobs to addresses that their creators named. */
@NullMarked
package dev.headway.server.webhook;

import org.jspecify.annotations.NullMarked;
