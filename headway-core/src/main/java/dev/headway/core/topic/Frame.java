package dev.headway.core.topic;

import java.nio.charset.StandardCharsets;

/** The encoded bytes of one message, made once and shared by all recipients. Immutable. */
public final class Frame {
  private final byte[] bytes;
  private final boolean binary;

  private Frame(byte[] bytes, boolean binary) {
    this.bytes = bytes;
    this.binary = binary;
  }

  /** A text frame; the array must not be changed afterwards. */
  public static Frame text(byte[] utf8) {
    return new Frame(utf8, false);
  }

  /** A text frame. */
  public static Frame text(String text) {
    return new Frame(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** A binary frame; the array must not be changed afterwards. */
  public static Frame binary(byte[] bytes) {
    return new Frame(bytes, true);
  }

  /** The payload itself, not a copy: callers must not change it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether it goes out as a binary frame. */
  public boolean isBinary() {
    return binary;
  }

  /** The payload as text. */
  public String asText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return binary ? "Frame[%d bytes]".formatted(bytes.length) : asText();
  }
}
