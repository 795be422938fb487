/** The jobs channel and the routes under /jobs. */
@NullMarked
package dev.headway.server.jobs;

import org.jspecify.annotations.NullMarked;
