package dev.headway.filling.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.RandomProblems;
import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.model.Span;
import dev.headway.filling.verify.Violation.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
  private static final Lot A = new Lot("a", "A", 199_200);
  private static final Lot B = new Lot("b", "B", 398_400);
  private static final Lot C = new Lot("c", "A", 597_600);
  private static final Problem PROBLEM = new Problem(List.of(A, B, C), Settings.withLines(2));

  /** Line 1: clean 0-24, a 24-34, changeover 34-42, b 42-62. Line 2: clean 0-24, c 24-54. */
  private static final Schedule VALID =
      Schedule.of(
          PROBLEM,
          new Plan(List.of(List.of(new Block(List.of(0, 1))), List.of(new Block(List.of(2))))),
          START);

  private static List<Violation> verify(Schedule schedule) {
    return Verifier.verify(PROBLEM.lots(), PROBLEM.settings(), schedule);
  }

  private static List<Violation> verifyEdited(UnaryOperator<List<Activity>> edit) {
    var activities = edit.apply(new ArrayList<>(VALID.activities()));
    return verify(new Schedule(START, VALID.lines(), activities));
  }

  private static Span hours(long start, long end) {
    return new Span(Micros.ofHours(start), Micros.ofHours(end));
  }

  @Test
  void verify_validSchedule_findsNothing() {
    assertThat(verify(VALID)).isEmpty();
    assertThat(VALID.makespan()).isEqualTo(Micros.ofHours(62));
  }

  @Test
  void verify_lotMissing_isLots() {
    assertThat(verifyEdited(all -> all.subList(0, 4)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.rule()).isEqualTo(Rule.LOTS);
          assertThat(violation.message()).isEqualTo("The lot 'c' is not filled.");
        });
  }

  @Test
  void verify_lotTwice_isLots() {
    assertThat(
            verifyEdited(all -> {
              all.set(5, new Activity.Fill(1, hours(24, 34), A));
              return all;
            }))
        .extracting(Violation::rule)
        .containsOnly(Rule.LOTS)
        .hasSize(2);
  }

  @Test
  void verify_lotChanged_isLots() {
    var smaller = new Lot("c", "A", 199_200);
    assertThat(
            verifyEdited(all -> {
              all.set(5, new Activity.Fill(1, hours(24, 34), smaller));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.LOTS);
  }

  @Test
  void verify_gap_isContinuity() {
    assertThat(
            verifyEdited(all -> {
              all.set(5, new Activity.Fill(1, hours(25, 55), C));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.CONTINUITY);
  }

  @Test
  void verify_lateStart_isContinuity() {
    assertThat(
            verifyEdited(all -> {
              all.set(4, new Activity.Clean(1, hours(1, 25), 1));
              all.set(5, new Activity.Fill(1, hours(25, 55), C));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.CONTINUITY);
  }

  @Test
  void verify_fillWithoutClean_isSequence() {
    assertThat(
            verifyEdited(all -> {
              all.remove(4);
              all.set(4, new Activity.Fill(1, hours(0, 30), C));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.SEQUENCE);
  }

  @Test
  void verify_noChangeover_isSequence() {
    assertThat(
            verifyEdited(all -> {
              all.remove(2);
              all.set(2, new Activity.Fill(0, hours(34, 54), B));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.SEQUENCE);
  }

  @Test
  void verify_changeoverAfterClean_isSequence() {
    assertThat(
            verifyEdited(all -> {
              all.set(5, new Activity.Changeover(1, hours(24, 28), "A", C));
              all.add(new Activity.Fill(1, hours(28, 58), C));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.SEQUENCE);
  }

  @Test
  void verify_endsWithClean_isSequence() {
    assertThat(
            verifyEdited(all -> {
              all.add(new Activity.Clean(1, hours(54, 78), 2));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.SEQUENCE);
  }

  @Test
  void verify_shortChangeover_isDuration() {
    assertThat(
            verifyEdited(all -> {
              all.set(2, new Activity.Changeover(0, hours(34, 38), "A", B));
              all.set(3, new Activity.Fill(0, hours(38, 58), B));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.DURATION);
  }

  @Test
  void verify_shortFillAndClean_areBothFound() {
    assertThat(
            verifyEdited(all -> {
              all.set(4, new Activity.Clean(1, hours(0, 23), 1));
              all.set(5, new Activity.Fill(1, hours(23, 43), C));
              return all;
            }))
        .extracting(Violation::rule)
        .containsExactly(Rule.DURATION, Rule.DURATION);
  }

  @Test
  void verify_windowExceeded_isWindow() {
    var half = 60 * 19_920L;
    var lots = List.of(new Lot("x", "A", half), new Lot("y", "A", half));
    var problem = new Problem(lots, Settings.withLines(1));
    var plan = new Plan(List.of(List.of(new Block(List.of(0, 1)))));
    assertThat(Verifier.verify(lots, problem.settings(), Schedule.of(problem, plan, START)))
        .extracting(Violation::rule)
        .containsExactly(Rule.WINDOW);
  }

  @Test
  void verify_otherLines_isLines() {
    assertThat(verify(new Schedule(START, List.of("X", "Y"), VALID.activities())))
        .extracting(Violation::rule)
        .containsExactly(Rule.LINES);
  }

  /** N lots in B blocks of k types take Σ fill + 20·B + 4·N + 4·Σ (k − 1) hours. */
  @Test
  void makespan_groupedBlocks_isTheClosedForm() {
    for (var seed = 0; seed < 200; seed++) {
      var problem = RandomProblems.large(seed, 12, 1);
      var blocks = groupedBlocks(problem, new Random(seed));
      var expected = 0L;
      for (var block : blocks) {
        expected +=
            Micros.ofHours(20 + 4L * block.lots().size() + 4L * (types(problem, block) - 1));
        for (var lot : block.lots()) {
          expected += problem.fill(0, lot);
        }
      }
      assertThat(new Plan(List.of(blocks)).makespan(problem)).isEqualTo(expected);
    }
  }

  /** A block is feasible if and only if Σ (fill + 4) + 4·k ≤ 128 hours. */
  @Test
  void window_groupedBlocks_isTheClosedForm() {
    var feasible = 0;
    for (var seed = 0; seed < 200; seed++) {
      var problem = RandomProblems.large(seed, 8, 1);
      var block = groupedBlocks(problem, new Random(seed)).getFirst();
      var need = Micros.ofHours(4L * types(problem, block));
      for (var lot : block.lots()) {
        need += problem.fill(0, lot) + Micros.ofHours(4);
      }
      var lots = block.lots().stream().map(problem::lot).toList();
      var alone = new Problem(lots, problem.settings());
      var all = new Block(IntStream.range(0, lots.size()).boxed().toList());
      var schedule = Schedule.of(alone, new Plan(List.of(List.of(all))), START);
      var fits = need <= Micros.ofHours(128);
      feasible += fits ? 1 : 0;
      assertThat(Verifier.verify(lots, problem.settings(), schedule).isEmpty()).isEqualTo(fits);
    }
    assertThat(feasible).isBetween(20, 180);
  }

  private static long types(Problem problem, Block block) {
    return block.lots().stream().map(problem::typeOf).distinct().count();
  }

  private static List<Block> groupedBlocks(Problem problem, Random random) {
    var lots = new ArrayList<>(IntStream.range(0, problem.lotCount()).boxed().toList());
    Collections.shuffle(lots, random);
    List<Block> blocks = new ArrayList<>();
    for (var from = 0; from < lots.size(); from += 5) {
      var some = new ArrayList<>(lots.subList(from, Math.min(from + 5, lots.size())));
      some.sort((a, b) -> Integer.compare(problem.typeOf(a), problem.typeOf(b)));
      blocks.add(new Block(some));
    }
    return blocks;
  }

  @Test
  void verify_matrixWithoutThePair_isDuration() {
    var settings =
        new Settings(
            Settings.DEFAULT_CLEANING,
            new Changeovers.Matrix(Map.of()),
            PROBLEM.settings().lines(),
            PROBLEM.settings().run());
    assertThat(Verifier.verify(PROBLEM.lots(), settings, VALID))
        .extracting(Violation::rule)
        .containsExactly(Rule.DURATION);
  }
}
