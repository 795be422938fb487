package dev.headway.core.file;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The attributes of files and directories that only their owner may read and write, for the methods
 * of {@link java.nio.file.Files} that create them. Empty where the file system has no owners.
 */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** The attributes of a file in a directory. */
  public static FileAttribute<?>[] file(Path directory) {
    return attributes(directory, "rw-------");
  }

  /** The attributes of a directory. */
  public static FileAttribute<?>[] directory(Path directory) {
    return attributes(directory, "rwx------");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
