package dev.headway.app;

import dev.headway.cli.bars.BarListener;
import dev.headway.cli.bars.TerminalBars;
import dev.headway.client.HeadwayClient;
import dev.headway.client.job.Accepted;
import dev.headway.client.job.JobStatus;
import dev.headway.client.schedule.Schedule;
import dev.headway.client.schedule.ScheduleRequest;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.Topic;
import dev.headway.client.time.ThreadScheduler;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the demo does once its server runs: all of it over the network, as any client would. */
final class Demo {
  private static final String LOTS = "/dev/headway/filling/demo-lots.csv";
  private static final ScheduleRequest REQUEST =
      new ScheduleRequest("Demo", "best", Map.of("time_limit_seconds", 2), null);

  private final HeadwayClient client;
  private final URI server;
  private final Path folder;
  private final PrintStream out;

  /**
   * @param client of the server, not signed in
   * @param folder where the demo user's password and token are kept
   */
  Demo(HeadwayClient client, URI server, Path folder, PrintStream out) {
    this.client = client;
    this.server = server;
    this.folder = folder;
    this.out = out;
  }

  /**
   * Signs in, submits the lots, watches the schedule to its end and shows the result.
   *
   * @return whether the schedule completed
   */
  boolean show() throws IOException, InterruptedException {
    var user = DemoUser.signIn(client, folder);
    out.printf("Signed in as %s%n", DemoUser.EMAIL);
    var accepted = client.submitSchedule("demo-lots.csv", lots(), REQUEST);
    var id = accepted.work().id();
    out.printf("Submitted demo-lots.csv as schedule %d%n%n", id);
    if (!watch(accepted)) {
      return false;
    }
    report(client.schedule(id));
    lookNext(user, id);
    return true;
  }

  private static byte[] lots() throws IOException {
    try (var lots = Demo.class.getResourceAsStream(LOTS)) {
      return Objects.requireNonNull(lots, "the demo's lots ship with the product").readAllBytes();
    }
  }

  private boolean watch(Accepted<Schedule> accepted) throws InterruptedException {
    var topic = Topic.parse(accepted.watch().stream());
    try (var scheduler = new ThreadScheduler();
        var bars = TerminalBars.open(out, System.getenv(), InstantSource.system(), scheduler)) {
      var listener = new BarListener(bars, List.of(topic), Topic::toString);
      try (var _ = client.watch(List.of(Interest.in(topic).after(accepted.cursor())), listener)) {
        var ended = listener.allEnded().get().get(topic);
        return ended != null && ended.status() == JobStatus.COMPLETED;
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
  }

  private void report(Schedule schedule) {
    out.println();
    row("Makespan", "%.1f h", schedule.makespan(), bound(schedule));
    row("Utilisation", "%.1f %%", schedule.utilizationPercent(), "filling, of all the line's time");
    row(
        "Changeovers",
        "%d",
        schedule.changeovers(),
        "between " + schedule.lotsScheduled() + " lots");
  }

  private void row(String name, String form, @Nullable Object value, String note) {
    out.printf("  %-12s %10s   %s%n", name, value == null ? "-" : form.formatted(value), note);
  }

  private static String bound(Schedule schedule) {
    var gap = schedule.gap();
    if (gap == null) {
      return "";
    }
    return gap < 5e-5
        ? "proved: no schedule is shorter"
        : "at most %.1f %% above the shortest possible".formatted(100 * gap);
  }

  private void lookNext(DemoUser user, long id) {
    out.printf(
        """

        Look next
          %s/schedule/%d   this plan as a Gantt chart
              sign in as %s
              with the password in %s
          %s/docs   the API, to read and to try

          token=$(cat %s)
          curl -H "Authorization: Bearer $token" %s/api/v1/schedule/%d
          curl -H "Authorization: Bearer $token" -o schedule.pdf '%s/api/v1/schedule/%d/export?format=pdf'
          HEADWAY_URL=%s HEADWAY_TOKEN=$token ./headway submit --lots your-lots.csv --watch
        """,
        server,
        id,
        DemoUser.EMAIL,
        user.passwordFile(),
        server,
        user.tokenFile(),
        server,
        id,
        server,
        id,
        server);
  }
}
