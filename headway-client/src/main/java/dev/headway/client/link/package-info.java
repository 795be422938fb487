/** Connections to the server: WebSockets, how they end, and when to connect again. */
@NullMarked
package dev.headway.client.link;

import org.jspecify.annotations.NullMarked;
