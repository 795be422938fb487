package dev.headway.cli;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that calls a server: its address, its credentials and its error messages. */
abstract class ServerCommand implements Callable<Integer> {
  /** The command did what it was asked to. */
  static final int OK = 0;

  /** The server refused, did not answer, or the work failed. */
  static final int FAILED = 1;

  private static final URI LOCAL = URI.create("http://localhost:8000");

  private final CliEnvironment environment;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "URL of the server (default: $HEADWAY_URL, else the server of the last login, else "
              + "http://localhost:8000).")
  private @Nullable URI server;

  ServerCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  final CliEnvironment environment() {
    return environment;
  }

  @Override
  public final Integer call() throws InterruptedException {
    try (var client = connect()) {
      return run(client);
    } catch (UnreachableException e) {
      complain(e.getMessage() + "\nStart a server with: headway serve");
    } catch (ApiException e) {
      complain(
          e.status() == 401 ? e.getMessage() + "\nSign in with: headway login" : e.getMessage());
    } catch (ClientException | IllegalArgumentException | UncheckedIOException e) {
      complain(e.getMessage());
    } catch (IOException e) {
      complain(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    return FAILED;
  }

  /**
   * Executes the command.
   *
   * @return the exit code
   */
  abstract int run(HeadwayClient client) throws IOException, InterruptedException;

  final void print(String line) {
    environment.out().println(line);
  }

  final void complain(@Nullable String text) {
    environment.err().println("headway: " + text);
  }

  /** The server's address without a path. */
  final URI server() throws IOException {
    if (server != null) {
      return server;
    }
    var configured = environment.variables().getOrDefault("HEADWAY_URL", "");
    return configured.isEmpty()
        ? environment.credentials().server().orElse(LOCAL)
        : URI.create(configured);
  }

  private HeadwayClient connect() throws IOException {
    var origin = server();
    var fromEnvironment = environment.variables().getOrDefault("HEADWAY_TOKEN", "");
    if (!fromEnvironment.isEmpty()) {
      return HeadwayClient.at(origin).token(fromEnvironment).build();
    }
    var credentials = environment.credentials();
    return HeadwayClient.at(origin)
        .token(credentials.token(origin).orElse(null))
        .onTokenRenewed(token -> keep(credentials, origin, token))
        .build();
  }

  private void keep(Credentials credentials, URI origin, String token) {
    try {
      credentials.keep(origin, token);
    } catch (IOException e) {
      complain("Could not store the renewed token: " + e.getMessage());
    }
  }
}
