package dev.headway.bench.contender;

import dev.headway.bench.contender.ServerProcess.Launch;
import dev.headway.bench.load.LoadException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Redis or Valkey server that keeps nothing: the bus between servers. Used by one thread. */
public final class Redis implements AutoCloseable {
  private final Launch launch;
  private final int port;
  private ServerProcess process;

  private Redis(String program, Path folder) {
    port = ServerProcess.freePort();
    launch =
        Launch.of(
            folder,
            List.of(program, "--port", Integer.toString(port), "--save", "", "--appendonly", "no"));
    process = ServerProcess.start(launch, ServerProcess.listening(port));
  }

  /** Whether one is installed. */
  public static boolean installed() {
    return program().isPresent();
  }

  /**
   * Starts one.
   *
   * @throws LoadException when none is installed
   */
  public static Redis start(Path folder) {
    var program =
        program()
            .orElseThrow(() -> new LoadException("Install redis-server or valkey-server first"));
    return new Redis(program.toString(), folder);
  }

  private static Optional<Path> program() {
    var folders = String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1);
    return Stream.of("redis-server", "valkey-server")
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its address. */
  public String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  /** Kills it. */
  public void kill() {
    process.close();
  }

  /** Starts it again where it was, after it was killed. */
  public void startAgain() {
    process = ServerProcess.start(launch, ServerProcess.listening(port));
  }

  @Override
  public void close() {
    process.close();
  }
}
