package dev.headway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of the build, as {@code GET /health} shows it. */
public final class Version {
  /** A semantic version, with {@code -SNAPSHOT} between releases. */
  public static final String CURRENT = read();

  private Version() {}

  private static String read() {
    try (var in = Version.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
