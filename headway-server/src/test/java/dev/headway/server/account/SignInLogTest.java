package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.headway.core.account.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class SignInLogTest {
  private static final String ADDRESS = "198.51.100.7";

  @TempDir Path directory;

  @Test
  void login_whetherItSucceedsOrNot_isLoggedWithoutASecret() {
    var installation = new Installation(directory);
    var sessions = installation.services.sessions();
    var log = (Logger) LoggerFactory.getLogger(Sessions.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.INFO);
    installation.add("ada", Role.USER);

    sessions.login(Installation.login("ada"), ADDRESS);
    for (var email : new String[] {"ada@example.com", "a\nada signed in"}) {
      var login = new Login(email, "tr0ub4dor&3");
      assertThat(catchThrowable(() -> sessions.login(login, ADDRESS))).isNotNull();
    }

    log.setLevel(null);
    log.detachAppender(lines);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.endsWith(ADDRESS)) // other tests sign in meanwhile
        .containsExactly(
            "ada@example.com signed in from 198.51.100.7",
            "Refused to sign in ada@example.com from 198.51.100.7",
            "Refused to sign in an address that is none from 198.51.100.7");
  }
}
