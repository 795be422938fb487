package dev.headway.store.job;

import dev.headway.core.file.OwnerOnly;
import dev.headway.core.job.Job;
import dev.headway.core.port.LedgerRecord;
import dev.headway.core.port.ProgressLedger;
import dev.headway.store.StartupException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a memory-mapped file of fixed slots. What is written is the operating system's at
 * once, so it survives the end of the process, however it comes, without a call of the kernel; it
 * does not survive a power failure. Safe for use by any thread.
 *
 * <p>A slot has two halves that are written in turn, so that a process killed while it writes
 * leaves the report before. A half is: sequence (8 bytes, 0 for empty), CRC-32C of all that follows
 * (8), length of the record (8), record.
 */
public final class MappedLedger implements ProgressLedger, AutoCloseable {
  private static final int HALF = 2_048;
  private static final int SLOT = 2 * HALF;
  private static final int HEAD = 24;
  private static final int SLOTS = 4_096;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final Arena arena = Arena.ofShared();
  private final Path path;
  private final MemorySegment file;
  private final Map<UUID, Integer> taken = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final BitSet reserved = new BitSet(SLOTS);
  private final Space space;
  private final List<Entry> left = new ArrayList<>();
  private long sequence;

  /** Space on the disk. */
  interface Space {
    /**
     * Fills a slot with zeros.
     *
     * @throws IOException when the disk is full
     */
    void reserve(long at) throws IOException;
  }

  private MappedLedger(Path path, FileChannel channel, Space space) throws IOException {
    this.path = path;
    this.space = space;
    var fresh = channel.size() == 0; // then not a page of it need be touched
    file = channel.map(MapMode.READ_WRITE, 0, (long) SLOTS * SLOT, arena);
    for (var slot = 0; slot < SLOTS; slot++) {
      var entry = fresh ? null : newest(slot);
      if (entry == null) {
        free.add(slot);
      } else {
        left.add(entry);
        taken.put(entry.job(), slot);
        reserved.set(slot);
      }
    }
  }

  /**
   * Opens a ledger, making its file if there is none; the file is sparse.
   *
   * @throws StartupException when the file cannot be used
   */
  public static MappedLedger open(Path file) {
    return open(file, at -> zeros(file, at));
  }

  static MappedLedger open(Path file, Space space) {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, OwnerOnly.file(file))) {
      return new MappedLedger(file, channel, space);
    } catch (IOException failed) {
      throw new StartupException(
          "The file %s cannot be read and written; check its rights".formatted(file), failed);
    }
  }

  private static void zeros(Path file, long at) throws IOException {
    try (var slot = new RandomAccessFile(file.toFile(), "rw")) {
      slot.seek(at);
      slot.write(new byte[SLOT]);
    }
  }

  @Override
  public List<Entry> left() {
    return List.copyOf(left);
  }

  @Override
  public synchronized void write(Job job) {
    var record = LedgerRecord.of(job);
    if (record.length > HALF - HEAD) {
      erase(job.id());
      return;
    }
    var slot = slotOf(job.id());
    if (slot == null) {
      return; // no slot or no space is left: those that fit are safe
    }
    put(at(slot) + (sequenceOf(at(slot)) > sequenceOf(at(slot) + HALF) ? HALF : 0), record);
  }

  private @Nullable Integer slotOf(UUID job) {
    var present = taken.get(job);
    var next = free.peek();
    if (present != null || next == null || !reserve(next)) {
      return present;
    }
    taken.put(job, free.remove());
    return next;
  }

  /*
   * The first write to a page of a sparse file fails where the disk is full. In mapped memory that is a fault of the
   * process, so the page is written as a file before.
   */
  private boolean reserve(int slot) {
    if (!reserved.get(slot)) {
      try {
        space.reserve(at(slot));
      } catch (IOException full) {
        return false;
      }
      reserved.set(slot);
    }
    return true;
  }

  private void put(long half, byte[] record) {
    file.set(LONG, half, 0);
    MemorySegment.copy(record, 0, file, ValueLayout.JAVA_BYTE, half + HEAD, record.length);
    file.set(LONG, half + 16, record.length);
    file.set(LONG, half + 8, checksum(half, record.length));
    sequence++;
    file.set(LONG, half, sequence);
  }

  @Override
  public synchronized void erase(UUID job) {
    var slot = taken.remove(job);
    if (slot != null) {
      file.set(LONG, at(slot), 0);
      file.set(LONG, at(slot) + HALF, 0);
      free.push(slot);
    }
  }

  private static long at(int slot) {
    return (long) slot * SLOT;
  }

  private long sequenceOf(long half) {
    return file.get(LONG, half);
  }

  private long checksum(long half, long length) {
    var sum = new CRC32C();
    sum.update(file.asSlice(half + 16, 8 + length).asByteBuffer());
    return sum.getValue();
  }

  private @Nullable Entry newest(int slot) {
    var first = at(slot);
    var second = first + HALF;
    var newer = sequenceOf(first) > sequenceOf(second) ? first : second;
    var entry = entry(newer);
    return entry == null ? entry(newer == first ? second : first) : entry;
  }

  private @Nullable Entry entry(long half) {
    var number = sequenceOf(half);
    var length = file.get(LONG, half + 16);
    if (number <= 0 || length <= 0 || length > HALF - HEAD) {
      return null;
    }
    sequence = Math.max(sequence, number);
    return checksum(half, length) == file.get(LONG, half + 8)
        ? LedgerRecord.read(file.asSlice(half + HEAD, length).toArray(ValueLayout.JAVA_BYTE))
        : null;
  }

  /** Unmaps the file, and deletes it unless it holds a report that could not be stored. */
  @Override
  public synchronized void close() throws IOException {
    arena.close();
    if (taken.isEmpty()) {
      Files.deleteIfExists(path);
    }
  }
}
