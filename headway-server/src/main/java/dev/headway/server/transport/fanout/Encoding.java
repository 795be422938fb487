package dev.headway.server.transport.fanout;

import dev.headway.core.topic.Dialect;

/**
 * The way in which events become bytes; connections with the same encoding are sent the same bytes.
 *
 * @param dialect encodes events as frames
 * @param framing wraps frames for the wire
 */
public record Encoding(Dialect dialect, Framing framing) {}
