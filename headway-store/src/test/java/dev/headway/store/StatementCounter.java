package dev.headway.store;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Another database whose statements are counted, one by one. Thread-safe. */
public final class StatementCounter implements Database {
  private final Database database;
  private final LongAdder statements = new LongAdder();

  public StatementCounter(Database database) {
    this.database = database;
  }

  /** The number of statements so far. */
  public long statements() {
    return statements.sum();
  }

  private <T extends @Nullable Object> Function<Handle, T> counted(Function<Handle, T> work) {
    return handle -> {
      handle.setSqlLogger(
          new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
              statements.increment();
            }
          });
      return work.apply(handle);
    };
  }

  @Override
  public void migrate(Schema... schemas) {
    database.migrate(schemas);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return database.read(counted(work));
  }

  @Override
  public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
    return database.snapshot(counted(work));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return database.write(counted(work));
  }

  @Override
  public <T extends @Nullable Object> T writeRelaxed(Function<Handle, T> work) {
    return database.writeRelaxed(counted(work));
  }

  @Override
  public void lock(Handle handle, String name) {
    database.lock(handle, name);
  }

  @Override
  public Load load() {
    return database.load();
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
