/** Filling schedules: submitting lots and reading the result. */
@NullMarked
package dev.headway.client.schedule;

import org.jspecify.annotations.NullMarked;
