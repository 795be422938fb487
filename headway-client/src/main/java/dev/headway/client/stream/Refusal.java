package dev.headway.client.stream;

/**
 * A topic that may not be watched.
 *
 * @param code the server's error code; {@code NOT_FOUND} also stands for somebody else's
 */
public record Refusal(Topic topic, String code) {}
