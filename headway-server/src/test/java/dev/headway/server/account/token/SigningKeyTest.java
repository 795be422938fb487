package dev.headway.server.account.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningKeyTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("new/signing.key");
  }

  @Test
  void loadOrCreate_noFile_makesOneForItsOwnerOnly() throws IOException {
    var key = load(1);
    assertThat(key.secret().getEncoded()).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory.resolve("new"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void loadOrCreate_secondStart_readsTheSameKey() {
    assertThat(load(2).secret()).isEqualTo(load(1).secret()).isNotEqualTo(null);
  }

  @Test
  void loadOrCreate_manyAtOnce_allHaveOneKey() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 16).<Callable<SigningKey>>mapToObj(seed -> () -> load(seed)).toList();
      var keys = threads.invokeAll(starts);
      var first = keys.getFirst().get().secret();
      for (var key : keys) {
        assertThat(key.get().secret()).isEqualTo(first);
      }
    }
  }

  @Test
  void loadOrCreate_readableByOthers_isRefusedWithTheRemedy() throws IOException {
    load(1);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused("is open to others (rw-r-----). Run: chmod 600 " + file);
  }

  @Test
  void loadOrCreate_tooShort_isRefusedWithTheRemedy() throws IOException {
    write(Base64.getEncoder().encodeToString(new byte[31]));
    assertRefused("has 248 bits; at least 256 are needed");
  }

  @Test
  void loadOrCreate_notBase64_isRefusedWithoutShowingIt() throws IOException {
    write("my secret words!");
    assertRefused("is not base64");
    assertThatExceptionOfType(HeadwayException.class)
        .isThrownBy(() -> load(1))
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret words"));
  }

  @Test
  void loadOrCreate_fromOpenssl_isAccepted() throws IOException {
    write("+/+/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaG/8=\n");
    assertThat(load(1).secret().getEncoded()).hasSize(32);
  }

  @Test
  void toString_always_hidesTheKey() {
    assertThat(load(1)).hasToString("SigningKey[256 bits]");
  }

  private SigningKey load(int seed) {
    return SigningKey.loadOrCreate(file, new SplittableRandom(seed));
  }

  private void write(String text) throws IOException {
    load(1);
    Files.writeString(file, text);
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(HeadwayException.class)
        .isThrownBy(() -> load(1))
        .withMessageContaining(message);
  }
}
