package dev.headway.bench.contender;

import dev.headway.bench.load.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Installs what peers need: Debian's packages, and npm's in a folder of the user's own. */
public final class PeerPackages {
  private PeerPackages() {}

  /**
   * Installs what is missing.
   *
   * @throws LoadException with the commands to give, when this user may not
   */
  public static void install(List<Peer> peers) {
    var packages =
        peers.stream()
            .flatMap(peer -> peer.needs().stream())
            .filter(need -> !need.met())
            .flatMap(need -> need.packages().stream())
            .distinct()
            .toList();
    if (!packages.isEmpty()) {
      apt(packages);
    }
    modules();
  }

  private static void apt(List<String> packages) {
    var command = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
    command.addAll(packages);
    if (!System.getProperty("user.name").equals("root")) {
      throw new LoadException("As root, run first: " + String.join(" ", command));
    }
    run(List.of("apt-get", "update", "-qq"));
    run(command);
  }

  private static void modules() {
    try (var manifest = PeerPackages.class.getResourceAsStream("/peers/package.json")) {
      if (manifest == null) {
        throw new LoadException("The file peers/package.json is missing");
      }
      Files.createDirectories(Peer.MODULES);
      Files.copy(
          manifest, Peer.MODULES.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
      run(List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
    } catch (IOException failed) {
      throw new LoadException("The folder %s cannot be written".formatted(Peer.MODULES), failed);
    }
  }

  private static void run(List<String> command) {
    try {
      var builder = new ProcessBuilder(command).directory(Peer.MODULES.toFile()).inheritIO();
      Files.createDirectories(Peer.MODULES);
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      builder.environment().put("RUNLEVEL", "1"); // what is installed is not started as a service
      if (builder.start().waitFor() != 0) {
        throw new LoadException("This failed: " + String.join(" ", command));
      }
    } catch (IOException failed) {
      throw new LoadException("This failed: " + String.join(" ", command), failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }
}
