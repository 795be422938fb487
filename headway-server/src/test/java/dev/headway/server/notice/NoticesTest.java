package dev.headway.server.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.memory.InMemoryCarrier;
import dev.headway.server.notice.Notices.Notice;
import dev.headway.testkit.Ids;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private final InMemoryCarrier carrier = new InMemoryCarrier();

  private RingBus bus(String life) {
    return RingBus.open(carrier, life, Timing.DEFAULT, System::nanoTime);
  }

  @Test
  void tell_clientsOfAllServers_areToldOnce() {
    try (var east = bus("east");
        var west = bus("west")) {
      var ids = Ids.seeded(Clock.systemUTC());
      var here = new CopyOnWriteArrayList<Notice>();
      var there = new CopyOnWriteArrayList<Notice>();
      var notices = new Notices(east, ids);
      notices.listen(here::add);
      new Notices(west, ids).listen(there::add);
      var sent = List.of(new Notice("Wartung um 18:00 Ö", "WARNING"), new Notice("Back", "INFO"));

      sent.forEach(notices::tell);

      await().until(() -> there.size() == sent.size());
      assertThat(there).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(here).isEqualTo(sent);
    }
  }
}
