package dev.headway.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo-terminal (pty(7)) whose one end a command has as its output, so that it draws bars and
 * colours as on the terminal that this process writes to, and whose other end is read here. Bytes
 * pass unchanged, without the line discipline's additions. Only output: the command keeps this
 * process's input, process group and controlling terminal, so keys and signals reach it as ever.
 * Linux with glibc 2.34 or later. Thread-safe.
 */
public final class PseudoTerminal {
  private static final int BUFFER = 64 * 1024;
  private static final int INTERRUPTED = 4; // errno EINTR
  private static final int HUNG_UP = 5; // errno EIO: the other end was closed by everybody
  private static final long GET_SIZE = 0x5413; // ioctl_tty(2) TIOCGWINSZ
  private static final long SET_SIZE = 0x5414; // TIOCSWINSZ
  private static final long SIZE_BYTES = 8; // struct winsize
  private static final long ATTRIBUTE_BYTES = 256; // struct termios has 60 in glibc
  private static final long NAME_BYTES = 128;

  private final int like;
  private final int reading;
  private final int writing;
  private final Path path;
  private final AtomicBoolean handedOver = new AtomicBoolean();

  private PseudoTerminal(int like, int reading, int writing, Path path) {
    this.like = like;
    this.reading = reading;
    this.writing = writing;
    this.path = path;
  }

  /**
   * A pseudo-terminal of the size of the terminal that one of this process's descriptors is.
   *
   * @param descriptor 1 or 2: standard output or error
   * @return null when the descriptor is no terminal, or where there are no pseudo-terminals
   */
  static @Nullable PseudoTerminal like(int descriptor) {
    if (!isTerminal(descriptor)) {
      return null;
    }
    try {
      return open(descriptor);
    } catch (IOException | LinkageError e) {
      return null; // a pipe does, too
    }
  }

  private static boolean isTerminal(int descriptor) {
    try {
      var device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Opens one.
   *
   * @param like the descriptor of a terminal whose size it has
   */
  static PseudoTerminal open(int like) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      var writingEnd = ends.asSlice(ValueLayout.JAVA_INT.byteSize());
      var name = arena.allocate(NAME_BYTES);
      CLibrary.call(
          CLibrary.OPENPTY, ends, writingEnd, name, MemorySegment.NULL, MemorySegment.NULL);
      var writing = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
      var attributes = arena.allocate(ATTRIBUTE_BYTES);
      CLibrary.call(CLibrary.TCGETATTR, writing, attributes);
      CLibrary.makeRaw(attributes);
      CLibrary.call(CLibrary.TCSETATTR, writing, 0, attributes);
      var reading = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
      var opened = new PseudoTerminal(like, reading, writing, Path.of(name.getString(0)));
      opened.followSize();
      return opened;
    }
  }

  /** The device that the command writes to. */
  Path path() {
    return path;
  }

  /** Takes on the size of the terminal that it is like, as after a change of that. */
  void followSize() {
    try (var arena = Arena.ofConfined()) {
      var size = arena.allocate(SIZE_BYTES);
      CLibrary.call(CLibrary.IOCTL, like, GET_SIZE, size);
      CLibrary.call(CLibrary.IOCTL, reading, SET_SIZE, size);
    } catch (IOException e) {
      // The terminal is gone, or has no size.
    }
  }

  /** Closes this process's own writing end: the command has it now, or will never have it. */
  void handOver() {
    if (handedOver.compareAndSet(false, true)) {
      close(writing);
    }
  }

  /**
   * The bytes that are written to it, until all who have it as their output have closed it. Closing
   * the stream makes further writing fail.
   */
  InputStream output() {
    return new Output();
  }

  private static void close(int descriptor) {
    try {
      CLibrary.call(CLibrary.CLOSE, descriptor);
    } catch (IOException e) {
      // It is closed all the same (close(2)).
    }
  }

  private final class Output extends InputStream {
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER);
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      var count = (int) CLibrary.read(reading, buffer, Math.min(length, BUFFER));
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, from, Math.max(0, count));
      return count > 0 ? count : -1;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        PseudoTerminal.close(reading);
      }
    }
  }

  /** The functions of the C library. Loaded when the first pseudo-terminal is opened. */
  private static final class CLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERROR =
        Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPENPTY =
        function(
            "openpty", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, POINTER));
    private static final MethodHandle TCGETATTR =
        function("tcgetattr", FunctionDescriptor.of(INT, INT, POINTER));
    private static final MethodHandle TCSETATTR =
        function("tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
    private static final MethodHandle CFMAKERAW =
        function("cfmakeraw", FunctionDescriptor.ofVoid(POINTER));
    private static final MethodHandle IOCTL =
        function(
            "ioctl",
            FunctionDescriptor.of(INT, INT, LONG, POINTER),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ =
        function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG), ERRNO);

    private CLibrary() {}

    @SuppressWarnings("restricted") // the launcher enables native access
    private static MethodHandle function(
        String name, FunctionDescriptor type, Linker.Option... options) {
      var address =
          LINKER
              .defaultLookup()
              .find(name)
              .orElseThrow(() -> new UnsupportedOperationException("no " + name + " here"));
      return LINKER.downcallHandle(address, type, options);
    }

    /** Calls a function that returns something else than 0 when it fails. */
    static void call(MethodHandle function, Object... arguments) throws IOException {
      if (!Integer.valueOf(0).equals(invoked(function, arguments))) {
        throw new IOException("a pseudo-terminal could not be used");
      }
    }

    static void makeRaw(MemorySegment attributes) throws IOException {
      var _ = invoked(CFMAKERAW, attributes);
    }

    private static @Nullable Object invoked(MethodHandle function, Object... arguments)
        throws IOException {
      try {
        return function.invokeWithArguments(arguments);
      } catch (RuntimeException | Error fault) {
        throw fault;
      } catch (Throwable impossible) {
        throw new IOException(impossible); // no function of C throws
      }
    }

    /** Reads what is there; waits while nothing is. Returns 0 or less at the end. */
    static long read(int descriptor, MemorySegment buffer, long length) throws IOException {
      try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(Linker.Option.captureStateLayout());
        while (true) {
          var count = (long) READ.invokeExact(state, descriptor, buffer, length);
          var error = count < 0 ? (int) ERROR.get(state, 0L) : 0;
          if (error != INTERRUPTED) {
            if (error != 0 && error != HUNG_UP) {
              throw new IOException("a pseudo-terminal could not be read: errno " + error);
            }
            return count;
          }
        }
      } catch (IOException | RuntimeException | Error fault) {
        throw fault;
      } catch (Throwable impossible) {
        throw new IOException(impossible);
      }
    }
  }
}
