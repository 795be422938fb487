package dev.headway.server.http;

import tools.jackson.databind.JsonNode;

/** Callers' values as messages show them: short, on one line. */
final class Shown {
  private static final int MAX = 60;

  private Shown() {}

  /** A text without control characters, cut. */
  static String text(String value) {
    var line = value.replaceAll("\\p{Cntrl}", "\uFFFD");
    if (line.length() <= MAX) {
      return line;
    }
    var end = Character.isHighSurrogate(line.charAt(MAX - 1)) ? MAX - 1 : MAX;
    return line.substring(0, end) + "…";
  }

  /** A JSON value, strings in quotes, cut. */
  static String json(JsonNode value) {
    return text(value.toString());
  }
}
