package dev.headway.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
