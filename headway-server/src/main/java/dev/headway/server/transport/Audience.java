package dev.headway.server.transport;

import dev.headway.core.topic.Dialect;

/**
 * Watchers who are sent the same bytes.
 *
 * @param dialect how events are written
 * @param framing how frames are wrapped
 */
record Audience(Dialect dialect, Framing framing) {}
