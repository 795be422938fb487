package dev.headway.testkit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small dose of fuzzing for every build: all inputs of a corpus, then some thousands made from
 * them, the same ones each time. A class of targets named {@code XFuzzTest} has a static method
 * {@code fuzzerTestOneInput(byte[])}, which {@code ./build --fuzz} gives to Jazzer, and its corpus
 * in {@code src/test/resources/fuzz/XFuzzTest}. An input that once did harm is kept there for good.
 */
public final class Fuzzing {
  private static final int EXECUTIONS = Integer.getInteger("headway.fuzz.executions", 3_000);
  private static final long SEED = 20_261_130;

  private Fuzzing() {}

  /** A parser and what must hold whatever it is given; throws when it does not hold. */
  @FunctionalInterface
  public interface Target {
    /** Takes one input. */
    void accept(byte[] input);
  }

  /**
   * Tries a target.
   *
   * @param test the class whose simple name the corpus has
   * @throws AssertionError naming an input, in Base64, with which something did not hold
   */
  public static void run(Class<?> test, Target target) {
    var corpus = corpus(test);
    corpus.forEach(input -> tryOne(target, input));
    var mutations = new Mutations(new SplittableRandom(SEED), corpus);
    for (var count = 0; count < EXECUTIONS; count++) {
      tryOne(target, mutations.next());
    }
  }

  private static void tryOne(Target target, byte[] input) {
    try {
      target.accept(input);
    } catch (RuntimeException | Error failure) {
      var shown = Base64.getEncoder().encodeToString(input);
      throw new AssertionError("With the input %s (Base64)".formatted(shown), failure);
    }
  }

  private static List<byte[]> corpus(Class<?> test) {
    var name = "/fuzz/" + test.getSimpleName();
    var folder = test.getResource(name);
    if (folder == null) {
      throw new IllegalStateException("There is no corpus: src/test/resources" + name);
    }
    try (var files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(Fuzzing::bytes).toList();
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException("The corpus cannot be read: " + name, unreadable);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
