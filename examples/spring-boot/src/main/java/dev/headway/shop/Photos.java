package dev.headway.shop;

import dev.headway.client.HeadwayClient;
import dev.headway.client.page.PageLook;
import dev.headway.client.stream.Topic;
import dev.headway.client.work.Progress;
import dev.headway.client.work.TrackedJob;
import dev.headway.spring.HeadwayJob;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The photos of the shop. Thread-safe. */
@Component
public class Photos {
  private final Progress progress;
  private final HeadwayClient client;

  /** The photos, whose progress goes to whichever job works on them. */
  public Photos(Progress progress, HeadwayClient client) {
    this.progress = progress;
    this.client = client;
  }

  /** Resizes photos; returns how many. */
  @Async
  @HeadwayJob("Photos")
  public CompletableFuture<Integer> resize(List<String> files) {
    progress.total(files.size());
    for (var file : files) {
      progress.throwIfCancelled();
      progress.message(file);
      progress.advance();
    }
    return CompletableFuture.completedFuture(files.size());
  }

  /** Removes what nobody has looked at for a year. */
  @Scheduled(cron = "0 0 3 * * *")
  @HeadwayJob(
      name = "Nightly clean-up",
      steps = {"look", "remove"})
  public void clean() {
    progress.step("look");
    progress.step("remove");
  }

  /** Returns the address of a page that shows a job to a visitor of the shop, for an hour. */
  public URI page(TrackedJob job) {
    var topic = Topic.job(job.begun().join().id());
    return client.link(topic, PageLook.USUAL, Duration.ofHours(1)).url();
  }
}
