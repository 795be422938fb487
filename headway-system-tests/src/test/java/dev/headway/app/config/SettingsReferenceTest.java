package dev.headway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SettingsReferenceTest {
  @Test
  void markdown_isWhatTheDocumentationShows() throws IOException {
    var page = Files.readString(Path.of("../docs/configuration.md"));
    assertThat(page)
        .as("run ./headway settings > docs/configuration.md")
        .isEqualTo(SettingsReference.markdown());
  }

  @Test
  void markdown_namesEverySettingAndVariable() {
    var page = SettingsReference.markdown();
    assertThat(Settings.TREE.settings())
        .allSatisfy(setting ->
            assertThat(page)
                .contains("| `" + setting.name() + "`<br>`" + setting.variable() + "` |"));
  }
}
