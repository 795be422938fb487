package dev.headway.app;

import dev.headway.store.StartupException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a new password from the terminal or from the standard input. */
final class PasswordPrompt {
  private PasswordPrompt() {}

  /** The first line of the standard input. */
  static String firstLine() {
    try {
      var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      var line = input.readLine();
      return line == null ? "" : line;
    } catch (IOException failed) {
      throw new UncheckedIOException("The password cannot be read", failed);
    }
  }

  /**
   * Asks for the password twice.
   *
   * @throws StartupException when there is no terminal, or the two differ
   */
  static String asked() {
    var console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new StartupException(
                    "There is no terminal to ask for the password; pipe it in with --password-stdin"));
    var first = read(console, "Password (8 to 128 characters): ");
    if (!first.equals(read(console, "Again: "))) {
      throw new StartupException("The two passwords differ; nobody was added");
    }
    return first;
  }

  private static String read(Console console, String prompt) {
    var password = console.readPassword("%s", prompt);
    return password == null ? "" : new String(password);
  }
}
