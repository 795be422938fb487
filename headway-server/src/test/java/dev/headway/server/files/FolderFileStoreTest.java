package dev.headway.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.port.FileStore;
import dev.headway.testkit.contract.FileStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderFileStoreTest implements FileStoreContract {
  @TempDir private Path root = Path.of("");
  private FolderFileStore store;

  @BeforeEach
  void open() throws IOException {
    store = new FolderFileStore(root.resolve("files"));
  }

  @Override
  public FileStore files() {
    return store;
  }

  @Test
  void start_afterAKilledProcess_removesWhatWasHalfWritten() throws Exception {
    var half = root.resolve("files/incoming/file-1.tmp");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "half");

    open();

    assertThat(half).doesNotExist();
    assertThat(store.jobs()).isEmpty();
  }

  @Test
  void jobs_amidOtherFolders_areThoseThatAreNamedSo() throws Exception {
    Files.createDirectories(root.resolve("files/lost+found"));
    Files.createDirectories(root.resolve("files/" + JOB));
    assertThat(store.jobs()).containsExactly(JOB);
  }
}
