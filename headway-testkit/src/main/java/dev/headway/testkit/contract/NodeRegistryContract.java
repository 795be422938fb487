package dev.headway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import dev.headway.core.port.NodeRegistry.Renewal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that a {@link NodeRegistry} must do. Implement it and hand out an empty registry. */
public interface NodeRegistryContract {
  /** One node. */
  Entry EAST = new Entry("east", "data-1", "life-1", Map.of());

  /** Another node. */
  Entry WEST = new Entry("west", "data-2", "life-2", Map.of("user 7", 3L, "resource a b", 1L));

  /** The registry, empty at the begin of each test. */
  NodeRegistry registry();

  /** Lets time pass by the registry's clock. */
  void pass(Duration time);

  private List<Entry> others(Entry own) {
    return renewed(own).others();
  }

  private Renewal.Renewed renewed(Entry own) {
    return switch (registry().renew(own)) {
      case Renewal.Renewed renewed -> renewed;
      case Renewal.Taken taken -> throw new AssertionError("taken: " + taken);
    };
  }

  @Test
  default void renew_nodesThatCount_areSeenWithWhatTheyHold() {
    assertThat(others(EAST)).isEmpty();
    assertThat(others(WEST)).containsExactly(EAST);
    assertThat(others(EAST)).containsExactly(WEST);
    assertThat(renewed(EAST).lapsed()).isFalse();
  }

  @Test
  default void renew_again_replacesWhatIsHeld() {
    renewed(WEST);
    var later = new Entry(WEST.node(), WEST.home(), WEST.life(), Map.of("user 8", 1L));
    renewed(later);

    assertThat(others(EAST)).containsExactly(later);
  }

  @Test
  default void renew_nodeThatHasNotRenewed_countsNoMoreAndIsToldWhenItIsBack() {
    renewed(EAST);
    pass(NodeRegistry.LIFE.plusSeconds(1));

    assertThat(others(WEST)).isEmpty();
    assertThat(renewed(EAST).lapsed()).isTrue();
    assertThat(renewed(EAST).lapsed()).isFalse();
  }

  @Test
  default void renew_nextStartFromTheSameDataDirectory_takesTheEntryOver() {
    renewed(EAST);
    var next = new Entry(EAST.node(), EAST.home(), "life-9", Map.of());

    assertThat(renewed(next).lapsed()).isFalse();
    assertThat(others(WEST)).containsExactly(next);
  }

  @Test
  default void renew_nameOfAnotherThatLives_isTakenUntilThatIsGone() {
    renewed(EAST);
    var rival = new Entry(EAST.node(), "data-9", "life-9", Map.of());
    pass(Duration.ofSeconds(2));

    assertThat(registry().renew(rival))
        .isInstanceOfSatisfying(
            Renewal.Taken.class,
            taken -> assertThat(taken.age()).isGreaterThanOrEqualTo(Duration.ofSeconds(2)));
    assertThat(others(WEST)).containsExactly(EAST);
    pass(NodeRegistry.LIFE);

    assertThat(others(rival)).isEmpty();
    assertThat(registry().renew(EAST)).isInstanceOf(Renewal.Taken.class);
  }

  @Test
  default void remove_ofThisStart_leavesOfAnotherStartDoesNot() {
    renewed(EAST);
    registry().remove(new Entry(EAST.node(), EAST.home(), "life-0", Map.of()));
    assertThat(others(WEST)).containsExactly(EAST);

    registry().remove(EAST);
    assertThat(others(WEST)).isEmpty();
  }
}
