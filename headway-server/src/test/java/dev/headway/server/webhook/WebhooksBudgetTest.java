package dev.headway.server.webhook;

import static dev.headway.testkit.contract.SampleJobs.announced;
import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.Announcements.Announcement;
import dev.headway.server.stream.JobJson;
import dev.headway.testkit.contract.SampleJobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Announcements are begun for all hosts alike, whatever is due for one of them. */
final class WebhooksBudgetTest {
  private final InMemoryJobStore store = new InMemoryJobStore();
  private final SampleJobs jobs = new SampleJobs(store);
  private final List<Runnable> begun = new ArrayList<>();
  private final Webhooks webhooks = node(new CallbackPolicy(true));

  private Webhooks node(CallbackPolicy policy) {
    return new Webhooks(
        store,
        store,
        new CallbackSender(
            policy,
            new CallbackSignature("a secret that both know"),
            JobJson.View::of,
            Clock.systemUTC(),
            begun::add),
        Clock.systemUTC(),
        new SplittableRandom(7),
        begun::add);
  }

  private void ended(int count, String url) {
    for (var at = 0; at < count; at++) {
      jobs.completed(announced(spec("noop", null), url));
    }
  }

  @Test
  void tick_hundredsForOneHost_othersAreBegunToo() {
    ended(300, "http://dead.example/x");
    ended(1, "http://well.example/x");
    webhooks.tick();
    assertThat(begun).as("four for the one, one for the other").hasSize(5);
  }

  @Test
  void tick_asOftenAsOneLikes_beginsNoneTwice() {
    ended(3, "http://well.example/x");
    webhooks.tick();
    webhooks.tick();
    assertThat(begun).hasSize(3);
  }

  @Test
  void tick_ofTwoNodesOnOneStore_isOneAttempt() {
    ended(1, "http://10.0.0.1/refused-before-it-is-called");
    var due = store.callbacksDue(Instant.now(), 10, Set.of()).getFirst();
    var policy = new CallbackPolicy(false);

    node(policy).tick();
    node(policy).tick();
    assertThat(begun).as("both have read it as due").hasSize(2);
    List.copyOf(begun).forEach(Runnable::run);

    assertThat(store.callbacksDue(Instant.now().plusSeconds(60), 10, Set.of()))
        .containsExactly(new Announcement(due.job(), due.url(), 1));
  }

  @Test
  void tick_manyHosts_haveABoundTogether() {
    for (var host = 0; host < 100; host++) {
      ended(1, "http://host%d.example/x".formatted(host));
    }
    webhooks.tick();
    assertThat(begun).hasSize(32);
  }
}
