/** The server's sockets, on Netty, which no other package knows. */
@NullMarked
package dev.headway.server.transport;

import org.jspecify.annotations.NullMarked;
