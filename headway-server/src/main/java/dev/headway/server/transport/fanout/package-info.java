/** Fan-out: the events of a topic to all connections of an event loop that watch it. */
@NullMarked
package dev.headway.server.transport.fanout;

import org.jspecify.annotations.NullMarked;
