package dev.headway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.testkit.QuickHasher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client on Java 17, in a process of its own, against a real server on this Java. */
final class Java17Test {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final List<String> NEEDED =
      List.of("headway-client/target/classes", "jackson", "slf4j-api", "jspecify");

  @TempDir Path data;

  @Test
  void program_onJava17_watchesWorksAndTracks() throws Exception {
    try (var server =
        HeadwayServer.builder(ServerConfig.loopback(0, data))
            .passwords(new QuickHasher())
            .start()) {
      assertThat(run(server.url()).lines())
          .contains("watched completed", "tracked COMPLETED", "java 17");
    }
  }

  private static String run(String url) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                java17().resolve("bin/java").toString(),
                "-cp",
                classPath(),
                "src/test/resources/java17/OnJava17.java",
                url)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String classPath() {
    var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> NEEDED.stream().anyMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path java17() throws IOException {
    try (var found = Files.list(INSTALLED)) {
      return found
          .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
          .filter(Java17Test::is17)
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException("No JDK 17 in " + INSTALLED + "; ./build installs one"));
    }
  }

  private static boolean is17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException e) {
      return false;
    }
  }
}
