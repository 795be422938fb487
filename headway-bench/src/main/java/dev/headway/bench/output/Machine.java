package dev.headway.bench.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured, without which no number means anything.
 *
 * @param processor the model
 * @param processors how many
 * @param memoryMib of main memory
 * @param system the operating system
 * @param java the Java virtual machine
 * @param load what else was running: the average of the last minute
 */
public record Machine(
    String processor, int processors, long memoryMib, String system, String java, double load) {
  /** This one, now. */
  public static Machine here() {
    return new Machine(
        value("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kib(value("/proc/meminfo", "MemTotal")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Double.parseDouble(read("/proc/loadavg").split(" ", -1)[0]));
  }

  /** In one line. */
  public String text() {
    return "%s, %d processors, %,d MiB; %s; %s; load %.1f"
        .formatted(processor, processors, memoryMib, system, java, load);
  }

  private static long kib(String text) {
    return Long.parseLong(text.split(" ", -1)[0]);
  }

  private static String value(String file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException _) {
      return "0";
    }
  }
}
