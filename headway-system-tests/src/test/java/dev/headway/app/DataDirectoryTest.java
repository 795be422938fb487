package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.store.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path folder = Path.of("");
  private final Random random = new Random(7);

  @Test
  void open_again_hasTheSameName() {
    var path = folder.resolve("a/b");
    var first = name(path);
    assertThat(first).matches("node-[0-9a-f]{8}");
    assertThat(name(path)).isEqualTo(first);
    assertThat(name(folder.resolve("other"))).isNotEqualTo(first);
  }

  private String name(Path path) {
    try (var directory = DataDirectory.open(path, random)) {
      return directory.node();
    }
  }

  @Test
  void open_new_isItsOwnersAlone() throws IOException {
    var path = folder.resolve("data");
    DataDirectory.open(path, random).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void open_inUse_isRefusedUntilItIsFree() {
    try (var holder = DataDirectory.open(folder, random)) {
      assertThat(holder.node()).isNotEmpty();
      assertThatThrownBy(() -> DataDirectory.open(folder, random))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(
              "in use by another Headway server (process %d)"
                  .formatted(ProcessHandle.current().pid()));
    }
    assertThat(name(folder)).isNotEmpty();
  }

  @Test
  void open_file_isRefused() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file, random))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "The data directory %s cannot be used: %s is a file. Name another with --data"
                .formatted(file, file));
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("below"), random))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot be used");
  }
}
