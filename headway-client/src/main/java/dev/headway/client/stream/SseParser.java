package dev.headway.client.stream;

import java.util.function.Consumer;

/**
 * Reads an event stream line by line (WHATWG HTML, section 9.2.6). Only the data matters here: each
 * event carries its type and its cursor within it, too.
 */
final class SseParser {
  private final Consumer<String> events;
  private final Runnable comments;
  private final StringBuilder data = new StringBuilder();

  /**
   * @param events takes the data of each event
   * @param comments run for each comment, which servers send to show that they are there
   */
  SseParser(Consumer<String> events, Runnable comments) {
    this.events = events;
    this.comments = comments;
  }

  void line(String line) {
    if (line.isEmpty()) {
      dispatch();
    } else if (line.startsWith(":")) {
      comments.run();
    } else if (line.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(value(line));
    }
  }

  private static String value(String line) {
    var value = line.substring("data:".length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private void dispatch() {
    if (!data.isEmpty()) {
      var event = data.toString();
      data.setLength(0);
      events.accept(event);
    }
  }
}
