/** Connections on their event loops: WebSockets, and what they share with event streams. */
@NullMarked
package dev.headway.server.transport.socket;

import org.jspecify.annotations.NullMarked;
