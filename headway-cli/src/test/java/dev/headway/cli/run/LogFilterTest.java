package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LogFilterTest {
  private static final String BAR = "━".repeat(20);

  private static List<String> taken(String... lines) {
    var filter = new LogFilter(false);
    return List.of(lines).stream()
        .filter(line -> {
          var segment = new Segment(line, false);
          return filter.takes(segment, ProgressReader.read(segment));
        })
        .toList();
  }

  @Test
  void takes_directivesAndUnfinishedBars_not() {
    assertThat(
            taken(
                "::progress 40 Loading",
                "::step 1/2",
                "epoch:  25%|##5       | 1/4 [00:01<00:03,  1.00s/it]",
                "epoch: 100%|##########| 4/4 [00:04<00:00,  1.00s/it]",
                "Loading 40%",
                "[ 25%] Building C object a.c.o"))
        .containsExactly(
            "epoch: 100%|##########| 4/4 [00:04<00:00,  1.00s/it]",
            "Loading 40%", "[ 25%] Building C object a.c.o");
  }

  @Test
  void takes_severalBarsOfRichDrawnAgainAndAgain_eachOnceAtItsEnd() {
    var first = "part 0 " + BAR + " 100% 0:00:02";
    var all = "all    " + BAR + " 100% 0:00:04";
    assertThat(
            taken(
                "all    " + BAR + "   0% -:--:--",
                "part 0 " + BAR + "  50% 0:00:01",
                "all    " + BAR + "  50% 0:00:02",
                first,
                "all    " + BAR + "  75% 0:00:01",
                first,
                "part 1 " + BAR + "  50% 0:00:01",
                all,
                first,
                all))
        .containsExactly(first, all);
  }

  @Test
  void takes_barThatBeginsAnew_onceMoreAtItsEnd() {
    var end = "100%|##########| 30/30 [00:02<00:00, 12.4it/s]";
    assertThat(taken(end, " 50%|#####     | 15/30 [00:01<00:01, 12.4it/s]", end))
        .containsExactly(end, end);
  }
}
