package dev.headway.spc.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.chart.SeriesOutline.Column;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesOutlineTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final SeriesOutline outline = new SeriesOutline(4);

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private void add(int count) {
    for (var second = 0; second < count; second++) {
      outline.add(at(second), (double) (second * 7 % 10));
    }
  }

  private static List<Integer> sizes(List<Column> columns) {
    return columns.stream().map(Column::samples).toList();
  }

  @Test
  void columns_ofAll_holdAllSamplesInFewColumns() {
    add(18);
    assertThat(sizes(outline.columns(null, null, 100))).containsExactly(4, 4, 4, 4, 2);
    assertThat(sizes(outline.columns(null, null, 3))).containsExactly(8, 8, 2);
    assertThat(outline.whole()).isEqualTo(new Column(at(0), at(17), 18, 0.0, 9.0));
  }

  @Test
  void columns_ofAPart_areTheBlocksThatTouchIt() {
    add(18);
    assertThat(outline.columns(at(5), at(8), 100))
        .containsExactly(
            new Column(at(4), at(7), 4, 2.0, 9.0), new Column(at(8), at(11), 4, 0.0, 7.0));
    assertThat(outline.columns(at(18), null, 100)).isEmpty();
  }

  @Test
  void columns_ofExcludedSamples_countThemWithoutAValue() {
    for (var second = 0; second < 5; second++) {
      outline.add(at(second), second == 4 ? (Double) 3.0 : NOTHING);
    }
    assertThat(outline.columns(null, null, 9).getFirst())
        .isEqualTo(new Column(at(0), at(3), 4, null, null));
    assertThat(outline.whole()).isEqualTo(new Column(at(0), at(4), 5, 3.0, 3.0));
  }

  private static final @Nullable Double NOTHING = null;
}
