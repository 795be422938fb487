package dev.headway.cli;

import dev.headway.client.http.Json;
import dev.headway.client.http.ProtocolException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens that {@code headway login} got, by server, in a file that only its owner can read. Reading
 * and writing is atomic for other processes.
 */
final class Credentials {
  private static final String LAST_SERVER = "server";
  private static final String TOKENS = "tokens";

  private final Path file;

  Credentials(Path file) {
    this.file = file;
  }

  /** The server that was last signed in to. */
  Optional<URI> server() throws IOException {
    return text(read().path(LAST_SERVER).asString("")).map(URI::create);
  }

  /** The token for a server. */
  Optional<String> token(URI server) throws IOException {
    return text(read().path(TOKENS).path(server.toString()).asString(""));
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** Keeps a token, and the server as the one to use. */
  void keep(URI server, String token) throws IOException {
    var content = read();
    content.put(LAST_SERVER, server.toString());
    content.withObject("/" + TOKENS).put(server.toString(), token);
    write(content);
  }

  private ObjectNode read() throws IOException {
    if (!Files.exists(file)) {
      return Json.object();
    }
    try {
      return Json.parse(Files.readString(file)).asObject();
    } catch (ProtocolException e) {
      throw new IOException("%s is damaged; remove it and run headway login".formatted(file), e);
    }
  }

  private void write(ObjectNode content) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var fresh =
        Files.createTempFile(
            folder,
            "credentials",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, content.toPrettyString() + System.lineSeparator());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
