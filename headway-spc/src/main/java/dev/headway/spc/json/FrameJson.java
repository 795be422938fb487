package dev.headway.spc.json;

/**
 * A frame of {@code /ws} that tells of a characteristic.
 *
 * @param type what happened
 * @param payload what is told of it
 * @param cursor the place after it
 */
public record FrameJson(String type, Object payload, String cursor) {}
