package dev.headway.testkit.contract;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Actions at the same moment, each on a virtual thread. */
final class AtOnce {
  private AtOnce() {}

  /** The answers in the order of the things. */
  static <T, R> List<R> all(List<T> things, Function<T, R> action) {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          things.stream().map(thing -> threads.submit(late(start, thing, action))).toList();
      start.countDown();
      return answers.stream().map(AtOnce::answer).toList();
    }
  }

  private static <T, R> Callable<R> late(CountDownLatch start, T thing, Function<T, R> action) {
    return () -> {
      start.await();
      return action.apply(thing);
    };
  }

  private static <R> R answer(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("An action failed", e);
    }
  }
}
