/** WebSocket and event-stream sessions, free of the transport's types. */
@NullMarked
package dev.headway.server.socket;

import org.jspecify.annotations.NullMarked;
