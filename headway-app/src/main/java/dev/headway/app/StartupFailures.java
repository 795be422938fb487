package dev.headway.app;

import dev.headway.app.config.ConfigurationException;
import dev.headway.core.bus.BusRefusedException;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.store.StartupException;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the person at the terminal why a command came to nothing: one line for each reason, and no
 * stack trace unless the fault is the program's own.
 */
final class StartupFailures {
  private static final Logger LOG = LoggerFactory.getLogger(StartupFailures.class);

  private StartupFailures() {}

  /** Says why; returns the exit code. */
  static int tell(Exception failure, PrintWriter to) {
    LOG.debug("The command failed", failure);
    lines(failure).forEach(line -> to.println("headway: " + line));
    to.flush();
    return 1;
  }

  private static List<String> lines(Exception failure) {
    return switch (failure) {
      case ConfigurationException wrong -> wrong.complaints();
      case StartupException refused -> List.of(String.valueOf(refused.getMessage()));
      case BusRefusedException refused -> List.of(String.valueOf(refused.getMessage()));
      case HeadwayException refused when !refused.defects().isEmpty() ->
          refused.defects().stream().map(Defect::message).toList();
      case HeadwayException refused -> List.of(refused.safeMessage());
      case Exception fault -> {
        LOG.error("A fault of the program", fault);
        yield List.of("Headway crashed. Please report the stack trace above.");
      }
    };
  }
}
