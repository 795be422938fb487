package dev.headway.bench.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resources that processes have used, as the operating system counts it (proc(5)).
 *
 * @param userSeconds CPU time in the programs themselves
 * @param systemSeconds CPU time in the kernel on their behalf
 * @param residentBytes memory that they hold
 */
public record Usage(double userSeconds, double systemSeconds, long residentBytes) {
  private static final double TICKS_PER_SECOND = 100; // fixed for user space on Linux
  private static final int USER = 11; // of the fields that follow the command's name
  private static final int SYSTEM = 12;
  private static final int PAGES = 21;
  private static final long PAGE = 4_096;

  /** None. */
  static final Usage NONE = new Usage(0, 0, 0);

  /** Of a process with its children. */
  static Usage of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> ofOne(each.pid()))
        .reduce(NONE, Usage::plus);
  }

  /** Of this process. */
  public static Usage ofThisProcess() {
    return ofOne(ProcessHandle.current().pid());
  }

  private static Usage ofOne(long pid) {
    try {
      var text =
          Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.UTF_8);
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return new Usage(
          Long.parseLong(fields[USER]) / TICKS_PER_SECOND,
          Long.parseLong(fields[SYSTEM]) / TICKS_PER_SECOND,
          Long.parseLong(fields[PAGES]) * PAGE);
    } catch (IOException _) {
      return NONE; // it has ended
    }
  }

  /** This and another together. */
  Usage plus(Usage other) {
    return new Usage(
        userSeconds + other.userSeconds,
        systemSeconds + other.systemSeconds,
        residentBytes + other.residentBytes);
  }

  /** The usage since an earlier moment; the memory is the growth. */
  public Usage since(Usage earlier) {
    return new Usage(
        userSeconds - earlier.userSeconds,
        systemSeconds - earlier.systemSeconds,
        residentBytes - earlier.residentBytes);
  }

  /** CPU time in all. */
  public double cpuSeconds() {
    return userSeconds + systemSeconds;
  }

  /** Memory in MiB. */
  public double residentMiB() {
    return residentBytes / 1024.0 / 1024.0;
  }
}
