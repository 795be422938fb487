package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model of three nodes: the watchers' views while everything goes wrong that can. More seeds:
 * {@code -Dheadway.model.seeds=3000}.
 */
class NodesModelTest {
  private static final int STEPS = 250;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("headway.model.seeds", 200));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void watchers_ofEveryKindOnAnyNode_seeTheStoredLog(long seed) {
    var model = new NodesModel(seed);

    model.run(STEPS);

    var job = model.now();
    var stored = model.stored.milestones(job, 0);
    assertThat(stored)
        .extracting(milestone -> milestone.event().type())
        .last()
        .isEqualTo(job.status().wireName());
    for (var at = 0; at < stored.size(); at++) {
      assertThat(stored.get(at).number()).isEqualTo(at + 1);
    }
    assertThat(model.told()).allMatch(job.status().name()::equals);
    for (var watcher : model.watchers()) {
      watcher.finish(model.any());
      watcher.compare(stored);
    }
  }
}
