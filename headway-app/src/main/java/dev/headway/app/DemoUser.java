package dev.headway.app;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import dev.headway.store.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The user that the demo signs in.
 *
 * @param passwordFile where the password is, for its owner alone; made once
 * @param tokenFile where the present token is, for its owner alone
 */
record DemoUser(Path passwordFile, Path tokenFile) {
  static final String EMAIL = "demo@headway.local";

  private static final int UNAUTHORIZED = 401;
  private static final int PASSWORD_BYTES = 18;

  /**
   * Signs the demo user in, who is registered first if need be.
   *
   * @param folder where the files are
   */
  static DemoUser signIn(HeadwayClient client, Path folder) throws IOException {
    var user = new DemoUser(folder.resolve("password"), folder.resolve("token"));
    if (Files.notExists(user.passwordFile)) {
      write(user.passwordFile, newPassword());
    }
    var password = Files.readString(user.passwordFile).strip();
    write(user.tokenFile, token(client, password, folder));
    return user;
  }

  private static String token(HeadwayClient client, String password, Path folder) {
    try {
      return client.login(EMAIL, password);
    } catch (ApiException refused) {
      if (refused.status() != UNAUTHORIZED) {
        throw refused;
      }
    }
    try {
      client.register(EMAIL, password);
      return client.login(EMAIL, password);
    } catch (ApiException refused) {
      throw new StartupException(
          "The demo user cannot sign in (%s). Remove %s to begin anew"
              .formatted(refused.getMessage(), folder),
          refused);
    }
  }

  private static String newPassword() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var ownersOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersOnly));
    }
    Files.writeString(file, text + "\n");
  }
}
