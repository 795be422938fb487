package dev.headway.server.account.token;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that signs this server's tokens: at least 256 bits, as HS256 demands (RFC 7518, section
 * 3.2). Whoever has it can make any token, so only the owner of its file may read it. Immutable.
 */
public final class SigningKey {
  private static final int LEAST_BYTES = 32;
  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the key from its file (base64 or base64url), making it first if there is none. Of several
   * servers that start at once on one directory, one makes it and all use it.
   *
   * @param random a secure generator
   * @throws HeadwayException VALIDATION_ERROR when the file is readable by others, too short or
   *     cannot be read or made
   */
  public static SigningKey loadOrCreate(Path file, RandomGenerator random) {
    try {
      if (Files.notExists(file)) {
        create(file, random);
      }
      return load(file);
    } catch (IOException failed) {
      throw refused("The signing key %s cannot be read or made: %s".formatted(file, failed));
    }
  }

  private static SigningKey load(Path file) throws IOException {
    if (posix(file)) {
      var permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(SigningKey::forOthers)) {
        throw refused(
            "The signing key %s is open to others (%s). Run: chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(permissions), file));
      }
    }
    return new SigningKey(decode(file, Files.readString(file, StandardCharsets.US_ASCII).strip()));
  }

  private static byte[] decode(Path file, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException _) {
      throw refused(
          "The signing key %s is not base64. Make one with: openssl rand -base64 32"
              .formatted(file));
    }
    if (bytes.length < LEAST_BYTES) {
      throw refused(
          "The signing key %s has %d bits; at least 256 are needed. Make one with: openssl rand -base64 32"
              .formatted(file, bytes.length * 8));
    }
    return bytes;
  }

  /* Complete before it has its name; a link, unlike a move, never replaces another's key. */
  private static void create(Path file, RandomGenerator random) throws IOException {
    var directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Files.createDirectories(directory);
    var draft = file.resolveSibling(file.getFileName() + "." + Long.toHexString(random.nextLong()));
    try {
      write(draft, random, OwnerOnly.file(directory));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // another server was faster; its key is read now
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft, RandomGenerator random, FileAttribute<?>[] attributes)
      throws IOException {
    var key = new byte[LEAST_BYTES];
    random.nextBytes(key);
    var text = Base64.getUrlEncoder().withoutPadding().encode(key);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out = FileChannel.open(draft, options, attributes)) {
      out.write(ByteBuffer.wrap(text));
      out.force(true);
    }
  }

  private static boolean posix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  private static boolean forOthers(PosixFilePermission permission) {
    return switch (permission) {
      case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE -> false;
      case GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE ->
          true;
    };
  }

  private static HeadwayException refused(String message) {
    return HeadwayException.invalid("auth.key-file", message);
  }

  /** The key for HMAC-SHA-256. */
  public SecretKey secret() {
    return new SecretKeySpec(bytes, "HmacSHA256");
  }

  @Override
  public String toString() {
    return "SigningKey[" + bytes.length * 8 + " bits]";
  }
}
