package dev.headway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.port.FileStore;
import dev.headway.core.port.FileStore.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a {@link FileStore} must do. Implement it and hand out an empty store. */
public interface FileStoreContract {
  /** A job. */
  UUID JOB = new UUID(1, 1);

  /** Another job. */
  UUID OTHER = new UUID(1, 2);

  /** The store, empty at the begin of each test. */
  FileStore files();

  private StoredFile put(UUID job, String name, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    files().put(job, name, new ByteArrayInputStream(bytes), bytes.length);
    return files().find(job, name).orElseThrow();
  }

  private String read(UUID job, StoredFile file, long from) throws IOException {
    try (var content = files().read(job, file, from)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.pdf",
        "two words.csv",
        "Übersicht 報告 🏭.txt",
        "100%41 + a=b&c;d.txt",
        ".hidden",
        "~'\"()*!$@,:[]<>|?#^`{}",
        "%2E%2E"
      })
  default void put_aName_isFoundListedAndReadUnderIt(String name) throws Exception {
    var stored = put(JOB, name, "the content");

    assertThat(stored.name()).isEqualTo(name);
    assertThat(stored.bytes()).isEqualTo(11);
    assertThat(files().list(JOB)).containsExactly(stored);
    assertThat(read(JOB, stored, 0)).isEqualTo("the content");
    assertThat(stored.version()).matches("[!#-~]+");
  }

  @Test
  default void put_theSameName_replacesTheFileAndItsVersion() throws Exception {
    var first = put(JOB, "a", "first");
    var second = put(JOB, "a", "second one");

    assertThat(files().list(JOB)).containsExactly(second);
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(read(JOB, second, 0)).isEqualTo("second one");
    assertThatThrownBy(() -> read(JOB, first, 0)).isInstanceOf(IOException.class);
  }

  @Test
  default void put_aContentThatBreaksOff_changesNothing() throws Exception {
    var kept = put(JOB, "a", "kept");
    var broken =
        new FilterInputStream(new ByteArrayInputStream(new byte[100_000])) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            var count = super.read(target, offset, length);
            if (count < 0) {
              throw new IOException("broken off");
            }
            return count;
          }
        };
    assertThatThrownBy(() -> files().put(JOB, "a", broken, 200_000))
        .isInstanceOf(IOException.class);
    for (var said : new int[] {9, 11}) {
      var ten = new ByteArrayInputStream(new byte[10]);
      assertThatThrownBy(() -> files().put(JOB, "b", ten, said)).isInstanceOf(IOException.class);
    }

    assertThat(files().list(JOB)).containsExactly(kept);
    assertThat(read(JOB, kept, 0)).isEqualTo("kept");
  }

  @Test
  default void put_nothing_isAnEmptyFile() throws Exception {
    var empty = put(JOB, "empty", "");
    assertThat(empty.bytes()).isZero();
    assertThat(read(JOB, empty, 0)).isEmpty();
  }

  @Test
  default void read_fromAByteOn_isTheRest() throws Exception {
    var file = put(JOB, "a", "0123456789");
    assertThat(read(JOB, file, 7)).isEqualTo("789");
    assertThat(read(JOB, file, 9)).isEqualTo("9");
  }

  @Test
  default void list_ofSeveralJobs_isByNameAndOfTheJobAlone() throws Exception {
    put(JOB, "b", "1");
    put(OTHER, "c", "2");
    put(JOB, "a", "3");

    assertThat(files().list(JOB)).extracting(StoredFile::name).containsExactly("a", "b");
    assertThat(files().list(new UUID(1, 3))).isEmpty();
    assertThat(files().find(OTHER, "a")).isEmpty();
    assertThat(files().jobs()).containsExactlyInAnyOrder(JOB, OTHER);
  }

  @Test
  default void delete_aFile_removesItAlone() throws Exception {
    put(JOB, "a", "1");
    put(JOB, "b", "2");

    assertThat(files().delete(JOB, "a")).isTrue();
    assertThat(files().delete(JOB, "a")).isFalse();
    assertThat(files().list(JOB)).extracting(StoredFile::name).containsExactly("b");
    assertThat(files().delete(JOB, "b")).isTrue();
    assertThat(files().jobs()).isEmpty();
  }

  @Test
  default void deleteAll_ofAJob_leavesThoseOfOthers() throws Exception {
    put(JOB, "a", "1");
    put(JOB, "b", "2");
    put(OTHER, "a", "3");

    files().deleteAll(JOB);
    files().deleteAll(JOB);

    assertThat(files().list(JOB)).isEmpty();
    assertThat(files().jobs()).containsExactly(OTHER);
  }
}
