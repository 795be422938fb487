package dev.headway.cli.bars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.job.Eta;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarPainterTest {
  private static final TerminalStyle UNCOLOURED = new TerminalStyle(true, false);
  private static final List<Bar> BARS =
      List.of(
          new Bar(
              "schedule:12",
              Mark.RUNNING,
              64.9,
              "planning",
              "14 of 15 lots placed",
              new Eta(80, 58, 131)),
          new Bar("schedule:13", Mark.WAITING, 0.0, "loading", "Waiting to start", null),
          new Bar("job:a1", Mark.STALLED, 33.3, "probe", "frame 120", new Eta(40, 30, 50)),
          new Bar("job:a2", Mark.STOPPING, null, "", "", null),
          new Bar("job:a3", Mark.DONE, 100.0, "", "497.16 h, 0.8 % above the bound", null),
          new Bar("job:a4", Mark.FAILED, 90.0, "", "The file ended early", null),
          new Bar("job:a5", Mark.CANCELLED, 12.0, "", "", null));

  private static String painted(int columns, TerminalStyle look) {
    var painter = new BarPainter(columns, 11, look);
    return BARS.stream().map(painter::paint).collect(Collectors.joining("\n"));
  }

  @Test
  void paint_wide_showsEverything() {
    assertThat(painted(110, UNCOLOURED))
        .isEqualTo(
            """
            ▸ schedule:12 ▕███████████████▌        ▏  64% planning: 14 of 15 lots placed                    1m20s (58s–2m)
            · schedule:13 ▕                        ▏   0% loading: Waiting to start
            ! job:a1      ▕███████▉                ▏  33% probe: frame 120                                   40s (30s–50s)
            ◌ job:a2      ▕                        ▏   --
            ✓ job:a3      ▕████████████████████████▏ 100% 497.16 h, 0.8 % above the bound
            ✗ job:a4      ▕█████████████████████▌  ▏  90% The file ended early
            ⊘ job:a5      ▕██▉                     ▏  12%\
            """);
  }

  @Test
  void paint_eightyColumns_shortensBarAndText() {
    assertThat(painted(80, UNCOLOURED))
        .isEqualTo(
            """
            ▸ schedule:12 ▕██████████▍     ▏  64% planning: 14 of 15 lots pl… 1m20s (58s–2m)
            · schedule:13 ▕                ▏   0% loading: Waiting to start
            ! job:a1      ▕█████▎          ▏  33% probe: frame 120             40s (30s–50s)
            ◌ job:a2      ▕                ▏   --
            ✓ job:a3      ▕████████████████▏ 100% 497.16 h, 0.8 % above the bound
            ✗ job:a4      ▕██████████████▍ ▏  90% The file ended early
            ⊘ job:a5      ▕█▉              ▏  12%\
            """);
  }

  @Test
  void paint_narrow_keepsMarkLabelAndPercent() {
    assertThat(painted(17, UNCOLOURED))
        .isEqualTo(
            """
            ▸ schedul…  64%
            · schedul…   0%
            ! job:a1    33%
            ◌ job:a2     --
            ✓ job:a3   100%
            ✗ job:a4    90%
            ⊘ job:a5    12%\
            """);
  }

  @Test
  void paint_plainLook_usesAsciiAlone() {
    var painted = painted(80, TerminalStyle.PLAIN);
    assertThat(painted.lines().findFirst())
        .hasValue(
            "> schedule:12 [##########------]  64% planning: 14 of 15 lots pl… 1m20s (58s-2m)");
  }

  @Test
  void paint_colours_wrapWithoutChangingTheText() {
    var painter = new BarPainter(80, 11, TerminalStyle.RICH);
    var line = painter.paint(BARS.get(4));
    assertThat(line).contains("\u001b[32m");
    assertThat(DisplayWidth.printable(line))
        .isEqualTo(painted(80, UNCOLOURED).lines().toList().get(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 20, 43, 44, 60, 69, 70, 79, 99, 100, 250})
  void paint_anyWidth_neverExceedsIt(int columns) {
    assertThat(
            painted(columns, TerminalStyle.RICH)
                .lines()
                .mapToInt(DisplayWidth::width)
                .max()
                .orElseThrow())
        .isLessThanOrEqualTo(columns);
  }

  @Test
  void paint_wideAndControlCharacters_measuresColumns() {
    var bar = new Bar("job:1", Mark.RUNNING, 50.0, "", "洗浄中\u001b[31m\tロット" + "長".repeat(40), null);
    var line = new BarPainter(80, 5, UNCOLOURED).paint(bar);
    assertThat(DisplayWidth.width(line)).isLessThanOrEqualTo(80);
    assertThat(line).contains("洗浄中 ロット").endsWith("…").doesNotContain("\u001b", "\t");
  }
}
