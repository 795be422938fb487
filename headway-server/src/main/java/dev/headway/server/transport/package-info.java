/** Netty: bytes in, bytes out. The only place that knows it. */
@NullMarked
package dev.headway.server.transport;

import org.jspecify.annotations.NullMarked;
