package dev.headway.spring;

import dev.headway.client.work.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;

/** Work of an application, in each way in which Spring calls methods. */
class Photos {
  private final CurrentJob progress;
  private final Thumbnails thumbnails;

  Photos(CurrentJob progress, Thumbnails thumbnails) {
    this.progress = progress;
    this.thumbnails = thumbnails;
  }

  @HeadwayJob(
      name = "Photos",
      tags = {"pictures", "nightly"})
  public int resize(int count) {
    progress.total(count);
    for (var photo = 1; photo <= count; photo++) {
      progress.message("photo " + photo);
      progress.advance();
    }
    return count;
  }

  @HeadwayJob(steps = {"read", "write"})
  public void copy() {
    progress.step("write");
    throw new IllegalStateException("The disk is full");
  }

  @HeadwayJob(type = "album")
  public void album() {
    thumbnails.draw();
  }

  @HeadwayJob(type = "print")
  public void print(boolean paper) {
    if (!paper) {
      throw new IllegalStateException("No paper");
    }
  }

  @HeadwayJob(type = "waiting")
  public void untilCancelled() throws InterruptedException {
    var asked = new CountDownLatch(1);
    progress.job().orElseThrow().onCancel(asked::countDown);
    asked.await();
    progress.throwIfCancelled();
  }

  @Async
  @HeadwayJob(type = "async")
  public CompletableFuture<String> develop(CompletableFuture<String> film) {
    progress.message("in " + Thread.currentThread().getName());
    return film;
  }

  @Scheduled(fixedDelay = 86_400_000)
  @HeadwayJob(type = "scheduled")
  public void clean() {
    progress.message("clean");
  }

  /** Work of another bean, called from a job. */
  static class Thumbnails {
    private final Progress progress;

    Thumbnails(Progress progress) {
      this.progress = progress;
    }

    @HeadwayJob(type = "thumbnails")
    public void draw() {
      progress.message("drawn");
    }
  }
}
