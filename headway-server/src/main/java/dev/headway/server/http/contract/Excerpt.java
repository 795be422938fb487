package dev.headway.server.http.contract;

import tools.jackson.databind.JsonNode;

/** Excerpts of callers' values for messages: short, on one line. */
public final class Excerpt {
  private static final int MAX = 60;

  private Excerpt() {}

  /** A text without control characters, cut. */
  public static String text(String value) {
    var line = value.replaceAll("\\p{Cntrl}", "\uFFFD");
    if (line.length() <= MAX) {
      return line;
    }
    var end = Character.isHighSurrogate(line.charAt(MAX - 1)) ? MAX - 1 : MAX;
    return line.substring(0, end) + "…";
  }

  /** A JSON value, strings in quotes, cut. */
  public static String json(JsonNode value) {
    return text(value.toString());
  }
}
