package dev.headway.store;

import dev.headway.core.error.HeadwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an SQLite file. Transactions that wait while another one is being committed are
 * committed together, each within a savepoint of its own: one flush to the disk serves them all,
 * and one that fails takes no other along. Safe for use by any thread.
 */
final class SqliteWriter implements AutoCloseable {
  private static final int GROUP = 256;

  private final JdbcThreads thread = new JdbcThreads("sqlite-writer", 1);
  private final LinkedBlockingQueue<Transaction<?>> queue = new LinkedBlockingQueue<>();
  private final Jdbi jdbi;
  private boolean relaxed;

  /** Writes through {@code jdbi}, which starts out with {@code synchronous=FULL}. */
  SqliteWriter(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  <T extends @Nullable Object> T write(Function<Handle, T> work, boolean relaxed) {
    var transaction = new Transaction<>(work, relaxed);
    JdbcThreads.requireOutside();
    queue.add(transaction);
    try {
      thread.execute(this::commitQueued);
    } catch (HeadwayException closed) {
      queue.remove(transaction);
      throw closed;
    }
    return JdbcThreads.await(transaction.answer);
  }

  private void commitQueued() {
    var group = new ArrayList<Transaction<?>>();
    queue.drainTo(group, GROUP);
    if (group.isEmpty()) {
      return;
    }
    try {
      jdbi.useHandle(handle -> commit(handle, group));
      group.forEach(Transaction::committed);
    } catch (Throwable failure) {
      if (Failures.isLock(failure)) {
        queue.drainTo(group); // they would only wait for the same lock again
      }
      group.forEach(transaction -> transaction.undone(failure));
    }
  }

  private void commit(Handle handle, List<Transaction<?>> group) {
    flushEachCommit(handle, !group.stream().allMatch(transaction -> transaction.relaxed));
    handle.useTransaction(inside -> group.forEach(transaction -> transaction.run(inside)));
  }

  /* https://www.sqlite.org/pragma.html#pragma_synchronous: with a WAL, NORMAL does not flush. */
  private void flushEachCommit(Handle handle, boolean flush) {
    if (relaxed == flush) {
      handle.execute("PRAGMA synchronous = " + (flush ? "FULL" : "NORMAL"));
      relaxed = !flush;
    }
  }

  /** Its transactions that wait are those that are not yet in a group. */
  Database.Load load() {
    var present = thread.load();
    return new Database.Load(1, present.busy(), queue.size());
  }

  @Override
  public void close() {
    thread.close();
  }

  private static final class Transaction<T extends @Nullable Object> {
    private static final String SAVEPOINT = "one";

    private final Function<Handle, T> work;
    private final boolean relaxed;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable acknowledgement;

    Transaction(Function<Handle, T> work, boolean relaxed) {
      this.work = work;
      this.relaxed = relaxed;
    }

    void run(Handle handle) {
      handle.savepoint(SAVEPOINT);
      try {
        var result = work.apply(handle);
        handle.releaseSavepoint(SAVEPOINT);
        acknowledgement = () -> answer.complete(result);
      } catch (Throwable failure) {
        answer.completeExceptionally(failure);
        handle.rollbackToSavepoint(SAVEPOINT);
      }
    }

    void committed() {
      if (acknowledgement != null) {
        acknowledgement.run();
      }
    }

    void undone(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
