import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobRequest;
import dev.headway.client.stream.Event;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.Snapshot;
import dev.headway.client.stream.Topic;
import dev.headway.client.stream.WatchListener;
import dev.headway.client.work.Claim;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Watches a job, does it, and shows work of its own, on whatever Java runs it. */
public final class OnJava17 {
  public static void main(String[] arguments) {
    try (var client = HeadwayClient.at(URI.create(arguments[0])).build()) {
      var job = client.submit(JobRequest.external("old").payload(Map.of("n", 2))).work();
      var end = new CompletableFuture<String>();
      WatchListener listener =
          new WatchListener() {
            @Override
            public void onSnapshot(Snapshot snapshot) {}

            @Override
            public void onEvent(Event event) {
              if (event.ended()) {
                end.complete(event.type());
              }
            }
          };
      try (var watch = client.watch(List.of(Interest.in(Topic.job(job.id()))), listener)) {
        client.work(Claim.from("default").types("old"), work -> {
          work.progress(1, 2, "half");
          return Map.of("sum", 3);
        });
        System.out.println("watched " + end.join());
      }
      try (var tracked = client.track("on Java", 2)) {
        tracked.advance();
        tracked.advance();
        tracked.complete("done");
        tracked.ended().join();
        System.out.println("tracked " + client.job(tracked.begun().join().id()).status());
      }
      System.out.println("java " + Runtime.version().feature());
    }
  }
}
