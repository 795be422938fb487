package dev.headway.bench.contender;

import dev.headway.bench.contender.ServerProcess.Launch;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Another server that sends messages to many, small and written as its users write it; its files
 * are in this module's folder {@code peers}.
 *
 * @param name in tables
 * @param needs what must be there
 * @param recipe how it is started and used
 * @param processor the one it runs on; empty for any
 */
public record Peer(String name, List<Need> needs, Recipe recipe, OptionalInt processor)
    implements Contender {
  /** Where what npm installs for peers is kept. */
  static final Path MODULES = Path.of(System.getProperty("user.home"), ".cache/headway/peers");

  /**
   * Something that must be installed.
   *
   * @param name what it is
   * @param check a command that succeeds where it is
   * @param packages of Debian; empty when npm installs it into {@link #MODULES}
   */
  public record Need(String name, List<String> check, List<String> packages) {
    /** Takes copies. */
    public Need {
      check = List.copyOf(check);
      packages = List.copyOf(packages);
    }

    boolean met() {
      try {
        return new ProcessBuilder(check)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
      } catch (IOException _) {
        return false; // there is no such command
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /**
   * Where a peer listens.
   *
   * @param port for watchers, and for publishers unless it has a second
   * @param second for those that publish elsewhere
   */
  record Ports(int port, int second) {
    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    InetSocketAddress secondAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), second);
    }
  }

  /** How a peer is started and used. */
  interface Recipe {
    /** The command, after its files have been put into the folder. */
    List<String> command(Path folder, Ports ports);

    /** One of its topics. */
    Flow topic(int number, Ports ports);
  }

  /** Takes a copy. */
  public Peer {
    needs = List.copyOf(needs);
  }

  @Override
  public Optional<String> missing() {
    var unmet = needs.stream().filter(need -> !need.met()).map(Need::name).toList();
    return unmet.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unmet));
  }

  @Override
  public Running start(Path folder, Map<String, String> settings) {
    var ports = new Ports(ServerProcess.freePort(), ServerProcess.freePort());
    var launch = Launch.of(folder, recipe.command(folder, ports));
    var placed = processor.isPresent() ? launch.on(processor.getAsInt()) : launch;
    var process = ServerProcess.start(placed, ServerProcess.listening(ports.port()));
    return new PeerRunning(name, process, number -> recipe.topic(number, ports));
  }

  /** Puts one of the module's files into a folder, with the ports filled in. */
  static Path place(String file, Path folder, Ports ports) {
    try (var in = Peer.class.getResourceAsStream("/peers/" + file)) {
      if (in == null) {
        throw new LoadException("The file peers/%s is missing".formatted(file));
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.createDirectories(folder);
      return Files.writeString(
          folder.resolve(file),
          text.replace("@PORT@", Integer.toString(ports.port()))
              .replace("@SECOND@", Integer.toString(ports.second())));
    } catch (IOException failed) {
      throw new LoadException("The file %s cannot be written".formatted(file), failed);
    }
  }
}
