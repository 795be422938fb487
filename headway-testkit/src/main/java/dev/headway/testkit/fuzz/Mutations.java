package dev.headway.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Inputs made from those of a corpus by one to eight small changes. The same seed makes the same
 * inputs. Used by one thread.
 */
final class Mutations {
  private static final int MOST_CHANGES = 8;
  private static final int MOST_BYTES = 4_096;
  private static final byte[] TELLING = {
    0, 1, 9, 10, 13, 32, 34, 44, 45, 46, 48, 59, 61, 91, 92, 93, 123, 125, 127, -128, -1, -62, -19
  };

  private final RandomGenerator random;
  private final List<byte[]> corpus;

  Mutations(RandomGenerator random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  byte[] next() {
    var input = any().clone();
    var changes = random.nextInt(1, MOST_CHANGES + 1);
    for (var change = 0; change < changes; change++) {
      input = changed(input);
    }
    return input.length <= MOST_BYTES ? input : part(input, 0, MOST_BYTES);
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return any().clone();
    }
    var from = random.nextInt(input.length);
    var to = random.nextInt(from, Math.min(input.length, from + 16)) + 1;
    return switch (random.nextInt(7)) {
      case 0 -> with(input, from, (byte) (input[from] ^ 1 << random.nextInt(8)));
      case 1 -> with(input, from, TELLING[random.nextInt(TELLING.length)]);
      case 2 -> with(input, from, (byte) random.nextInt());
      case 3 -> joined(part(input, 0, from), part(input, to, input.length)); // a piece is left out
      case 4 -> joined(part(input, 0, to), part(input, from, input.length)); // a piece comes twice
      case 5 -> joined(part(input, 0, from), spliced(any()), part(input, from, input.length));
      default -> part(input, 0, from);
    };
  }

  private byte[] spliced(byte[] other) {
    if (other.length == 0) {
      return other;
    }
    var from = random.nextInt(other.length);
    return part(other, from, random.nextInt(from, Math.min(other.length, from + 64)) + 1);
  }

  private static byte[] with(byte[] input, int at, byte value) {
    var other = input.clone();
    other[at] = value;
    return other;
  }

  private static byte[] part(byte[] input, int from, int to) {
    return Arrays.copyOfRange(input, from, to);
  }

  private static byte[] joined(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    for (var part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
