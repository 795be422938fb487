package dev.headway.server.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a wheel of eight slots of ten milliseconds lets what be looked at. */
final class TimingWheelTest {
  private static final long TICK = 10;
  private static final int SLOTS = 8;
  private static final long BEGINNING = 1_003;

  private final TimingWheel<Job> wheel = new TimingWheel<>(SLOTS, TICK, BEGINNING);
  private final List<Job> looked = new ArrayList<>();

  private static final class Job extends TimingWheel.Entry<Job> {
    private long deadline = Long.MAX_VALUE;
    private long placedAt;
  }

  private Job job() {
    var job = new Job();
    wheel.add(job);
    return job;
  }

  private Job jobAt(long deadline) {
    var job = job();
    wheel.move(job, deadline);
    return job;
  }

  private void turn(long now) {
    wheel.turn(now, looked::add);
  }

  @Test
  void turn_afterSomethingWasAdded_looksAtItWithTheNextTick() {
    var job = job();

    turn(BEGINNING + TICK - 1);
    assertThat(looked).isEmpty();
    turn(BEGINNING + TICK);
    assertThat(looked).containsExactly(job);
  }

  @Test
  void turn_everyMillisecond_looksNeitherTooEarlyNorATickTooLate() {
    for (var offset = 1; offset < (SLOTS - 1) * TICK; offset++) {
      var fresh = new TimingWheel<Job>(SLOTS, TICK, BEGINNING);
      var job = new Job();
      fresh.add(job);
      fresh.move(job, BEGINNING + offset);
      var at = BEGINNING;
      while (looked.isEmpty()) {
        fresh.turn(++at, looked::add);
      }
      assertThat(at).isBetween(BEGINNING + offset, BEGINNING + offset + TICK - 1);
      looked.clear();
    }
  }

  @Test
  void turn_pastADeadlineBeyondTheRing_looksTooEarlyOnceATurnAndThenInTime() {
    var job = jobAt(BEGINNING + 200);
    var times = new ArrayList<Long>();
    for (var now = BEGINNING; now <= BEGINNING + 200; now++) {
      var at = now;
      wheel.turn(
          now,
          due -> {
            times.add(at - BEGINNING);
            wheel.move(due, BEGINNING + 200);
          });
    }
    assertThat(times).containsExactly(70L, 140L, 200L);
    assertThat(wheel.all()).containsExactly(job);
  }

  @Test
  void move_toAnEarlierDeadline_isLookedAtThen() {
    var job = jobAt(BEGINNING + 60);
    wheel.move(job, BEGINNING + 20);

    turn(BEGINNING + 20);
    assertThat(looked).containsExactly(job);
  }

  @Test
  void move_toATimeThatHasPassed_isLookedAtWithTheNextTick() {
    turn(BEGINNING + 5 * TICK);
    var job = jobAt(BEGINNING);

    turn(BEGINNING + 5 * TICK);
    assertThat(looked).isEmpty();
    turn(BEGINNING + 6 * TICK);
    assertThat(looked).containsExactly(job);
  }

  @Test
  void move_ofWhatIsNotInTheWheel_doesNotPutItThere() {
    var job = new Job();
    wheel.move(job, BEGINNING);

    turn(BEGINNING + 100 * TICK);
    assertThat(looked).isEmpty();
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void remove_fromAnyPlaceOfASlot_leavesTheOthers() {
    var jobs = List.of(job(), job(), job(), job());
    assertThat(wheel.remove(jobs.get(3))).isTrue();
    assertThat(wheel.remove(jobs.get(1))).isTrue();
    assertThat(wheel.remove(jobs.get(1))).isFalse();

    turn(BEGINNING + TICK);
    assertThat(looked).containsExactlyInAnyOrder(jobs.get(0), jobs.get(2));
    assertThat(wheel.all()).containsExactlyInAnyOrder(jobs.get(0), jobs.get(2));
  }

  /* What was looked at early in such a turn may come again at its end, but not for ever. */
  @Test
  void turn_overManyRoundsAtOnce_looksAtEverything() {
    var jobs = List.of(jobAt(BEGINNING + 5), jobAt(BEGINNING + 35), jobAt(BEGINNING + 70));

    turn(BEGINNING + 1_000 * TICK);
    assertThat(looked).containsAll(jobs).hasSizeLessThan(2 * jobs.size());
    assertThat(wheel.all()).containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void look_thatRemovesOthersOfTheSlot_isNotGivenThem() {
    job();
    job();
    wheel.turn(
        BEGINNING + TICK,
        due -> {
          looked.add(due);
          wheel.all().stream().filter(other -> other != due).forEach(wheel::remove);
          wheel.remove(due);
        });
    assertThat(looked).hasSize(1);
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void look_thatPlacesAgainForTheSameMoment_isGivenItWithTheNextTick() {
    var job = job();
    wheel.turn(
        BEGINNING + TICK,
        due -> {
          looked.add(due);
          wheel.move(due, BEGINNING);
        });
    assertThat(looked).containsExactly(job);
    turn(BEGINNING + 2 * TICK);
    assertThat(looked).containsExactly(job, job);
  }

  @Test
  void look_thatFails_losesNothing() {
    var job = job();
    assertThatThrownBy(() ->
            wheel.turn(
                BEGINNING + TICK,
                _ -> {
                  throw new IllegalStateException("as the test wants");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(wheel.all()).containsExactly(job);
    turn(BEGINNING + SLOTS * TICK);
    assertThat(looked).containsExactly(job);
  }

  @Test
  void steps_ofAnyKindAndOrder_lookAtEachInTimeAndAtNothingElse() {
    var random = new Random(7);
    var jobs = new ArrayList<Job>();
    var now = BEGINNING;
    for (var step = 0; step < 20_000; step++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          var added = job();
          jobs.add(added);
          place(added, now + random.nextInt(300), now);
        }
        case 1 -> {
          if (!jobs.isEmpty()) {
            place(jobs.get(random.nextInt(jobs.size())), now + random.nextInt(300), now);
          }
        }
        case 2 -> {
          if (!jobs.isEmpty()) {
            wheel.remove(jobs.remove(random.nextInt(jobs.size())));
          }
        }
        default -> now = later(now + random.nextInt(3 * (int) TICK), jobs);
      }
    }
    assertThat(wheel.all()).containsExactlyInAnyOrderElementsOf(jobs);
  }

  private void place(Job job, long deadline, long now) {
    job.deadline = deadline;
    job.placedAt = now;
    wheel.move(job, deadline);
  }

  private long later(long now, List<Job> jobs) {
    wheel.turn(
        now,
        due -> {
          assertThat(jobs).contains(due);
          assertThat(now > due.placedAt).isTrue();
          place(due, due.deadline > now ? due.deadline : now + 40, now);
        });
    assertThat(jobs.stream().filter(job -> job.deadline <= now - TICK)).isEmpty();
    return now;
  }
}
