package dev.headway.cli.run;

import org.jspecify.annotations.Nullable;

/**
 * The pseudo-terminals that a command writes to, where this process writes to a terminal.
 *
 * @param out for standard output; null for a pipe
 * @param err for standard error; null for a pipe
 */
public record Terminals(@Nullable PseudoTerminal out, @Nullable PseudoTerminal err) {
  /** Pipes for both. */
  public static final Terminals NONE = new Terminals(null, null);

  /** One for each of this process's streams that is a terminal. */
  public static Terminals ofProcess() {
    return new Terminals(PseudoTerminal.like(1), PseudoTerminal.like(2));
  }

  /** Takes on the terminal's size, after a change of it. */
  public void followSize() {
    if (out != null) {
      out.followSize();
    }
    if (err != null) {
      err.followSize();
    }
  }
}
