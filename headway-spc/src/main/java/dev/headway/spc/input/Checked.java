package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import java.util.List;

/** An input that was checked: its value, or everything that is wrong with it. */
public sealed interface Checked<T> {

  /** Nothing is wrong. */
  record Valid<T>(T value) implements Checked<T> {}

  /** Something is wrong; the list is not empty. */
  record Invalid<T>(List<Defect> defects) implements Checked<T> {}
}
