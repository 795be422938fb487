package dev.headway.client.job;

/**
 * The addresses at which an accepted job can be watched.
 *
 * @param websocket the contract's own socket
 * @param stream the topic's name on the native stream
 * @param events Server-Sent Events, long poll and lines
 */
public record WatchLinks(String websocket, String stream, String events) {}
