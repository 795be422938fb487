package dev.headway.bench.contender;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server that can be put under load: Headway or one of its peers. */
public interface Contender {
  /** Its name in tables. */
  String name();

  /** The programs to install before it can run here; empty when nothing is missing. */
  Optional<String> missing();

  /**
   * Starts it.
   *
   * @param folder an empty folder for its files
   * @param settings Headway's settings for this start alone; a peer has none
   * @throws dev.headway.bench.load.LoadException when it does not start
   */
  Running start(Path folder, Map<String, String> settings);
}
