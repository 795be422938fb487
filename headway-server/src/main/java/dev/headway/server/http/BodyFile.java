package dev.headway.server.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;

/**
 * A body on the disk. Its file has no name any more once it is open, so that nothing is left behind
 * when it is closed, and nothing when the process is killed. Written by one thread, then read by
 * any.
 */
public final class BodyFile implements Closeable {
  private final FileChannel channel;
  private long size;

  private BodyFile(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty one in a directory, which is made if need be. */
  public static BodyFile in(Path directory) throws IOException {
    Files.createDirectories(directory);
    var file = Files.createTempFile(directory, "body-", null);
    try {
      return new BodyFile(
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } finally {
      Files.delete(file);
    }
  }

  /** Adds bytes at the end. */
  public void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      size += channel.write(bytes, size);
    }
  }

  /** Bytes so far. */
  public long size() {
    return size;
  }

  /** Its content from the beginning; may be asked for again. */
  public InputStream content() {
    return new Content();
  }

  /**
   * The refusal of something that could not be stored, with the reason where the sender can do
   * something about it.
   *
   * @param what it is, for example {@code body}
   */
  public static HeadwayException notStored(String what, IOException failed) {
    var text = String.valueOf(failed.getMessage());
    var full = text.contains("No space left") || text.contains("quota exceeded");
    return HeadwayException.later(
        ErrorCode.UNAVAILABLE,
        "The %s could not be stored%s; try again later"
            .formatted(what, full ? ": the server's disk is full" : ""),
        Duration.ofSeconds(10));
  }

  /** Lets go of the disk's space. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Content extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      var count = channel.read(ByteBuffer.wrap(target, offset, length), position);
      position += Math.max(0, count);
      return count;
    }
  }
}
