package dev.headway.cli.run;

import dev.headway.client.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A pipe that counts the lines passing through it. Not thread-safe. */
public final class LinePipe {
  private static final int BLOCK = 8_192;
  private static final int LONGEST_MESSAGE = 200;

  private final InputStream in;
  private final PrintStream out;
  private final boolean quiet;
  private long lines;
  private boolean unfinished;

  /**
   * @param quiet whether nothing is written to {@code out}
   */
  public LinePipe(InputStream in, PrintStream out, boolean quiet) {
    this.in = in;
    this.out = out;
    this.quiet = quiet;
  }

  /**
   * Passes everything on, byte by byte as it comes, and reports each line and the newest one's
   * text.
   *
   * @return the number of lines; one without a line feed at the end counts
   * @throws IOException when reading fails, or nobody reads the output any more
   */
  public long through(Progress progress) throws IOException {
    var block = new byte[BLOCK];
    for (var read = in.read(block); read >= 0; read = in.read(block)) {
      pass(block, read);
      report(block, read, progress);
    }
    if (unfinished) {
      lines++;
      progress.advance();
    }
    return lines;
  }

  private void pass(byte[] block, int length) throws IOException {
    if (quiet) {
      return;
    }
    out.write(block, 0, length);
    if (out.checkError()) {
      throw new IOException("The command after the pipe has ended");
    }
  }

  private void report(byte[] block, int length, Progress progress) {
    var found = 0;
    var begin = 0; // of the newest whole line in this block
    var end = -1;
    for (var at = 0; at < length; at++) {
      if (block[at] == '\n') {
        begin = end + 1;
        end = at;
        found++;
      }
    }
    unfinished = length > 0 ? block[length - 1] != '\n' : unfinished;
    if (found > 0) {
      lines += found;
      progress.advance(found);
      var shown = Math.min(end - begin, LONGEST_MESSAGE);
      progress.message(new String(block, begin, shown, StandardCharsets.UTF_8).strip());
    }
  }
}
