package dev.headway.filling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.filling.model.Activity.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  @Test
  void ofFilling_lotsThatTogetherFillTheWindow_neverExceedIt() {
    // 19,920 = 3 · 6,640: thirds of an hour have no exact microseconds, their sum must not grow.
    var rate = BigDecimal.valueOf(19_920);
    var parts = Micros.ofFilling(7, rate) + Micros.ofFilling(13, rate);
    assertThat(parts).isLessThanOrEqualTo(Micros.ofFilling(20, rate));
    assertThat(3 * Micros.ofFilling(6_640, rate)).isEqualTo(Micros.PER_HOUR);
  }

  @Test
  void ofFilling_tinyLot_takesSomeTime() {
    assertThat(Micros.ofFilling(1, new BigDecimal("1e12"))).isEqualTo(1);
  }

  @Test
  void kpis_schedule_areMeasured() {
    var problem =
        new Problem(
            List.of(new Lot("a", "A", 199_200), new Lot("b", "B", 398_400)), Settings.withLines(2));
    var plan = new Plan(List.of(List.of(new Block(List.of(0, 1))), List.of()));
    var schedule = Schedule.of(problem, plan, Instant.EPOCH);
    var kpis = Kpis.of(schedule, Micros.ofHours(50));
    assertThat(kpis.makespanHours()).isEqualTo(24 + 10 + 8 + 20);
    assertThat(kpis.utilization()).isCloseTo(30.0 / (62 * 2), within(1e-12));
    assertThat(kpis.averageLotHours()).isEqualTo(15);
    assertThat(kpis.gap()).isCloseTo(62.0 / 50 - 1, within(1e-12));
    assertThat(kpis.optimal()).isFalse();
    assertThat(kpis.of(Kind.CHANGEOVER)).isEqualTo(new Kpis.Total(1, Micros.ofHours(8)));
    assertThat(kpis.of(Kind.FILL).count()).isEqualTo(2);
    assertThat(kpis.lineLengths()).containsExactly(Micros.ofHours(62), 0L);
    assertThat(schedule.at(schedule.makespan())).isEqualTo(Instant.EPOCH.plusSeconds(62 * 3600));
  }

  @Test
  void problem_impossible_isRefused() {
    var settings = Settings.withLines(1);
    assertThatThrownBy(() -> new Problem(List.of(), settings))
        .isInstanceOf(IllegalArgumentException.class);
    var endless = List.of(new Lot("a", "A", 1, Micros.ofHours(121)));
    assertThatThrownBy(() -> new Problem(endless, settings))
        .hasMessage("The lot a is longer than every line's window.");
  }
}
