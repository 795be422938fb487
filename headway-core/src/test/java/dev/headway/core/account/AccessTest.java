package dev.headway.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal.Credential;
import dev.headway.core.fixture.TestClock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole matrix of access, with and without anonymous clients served. */
class AccessTest {
  private static final Credential CREDENTIAL = new Credential("t", TestClock.START, null);
  private static final String TOPIC = "job:1";

  private static final Map<String, Principal> WHO =
      Map.of(
          "anonymous", new Principal.Anonymous("127.0.0.1"),
          "owner", known(7, Role.USER, Set.of()),
          "other", known(8, Role.USER, Set.of()),
          "worker", known(9, Role.WORKER, Set.of()),
          "press_worker", known(9, Role.WORKER, Set.of("press")),
          "engineer", known(10, new Role("engineer"), Set.of()),
          "admin", known(11, Role.ADMIN, Set.of()),
          "watcher", new Principal.Watcher(7, Set.of(TOPIC), CREDENTIAL),
          "watcher_of_else", new Principal.Watcher(7, Set.of("job:2"), CREDENTIAL));

  /*
   * own: a resource of user 7; shared: one without an owner. Cells: y or n, "s" where only a server
   * that serves anonymous clients allows it.
   */
  private static final String TABLE =
      """
      .               watch_own watch_shared steer_own steer_shared claim_default claim_press
      anonymous       n         s            n         s            s             s
      owner           y         s            y         s            s             s
      other           n         s            n         s            s             s
      worker          n         s            n         s            y             y
      press_worker    n         s            n         s            n             y
      engineer        n         s            n         s            s             s
      admin           y         y            y         y            y             y
      watcher         y         y            n         n            n             n
      watcher_of_else n         n            n         n            n             n
      """;

  record Cell(String who, String what, String allowed) {}

  static Stream<Cell> cells() {
    var lines = TABLE.lines().map(line -> line.split(" +")).toList();
    var head = lines.getFirst();
    return lines.stream()
        .skip(1)
        .flatMap(row ->
            Stream.iterate(1, at -> at < row.length, at -> at + 1)
                .map(at -> new Cell(row[0], head[at], row[at])));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void may_anybodyByAnything_isAsInTheTable(Cell cell) {
    assertThat(allowed(new Access(true), cell)).isEqualTo(!cell.allowed().equals("n"));
    assertThat(allowed(new Access(false), cell)).isEqualTo(cell.allowed().equals("y"));
  }

  private static boolean allowed(Access access, Cell cell) {
    var who = WHO.get(cell.who());
    assertThat(who).isNotNull();
    return switch (cell.what()) {
      case "watch_own" -> access.mayWatch(who, owner(7), Set.of(TOPIC, "schedule:4"));
      case "watch_shared" -> access.mayWatch(who, owner(null), Set.of(TOPIC, "schedule:4"));
      case "steer_own" -> access.maySteer(who, owner(7));
      case "steer_shared" -> access.maySteer(who, owner(null));
      case "claim_default" -> access.mayClaim(who, "default");
      case "claim_press" -> access.mayClaim(who, "press");
      default -> throw new AssertionError(cell.what());
    };
  }

  private static @Nullable Long owner(@Nullable Integer id) {
    return id == null ? null : Long.valueOf(id);
  }

  private static Principal known(long id, Role role, Set<String> queues) {
    return new Principal.Known(id, "u@example.org", role, queues, CREDENTIAL);
  }

  @Test
  void claimable_byRole_isEverybodysOnlyForWhomAnAdministratorTrusts() {
    var access = new Access(false);
    var made = new Principal.Known(7, "u@example.org", Role.WORKER, Set.of(), true, CREDENTIAL);

    assertThat(access.claimable(known(9, Role.WORKER, Set.of()))).isNull();
    assertThat(access.claimable(known(11, Role.ADMIN, Set.of()))).isNull();
    assertThat(access.claimable(made)).isEqualTo(new Visibility(7L, false));
    assertThat(new Access(true).claimable(made)).isEqualTo(new Visibility(7L, true));
    assertThat(new Access(true).claimable(new Principal.Anonymous("127.0.0.1")))
        .isEqualTo(new Visibility(null, true));
  }
}
