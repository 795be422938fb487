package dev.headway.core.engine;

import dev.headway.core.port.JobStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one node to a store that others use, too: something happens before and after each,
 * answers to writes are lost, and writes are committed after their callers gave up.
 *
 * @param store the store of all
 * @param before happens before each call, and may fail it
 * @param after happens after each call; says whether the answer to a write is lost
 * @param late takes writes along
 */
record FaultyCalls(JobStore store, Runnable before, BooleanSupplier after, Late late)
    implements InvocationHandler {
  private static final Set<String> WRITES = Set.of("update", "claim", "storeProgress", "appendLog");

  /** Writes that are on their way although their callers have given up. */
  abstract static class Late {
    private final List<Runnable> writes = new ArrayList<>();

    /** Whether it takes the next write. */
    abstract boolean takes();

    /** Commits them. */
    void arrive() {
      List.copyOf(writes).forEach(Runnable::run);
      writes.clear();
    }
  }

  /** The store as one node sees it. */
  static JobStore of(JobStore store, Runnable before, BooleanSupplier after, Late late) {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            new FaultyCalls(store, before, after, late));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) {
    if (method.getName().equals("durations")) {
      return call(method, arguments); // a hint: who cannot read it goes on without
    }
    before.run();
    var writes = WRITES.contains(method.getName());
    if (writes && late.takes()) {
      late.writes.add(() -> call(method, arguments));
      throw new IllegalStateException("No answer from the database");
    }
    var answer = call(method, arguments);
    if (after.getAsBoolean() && writes) {
      throw new IllegalStateException("The connection broke after the commit");
    }
    return answer;
  }

  private @Nullable Object call(Method method, @Nullable Object[] arguments) {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
