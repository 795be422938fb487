/** A request's way from the transport through checks to its handler, and its answer's way back. */
@NullMarked
package dev.headway.server.http.dispatch;

import org.jspecify.annotations.NullMarked;
