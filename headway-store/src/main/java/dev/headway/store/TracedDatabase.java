package dev.headway.store;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Another database whose calls are spans of traces. Thread-safe. */
public final class TracedDatabase implements Database {
  /** The traces. Thread-safe. */
  public interface Spans {
    /** Makes a call within a span of that name. */
    <T extends @Nullable Object> T call(String name, Supplier<T> work);
  }

  private static final String READ = "database read";
  private static final String WRITE = "database write";

  private final Database database;
  private final Spans spans;

  /** Traces from now on; closing this closes the other. */
  public TracedDatabase(Database database, Spans spans) {
    this.database = database;
    this.spans = spans;
  }

  @Override
  public void migrate(Schema... schemas) {
    database.migrate(schemas);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return spans.call(READ, () -> database.read(work));
  }

  @Override
  public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
    return spans.call(READ, () -> database.snapshot(work));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return spans.call(WRITE, () -> database.write(work));
  }

  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return spans.call(WRITE, () -> database.writeRelaxed(work));
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
