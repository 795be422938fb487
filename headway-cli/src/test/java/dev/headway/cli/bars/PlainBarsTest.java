package dev.headway.cli.bars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.job.Eta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlainBarsTest {
  private final List<String> lines = new ArrayList<>();
  private final PlainBars bars = new PlainBars(lines::add);

  @Test
  void show_wholeLife_writesALineWhereItMatters() {
    bars.show("a", new Bar("job:a", Mark.WAITING, 0.0, "loading", "Waiting to start", null));
    bars.show("a", new Bar("job:a", Mark.RUNNING, 3.0, "loading", "reading", null));
    bars.show("a", new Bar("job:a", Mark.RUNNING, 4.0, "loading", "reading on", null));
    bars.show("a", new Bar("job:a", Mark.RUNNING, 9.9, "loading", "reading on", null));
    bars.show("a", new Bar("job:a", Mark.RUNNING, 10.0, "planning", "1 of 9", new Eta(75, 60, 90)));
    bars.show("a", new Bar("job:a", Mark.RUNNING, 21.0, "planning", "2 of 9", null));
    bars.show("a", new Bar("job:a", Mark.STALLED, 21.0, "planning", "2 of 9", null));
    bars.show("a", new Bar("job:a", Mark.FAILED, 21.0, "", "WORKER_LOST", null));
    assertThat(lines)
        .containsExactly(
            "job:a    0%  waiting  loading: Waiting to start",
            "job:a    3%  loading: reading",
            "job:a   10%  planning: 1 of 9  (1m15s left)",
            "job:a   21%  planning: 2 of 9",
            "job:a   21%  stalled  planning: 2 of 9",
            "job:a   21%  failed  WORKER_LOST");
  }
}
