package dev.headway.cli.bars;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A terminal that keeps what it shows: text, the cursor and the escape sequences used here. */
final class FakeTerminal implements Surface {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\??\\d*)([A-Za-z])");

  private final List<StringBuilder> screen = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private int columns;
  private final int rows;
  private int row;
  private int column;
  private boolean cursorShown = true;

  FakeTerminal(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  void resize(int newColumns) {
    columns = newColumns;
  }

  /** The pieces written, one a write. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  boolean cursorShown() {
    return cursorShown;
  }

  /** The lines that a person sees, without trailing blanks, and without empty lines at the end. */
  List<String> lines() {
    var lines =
        new ArrayList<>(screen.stream().map(line -> line.toString().stripTrailing()).toList());
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  @Override
  public void write(String text) {
    writes.add(text);
    var sequence = SEQUENCE.matcher(text);
    for (var i = 0; i < text.length(); ) {
      if (text.charAt(i) == '\u001b' && sequence.find(i) && sequence.start() == i) {
        control(sequence.group(1), sequence.group(2).charAt(0));
        i = sequence.end();
      } else {
        put(text.charAt(i++));
      }
    }
  }

  private void control(String parameter, char command) {
    var count = parameter.isEmpty() || parameter.startsWith("?") ? 1 : Integer.parseInt(parameter);
    switch (command) {
      case 'A' -> row = Math.max(0, row - count);
      case 'B' -> row += count;
      case 'K' -> line(row).setLength(Math.min(column, line(row).length()));
      case 'J' -> clearBelow();
      case 'h' -> cursorShown = true;
      case 'l' -> cursorShown = false;
      case 'm' -> {
        // Colours are looked at in the writes.
      }
      default -> throw new AssertionError("Unknown sequence " + parameter + command);
    }
  }

  private void clearBelow() {
    line(row).setLength(Math.min(column, line(row).length()));
    while (screen.size() > row + 1) {
      screen.removeLast();
    }
  }

  private void put(char c) {
    switch (c) {
      case '\r' -> column = 0;
      case '\n' -> row++;
      default -> {
        if (column >= columns) {
          throw new AssertionError("A line is longer than the terminal's " + columns + " columns");
        }
        var line = line(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, c);
      }
    }
  }

  private StringBuilder line(int number) {
    while (screen.size() <= number) {
      screen.add(new StringBuilder());
    }
    return screen.get(number);
  }
}
