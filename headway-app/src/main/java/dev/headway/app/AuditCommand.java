package dev.headway.app;

import dev.headway.spc.store.SpcStore;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import dev.headway.store.StartupException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headway audit}: the audit trail of process control. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit trail of process control.")
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? Known: verify");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Checks the hash chain of the trail: whether every entry is as it was written, and none is"
              + " missing. Ends with 1 otherwise.")
  void verify(
      @Option(
              names = "--expect",
              paramLabel = "HASH",
              description = "The last hash of an earlier check, which must be in the trail still.")
          @Nullable String expected,
      @Mixin ServerOptions options) {
    var settings = options.configuration(Map.of()).settings();
    try (var database = Database.open(settings.databaseOrFile())) {
      database.migrate(Schema.CORE);
      var audit = SpcStore.open(database).audit();
      var verdict = audit.verify();
      if (!verdict.whole()) {
        throw new StartupException(
            "The audit trail is broken at entry %d: it is not as it was written, or missing"
                .formatted(verdict.broken()));
      }
      if (expected != null && !audit.hasHash(expected)) {
        throw new StartupException("No entry has the hash " + expected + "; entries are missing");
      }
      var out = spec.commandLine().getOut();
      out.printf(
          "%,d entries are as they were written (%,d earlier ones have no hash)%nLast hash: %s%n",
          verdict.entries(), verdict.earlier(), verdict.head());
      out.flush();
    }
  }
}
