package dev.headway.server.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files on the class path, with their media types. Stateless. */
final class Resources {
  private Resources() {}

  /** The content of a file; empty when there is none. */
  static Optional<byte[]> read(String path) {
    try (var in = Resources.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The content of a file that the build has put there. */
  static byte[] require(String path) {
    return read(path).orElseThrow(() -> new IllegalStateException("The class path lacks " + path));
  }

  /** The media type by the file's extension. */
  static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "json", "map" -> "application/json";
      case "webmanifest" -> "application/manifest+json";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "ico" -> "image/x-icon";
      case "woff2" -> "font/woff2";
      case "txt" -> "text/plain; charset=utf-8";
      case "yaml" -> "application/yaml";
      default -> "application/octet-stream";
    };
  }
}
