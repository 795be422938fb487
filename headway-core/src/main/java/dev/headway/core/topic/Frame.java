package dev.headway.core.topic;

import java.nio.charset.StandardCharsets;

/** The encoded bytes of one message, made once and shared by all recipients. Immutable. */
public final class Frame {
  private final byte[] bytes;
  private final boolean binary;
  private final boolean compressed;

  private Frame(byte[] bytes, boolean binary, boolean compressed) {
    this.bytes = bytes;
    this.binary = binary;
    this.compressed = compressed;
  }

  /** A text frame; the array must not be changed afterwards. */
  public static Frame text(byte[] utf8) {
    return new Frame(utf8, false, false);
  }

  /** A text frame. */
  public static Frame text(String text) {
    return new Frame(text.getBytes(StandardCharsets.UTF_8), false, false);
  }

  /** A binary frame; the array must not be changed afterwards. */
  public static Frame binary(byte[] bytes) {
    return new Frame(bytes, true, false);
  }

  /** This frame with its payload compressed; the array must not be changed afterwards. */
  public Frame compressed(byte[] payload) {
    return new Frame(payload, binary, true);
  }

  /** The payload itself, not a copy: callers must not change it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether it goes out as a binary frame. */
  public boolean isBinary() {
    return binary;
  }

  /** Whether the payload is compressed (RFC 7692). */
  public boolean isCompressed() {
    return compressed;
  }

  /** The payload as text; of one that is not compressed. */
  public String asText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return binary || compressed ? "Frame[%d bytes]".formatted(bytes.length) : asText();
  }
}
