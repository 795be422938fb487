package dev.headway.filling.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.export.TypeColors.Look;
import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Span;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TypeColorsTest {
  private static Schedule filling(Stream<String> types) {
    var fills =
        types
            .<Activity>map(type -> new Activity.Fill(0, new Span(0, 1), new Lot("L", type, 1)))
            .toList();
    return new Schedule(Instant.EPOCH, List.of("Line 1"), fills);
  }

  @Test
  void all_anyOrderOfFilling_areInTheOrderOfTheirNames() {
    var colors =
        new TypeColors(filling(Stream.of("Vial-10", "insulin", "Vial-2", "Heparin", "Vial-2")));
    assertThat(colors.all().keySet()).containsExactly("Heparin", "insulin", "Vial-2", "Vial-10");
  }

  @Test
  void of_twelveTypes_haveColoursOfTheirOwnAndSixtyLooksOfTheirOwn() {
    var colors = new TypeColors(filling(IntStream.range(0, 60).mapToObj(i -> "T" + i)));
    var looks = colors.all().values().stream().toList();
    assertThat(looks.subList(0, 12).stream().map(Look::color)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(looks)).hasSize(60);
    assertThat(colors.of("T1").texture()).isNotEqualTo(colors.of("T2").texture());
  }
}
