/** Schedules and comparisons as an application of the server: routes, jobs, sockets, topics. */
@NullMarked
package dev.headway.filling.app;

import org.jspecify.annotations.NullMarked;
