package dev.headway.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProofsTest {
  @Test
  void sets_areInTheJar_withAsManyLotsAsTheirNamesSay() {
    assertThat(Proofs.SETS)
        .allSatisfy(name -> {
          var lots = Integer.parseInt(name.substring(1, name.indexOf('_')));
          assertThat(Proofs.problem(name, 1).lotCount()).isEqualTo(lots);
        });
  }
}
