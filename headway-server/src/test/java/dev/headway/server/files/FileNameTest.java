package dev.headway.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "..", "a/b", "a\\b", "a\nb", "a\u0000", "\u202efdp.exe", "a\u2066"})
  void name_thatMisleads_isRefused(String text) {
    assertThatThrownBy(() -> new FileName(text)).hasMessageContaining("one path segment");
  }

  @Test
  void name_atTheLongest_isTakenAndOneLongerRefusedWithItsLength() {
    assertThat(new FileName("a".repeat(240)).encoded()).hasSize(240);
    assertThatThrownBy(() -> new FileName("報".repeat(27)))
        .hasMessageContaining("percent-encoded it has 243 bytes, and at most 240");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"report.pdf", "a b", "報告 é.csv", "100%.txt", "%41", "\"q\"; x=y", "a+b*c~d"})
  void encoded_isDecodedToTheSame(String text) {
    var name = new FileName(text);
    assertThat(name.encoded()).matches("[A-Za-z0-9._~%-]+");
    assertThat(FileName.decode(name.encoded())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "%4", "%", "%zz", "%41", "..", "%2F", "a%ff"})
  void decode_ofWhatNoNameIsEncodedTo_isNone(String text) {
    assertThat(FileName.decode(text)).isEmpty();
  }

  @Test
  void disposition_ofAnyName_isOneHeaderThatSavesIt() {
    assertThat(new FileName("Ü \"x\"; y.htm").disposition())
        .isEqualTo(
            "attachment; filename=\"_ _x__ y.htm\"; filename*=UTF-8''%C3%9C%20%22x%22%3B%20y.htm");
  }
}
