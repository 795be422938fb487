package dev.headway.fpl.app;

import java.net.URI;

/** The setting {@code fpl.source}: the source of seasons. */
public sealed interface SourceSetting {
  /** What the setting takes, in words. */
  String VALUES =
      "sample, uploaded, or the base URL of the API (https://fantasy.premierleague.com/api/)";

  /** The season that ships with the product. */
  record Sample() implements SourceSetting {}

  /** The season that was uploaded last. */
  record Uploaded() implements SourceSetting {}

  /**
   * The public API, or another server that has its documents.
   *
   * @param baseUrl http or https, with a slash at its end
   */
  record Live(URI baseUrl) implements SourceSetting {}

  /**
   * Reads the setting: {@code sample}, {@code uploaded}, or the base URL.
   *
   * @throws IllegalArgumentException with what it can be when it is none of them
   */
  public static SourceSetting parse(String text) {
    return switch (text) {
      case "sample" -> new Sample();
      case "uploaded" -> new Uploaded();
      default -> live(text);
    };
  }

  private static Live live(String text) {
    if (!text.matches("https?://[^/\\s?#]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException("\"%s\" is not %s".formatted(text, VALUES));
    }
    return new Live(URI.create(text.endsWith("/") ? text : text + "/"));
  }

  /** The setting as it is written. */
  default String text() {
    return switch (this) {
      case Sample() -> "sample";
      case Uploaded() -> "uploaded";
      case Live(var baseUrl) -> baseUrl.toString();
    };
  }
}
