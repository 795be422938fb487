package dev.headway.filling.store;

import dev.headway.core.job.Json;
import java.util.List;

/**
 * The input of a task, not necessarily sound.
 *
 * @param name how its owner calls it
 * @param strategies by name, in the order in which they were asked for
 * @param config the settings, a JSON object
 * @param lots the lots
 */
public record TaskInput(String name, List<String> strategies, Json config, LotsText lots) {
  /** Takes a copy. */
  public TaskInput {
    strategies = List.copyOf(strategies);
  }
}
