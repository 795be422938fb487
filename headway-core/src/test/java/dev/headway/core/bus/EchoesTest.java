package dev.headway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoesTest {
  private final Echoes echoes = new Echoes(2, 100, 1_000);

  @Test
  void complete_onceEachPartitionWasHeard() {
    echoes.heard(0, 1_010);
    assertThat(echoes.complete()).isFalse();

    echoes.heard(1, 1_020);
    assertThat(echoes.complete()).isTrue();
  }

  @Test
  void silent_afterThePatienceSinceTheOpening() {
    assertThat(echoes.silent(1_100)).isFalse();
    assertThat(echoes.silent(1_101)).isTrue();
  }

  @Test
  void silent_whenOnePartitionIsNotHeardAnyMore() {
    echoes.heard(0, 1_100);
    echoes.heard(1, 1_050);

    assertThat(echoes.silent(1_150)).isFalse();
    assertThat(echoes.silent(1_151)).isTrue();
  }

  @Test
  void heard_partitionOfAnotherSetUp_isPassedOver() {
    echoes.heard(7, 1_010);

    assertThat(echoes.complete()).isFalse();
  }
}
