package dev.headway.solver;

import com.google.ortools.Loader;

/** The native library of OR-Tools. */
public final class OrTools {
  private OrTools() {}

  /**
   * Loads the library, which takes about a second the first time. Call it in a solver process only.
   *
   * @throws SolverUnavailableException when there is none for this platform
   */
  public static void load() {
    try {
      Loader.loadNativeLibraries();
    } catch (RuntimeException | UnsatisfiedLinkError missing) {
      throw new SolverUnavailableException(
          "The exact solver has no native library for %s %s; choose another strategy."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          missing);
    }
  }
}
