package dev.headway.server.account.audit;

import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.AuditEntry.Action;
import dev.headway.core.account.Principal;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The trail of changes of accounts. Thread-safe; may block. */
public final class AuditTrail {
  /** The actor of a command on the server's own machine. */
  public static final String COMMAND_LINE = "command line";

  private final AccountStore store;
  private final InstantSource clock;

  /** The trail in a store. */
  public AuditTrail(AccountStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Adds an entry.
   *
   * @param actor who did it; null for the command line, an anonymous client for the account itself
   * @param account the address of the account that was changed
   * @param detail what exactly; never a secret
   */
  public void add(@Nullable Principal actor, Action action, String account, String detail) {
    var name =
        switch (actor) {
          case null -> COMMAND_LINE;
          case Principal.Known known -> known.email();
          case Principal.Watcher _, Principal.Anonymous _ -> account;
        };
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    store.addAudit(new AuditEntry(now, name, action, account, detail));
  }

  /** A page of the trail, newest first. */
  public Page<AuditEntry> page(PageRequest page) {
    return store.audit(page);
  }
}
