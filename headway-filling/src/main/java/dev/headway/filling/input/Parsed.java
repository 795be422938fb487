package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of reading an input: a value or defects.
 *
 * @param value present if and only if there are no errors
 * @param errors everything that forbids a value, in reading order
 * @param warnings what was read all the same but may not be meant
 */
public record Parsed<T>(@Nullable T value, List<Defect> errors, List<Defect> warnings) {
  public Parsed {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    if ((value == null) == errors.isEmpty()) {
      throw new IllegalArgumentException("There must be either a value or errors.");
    }
  }

  /** Whether there is a value. */
  public boolean valid() {
    return errors.isEmpty();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when there are errors
   */
  public T orThrow() {
    if (value == null) {
      throw new IllegalStateException("Nothing could be read: " + errors);
    }
    return value;
  }
}
