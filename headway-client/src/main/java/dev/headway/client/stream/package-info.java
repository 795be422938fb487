/** Watching topics: events, snapshots, and the one connection that brings them. */
@NullMarked
package dev.headway.client.stream;

import org.jspecify.annotations.NullMarked;
