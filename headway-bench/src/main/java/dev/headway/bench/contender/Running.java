package dev.headway.bench.contender;

import dev.headway.bench.load.Flow;
import java.util.List;

/** A server under test that runs. */
public interface Running extends AutoCloseable {
  /** Its name in tables. */
  String name();

  /** Its process. */
  ServerProcess process();

  /**
   * Topics that can be published to and watched, the same ones whenever asked.
   *
   * @param count how many
   */
  List<Flow> flows(int count);

  /** Lets it give back memory that it does not need, if it can be asked to. */
  default void collectGarbage() {}

  /** Ends it. */
  @Override
  void close();
}
