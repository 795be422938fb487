package dev.headway.cli.bars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.time.Scheduler;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LiveBarsTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final ManualTimer timer = new ManualTimer(clock);
  private final FakeTerminal terminal = new FakeTerminal(60, 10);
  private final LiveBars bars = live(terminal);

  private LiveBars live(FakeTerminal on) {
    Scheduler scheduler = (delay, task) -> timer.schedule(delay, task)::run;
    return new LiveBars(on, new TerminalStyle(true, false), clock, scheduler);
  }

  private static Bar running(String label, double percent) {
    return new Bar(label, Mark.RUNNING, percent, "", "working", null);
  }

  @Test
  void show_severalBars_standInTheirFirstOrder() {
    bars.show("b", running("job:b", 10));
    bars.show("a", running("job:a", 20));
    bars.show("b", running("job:b", 30));
    timer.runDue();
    assertThat(terminal.lines())
        .containsExactly("▸ job:b ▕███       ▏  30% working", "▸ job:a ▕██        ▏  20% working");
  }

  @Test
  void show_aThousandChangesInASecond_drawsTwentyFrames() {
    for (var i = 0; i < 1_000; i++) {
      bars.show("a", running("job:a", i / 10.0));
      timer.advance(Duration.ofMillis(1));
    }
    assertThat(terminal.writes()).hasSizeBetween(19, 21);
    timer.advance(Duration.ofMillis(50));
    assertThat(terminal.lines()).containsExactly("▸ job:a ▕█████████▉▏  99% working");
  }

  @Test
  void show_oneOfThreeChanged_rewritesThatLineAlone() {
    bars.show("a", running("job:a", 10));
    bars.show("b", running("job:b", 10));
    bars.show("c", running("job:c", 10));
    timer.runDue();
    timer.advance(Duration.ofSeconds(1));
    bars.show("b", running("job:b", 50));
    timer.runDue();
    assertThat(terminal.writes().getLast())
        .contains("job:b")
        .doesNotContain("job:a", "job:c", "\u001b[J");
    assertThat(terminal.lines().get(1)).isEqualTo("▸ job:b ▕█████     ▏  50% working");
    assertThat(terminal.lines()).hasSize(3);
  }

  @Test
  void show_sameStateAgain_writesNothing() {
    bars.show("a", running("job:a", 10));
    timer.runDue();
    bars.show("a", running("job:a", 10));
    timer.advance(Duration.ofSeconds(1));
    assertThat(terminal.writes()).hasSize(1);
  }

  @Test
  void print_whileBarsStand_staysAboveThem() {
    bars.show("a", running("job:a", 10));
    timer.runDue();
    bars.print("first");
    bars.print("second");
    timer.advance(Duration.ofMillis(50));
    bars.show("a", running("job:a", 20));
    timer.advance(Duration.ofMillis(50));
    assertThat(terminal.lines())
        .containsExactly("first", "second", "▸ job:a ▕██        ▏  20% working");
  }

  @Test
  void show_terminalResized_redrawsForItsNewWidth() {
    bars.show("a", running("job:a", 10));
    timer.runDue();
    terminal.resize(30);
    bars.show("a", running("job:a", 20));
    timer.advance(Duration.ofMillis(50));
    assertThat(terminal.lines()).containsExactly("▸ job:a  20% working");
  }

  @Test
  void show_moreBarsThanRows_showsThoseThatRunAndCountsTheRest() {
    var small = new FakeTerminal(60, 4);
    var many = live(small);
    many.show("0", new Bar("job:0", Mark.DONE, 100.0, "", "", null));
    for (var i = 1; i < 6; i++) {
      many.show("" + i, running("job:" + i, 10));
    }
    timer.runDue();
    assertThat(small.lines())
        .containsExactly(
            "▸ job:1 ▕█         ▏  10% working",
            "▸ job:2 ▕█         ▏  10% working", "… and 4 more; 1 of 6 have ended");
  }

  @Test
  void close_changesNotYetDrawn_drawsThemAndGivesTheCursorBack() {
    bars.show("a", running("job:a", 10));
    timer.runDue();
    assertThat(terminal.cursorShown()).isFalse();
    bars.show("a", new Bar("job:a", Mark.DONE, 100.0, "", "stored", null));
    bars.close();
    assertThat(terminal.cursorShown()).isTrue();
    assertThat(terminal.lines()).containsExactly("✓ job:a ▕██████████▏ 100% stored");
  }
}
