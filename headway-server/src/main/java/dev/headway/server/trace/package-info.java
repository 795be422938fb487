/** Traces of requests and of frames. */
@NullMarked
package dev.headway.server.trace;

import org.jspecify.annotations.NullMarked;
