package dev.headway.server.webhook;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.file.OwnerOnly;
import dev.headway.core.id.IdSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The secret that announcements are signed with, kept in the data directory for its owner alone.
 */
public final class WebhookSecret {
  private WebhookSecret() {}

  /**
   * Reads the secret, making it first if there is none.
   *
   * @throws HeadwayException UNAVAILABLE when the file cannot be read or made
   */
  public static String loadOrCreate(Path directory, IdSource ids) {
    var file = directory.resolve("webhook.secret");
    try {
      Files.createDirectories(directory);
      create(file, ids.secret());
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new HeadwayException(
          ErrorCode.UNAVAILABLE,
          "The secret of webhooks (%s) cannot be read".formatted(file),
          failure);
    }
  }

  private static void create(Path file, String secret) throws IOException {
    try {
      Files.createFile(file, OwnerOnly.file(file));
      Files.writeString(file, secret);
    } catch (FileAlreadyExistsException _) {
      // Made at an earlier start.
    }
  }
}
