package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.fixture.TestClock;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.NodeRegistry;
import dev.headway.core.port.NodeRegistry.Entry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that register, on a clock that stands. */
class MembershipTest {
  private final TestClock clock = new TestClock();
  private final NodeRegistry registry = new InMemoryNodeRegistry(clock);
  private final Membership east = member("east", Map.of());
  private final Membership west = member("west", Map.of("user 7", 3L));

  private Membership member(String name, Map<String, Long> held) {
    return member(new Entry(name, name, name, Map.of()), clock, held);
  }

  private Membership member(Entry own, InstantSource ownClock, Map<String, Long> held) {
    return new Membership(registry, own, ownClock, () -> held);
  }

  @Test
  void alone_isTrustedForAWhileOnly() {
    assertThat(east.alone()).as("not asked yet").isFalse();
    east.tick();
    assertThat(east.alone()).isTrue();
    clock.advance(Membership.TRUST.plusMillis(1));
    assertThat(east.alone()).isFalse();
  }

  @Test
  void alone_clockWasSetBack_isTrustedNoMore() {
    east.tick();
    clock.advance(Duration.ofMinutes(-1));
    assertThat(east.alone()).isFalse();
  }

  @Test
  void alone_afterTheOtherLeft_isTrueAgain() {
    west.tick();
    east.tick();
    assertThat(east.alone()).isFalse();
    assertThat(east.others()).isEqualTo(1);

    west.leave();
    east.tick();

    assertThat(east.alone()).isTrue();
  }

  @Test
  void heldElsewhere_isWhatTheOthersHaveAndEndsWithThem() {
    west.tick();
    member("north", Map.of("user 7", 2L)).tick();
    east.tick();
    assertThat(east.heldElsewhere("user 7")).isEqualTo(5);
    assertThat(east.heldElsewhere("user 8")).isZero();

    clock.advance(NodeRegistry.LIFE.plusMillis(1));
    west.tick();
    east.tick();

    assertThat(east.heldElsewhere("user 7")).isEqualTo(3);
  }

  @Test
  void join_nameOfAServerThatRuns_isRefusedAndNamesTheRemedy() throws InterruptedException {
    east.join(clock::advance);
    var rival = member(new Entry("east", "another directory", "2", Map.of()), clock, Map.of());

    assertThatThrownBy(() ->
            rival.join(time -> {
              clock.advance(time);
              east.tick();
            }))
        .hasMessageContaining("has the name east")
        .hasMessageContaining("server.node");
    assertThatCode(east::requireFit).doesNotThrowAnyException();
  }

  @Test
  void join_nameOfAServerThatWasKilled_waitsUntilItIsGone() throws InterruptedException {
    east.join(clock::advance);
    var next = member(new Entry("east", "another directory", "2", Map.of()), clock, Map.of());

    next.join(clock::advance);

    assertThatCode(next::requireFit).doesNotThrowAnyException();
    assertThat(Duration.between(TestClock.START, clock.instant()))
        .isBetween(NodeRegistry.LIFE, NodeRegistry.LIFE.plusSeconds(1));
    east.tick();
    assertThatThrownBy(east::requireFit).as("it wakes").hasMessageContaining("has the name east");
  }

  @Test
  void join_restartFromTheSameDataDirectory_doesNotWait() throws InterruptedException {
    east.join(clock::advance);
    member(new Entry("east", "east", "2", Map.of()), clock, Map.of()).join(clock::advance);

    assertThat(clock.instant()).isEqualTo(TestClock.START);
  }

  @Test
  void join_clockTenMinutesOff_isRefusedAndLeavesNoEntry() {
    InstantSource fast = () -> clock.instant().plus(Duration.ofMinutes(10));
    InstantSource slow = () -> clock.instant().minus(Duration.ofMinutes(10));
    for (var wrong : Map.of("600 s ahead of", fast, "600 s behind", slow).entrySet()) {
      var node = member(new Entry("off", "off", "1", Map.of()), wrong.getValue(), Map.of());

      assertThatThrownBy(() -> node.join(clock::advance)).hasMessageContaining(wrong.getKey());
    }
    east.tick();
    assertThat(east.others()).isZero();
  }

  @Test
  void requireFit_clockThatIsSetWhileItRuns_isRefusedUntilItIsRight() throws InterruptedException {
    var own = new TestClock();
    var node = member(new Entry("off", "off", "1", Map.of()), own, Map.of());
    node.join(own::advance);
    own.advance(Duration.ofMinutes(-10));
    node.tick();
    assertThatThrownBy(node::requireFit).hasMessageContaining("600 s behind the database's");

    own.advance(Duration.ofMinutes(10));
    node.tick();
    assertThatCode(node::requireFit).doesNotThrowAnyException();
  }

  @Test
  void requireFit_entryThatCannotBeRenewed_saysThatTheDatabaseDoesNotAnswer()
      throws InterruptedException {
    west.tick();
    east.join(clock::advance);
    clock.advance(NodeRegistry.LIFE.plusMillis(1));
    assertThatThrownBy(east::requireFit).hasMessageContaining("The database has not answered");

    east.tick();
    assertThatCode(east::requireFit).doesNotThrowAnyException();
  }
}
