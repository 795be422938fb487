package dev.headway.store;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Another database whose calls are counted, for the server's metrics. Thread-safe. */
public final class CountedDatabase implements Database {
  private final Database database;
  private final LongAdder reads = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /** Counts from now on; closing this closes the other. */
  public CountedDatabase(Database database) {
    this.database = database;
  }

  /** How often it was read. */
  public long reads() {
    return reads.sum();
  }

  /** How many transactions wrote. */
  public long writes() {
    return writes.sum();
  }

  @Override
  public void migrate(Schema... schemas) {
    database.migrate(schemas);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    reads.increment();
    return database.read(work);
  }

  @Override
  public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
    reads.increment();
    return database.snapshot(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    writes.increment();
    return database.write(work);
  }

  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    writes.increment();
    return database.writeRelaxed(work);
  }

  @Override
  public Load load() {
    return database.load();
  }

  @Override
  public void lock(Handle handle, String name) {
    database.lock(handle, name);
  }

  @Override
  public boolean damaged() {
    return database.damaged();
  }

  @Override
  public void close() {
    database.close();
  }
}
