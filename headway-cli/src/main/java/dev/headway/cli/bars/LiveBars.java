package dev.headway.cli.bars;

import dev.headway.client.time.Scheduler;
import dev.headway.client.time.Scheduler.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bars that are redrawn in place, at most twenty times a second. What changes in between is drawn
 * together; the last state is always drawn.
 */
public final class LiveBars implements Bars {
  private static final Duration FRAME = Duration.ofMillis(50);

  private final Surface surface;
  private final TerminalStyle style;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final LiveRegion region;
  private final Map<String, Bar> bars = new LinkedHashMap<>();
  private final List<String> above = new ArrayList<>();
  private Timer nextFrame = Timer.NONE;
  private boolean frameDue;
  private boolean closed;
  private Instant lastFrame = Instant.MIN;

  /**
   * Bars on a terminal.
   *
   * @param clock and {@code scheduler} space the frames
   */
  public LiveBars(Surface surface, TerminalStyle style, InstantSource clock, Scheduler scheduler) {
    this.surface = surface;
    this.style = style;
    this.clock = clock;
    this.scheduler = scheduler;
    this.region = new LiveRegion(surface);
  }

  @Override
  public synchronized void show(String key, Bar bar) {
    if (!bar.equals(bars.put(key, bar))) {
      changed();
    }
  }

  @Override
  public synchronized void print(String line) {
    above.add(line);
    changed();
  }

  private void changed() {
    if (frameDue || closed) {
      return;
    }
    frameDue = true;
    var wait = lastFrame.equals(Instant.MIN) ? Duration.ZERO : untilNextFrame();
    nextFrame = scheduler.schedule(wait, this::frame);
  }

  private Duration untilNextFrame() {
    var wait = FRAME.minus(Duration.between(lastFrame, clock.instant()));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private synchronized void frame() {
    if (frameDue && !closed) {
      draw();
    }
  }

  private void draw() {
    frameDue = false;
    lastFrame = clock.instant();
    if (!above.isEmpty()) {
      region.print(above);
      above.clear();
    }
    region.draw(lines());
  }

  private List<String> lines() {
    // The last column stays free: a full line would make some terminals wrap.
    var columns = Math.max(1, surface.columns() - 1);
    var longest =
        bars.values().stream().mapToInt(bar -> DisplayWidth.width(bar.label())).max().orElse(0);
    var painter = new BarPainter(columns, longest, style);
    var room = Math.max(1, surface.rows() - 1);
    if (bars.size() <= room) {
      return bars.values().stream().map(painter::paint).toList();
    }
    var lines = new ArrayList<>(mostTelling().limit(room - 1L).map(painter::paint).toList());
    lines.add(DisplayWidth.cut(rest(bars.size() - lines.size()), columns));
    return lines;
  }

  /** The bars, those of running jobs first. */
  private Stream<Bar> mostTelling() {
    return Stream.concat(
        bars.values().stream().filter(bar -> !bar.mark().ended()),
        bars.values().stream().filter(bar -> bar.mark().ended()));
  }

  private String rest(int hidden) {
    var ended = bars.values().stream().filter(bar -> bar.mark().ended()).count();
    return "%s and %d more; %d of %d have ended"
        .formatted(style.unicode() ? "…" : "...", hidden, ended, bars.size());
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      nextFrame.cancel();
      draw();
      region.close();
    }
  }
}
