package dev.headway.cli.bars;

import dev.headway.client.time.Scheduler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Bars on this process's terminal, or as plain lines when its output goes elsewhere. */
public final class TerminalBars {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  private TerminalBars() {}

  /**
   * Opens the terminal.
   *
   * @param out where plain lines go
   * @param environment the process's environment; {@code NO_COLOR} turns colours off (no-color.org)
   */
  public static Bars open(
      PrintStream out, Map<String, String> environment, InstantSource clock, Scheduler scheduler) {
    try {
      var terminal = TerminalBuilder.builder().system(true).dumb(true).build();
      if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        var style = style(terminal, environment);
        return new LiveBars(new TerminalSurface(terminal), style, clock, scheduler);
      }
      terminal.close();
    } catch (IOException _) {
      // No terminal to be had: plain lines do.
    }
    return new PlainBars(out::println);
  }

  private static TerminalStyle style(Terminal terminal, Map<String, String> environment) {
    var unicode = terminal.encoding().equals(StandardCharsets.UTF_8);
    return new TerminalStyle(unicode, environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  private record TerminalSurface(Terminal terminal) implements Surface {
    @Override
    public int columns() {
      var columns = terminal.getColumns();
      return columns > 0 ? columns : USUAL_COLUMNS;
    }

    @Override
    public int rows() {
      var rows = terminal.getRows();
      return rows > 0 ? rows : USUAL_ROWS;
    }

    @Override
    public void write(String text) {
      terminal.writer().write(text);
      terminal.flush();
    }
  }
}
