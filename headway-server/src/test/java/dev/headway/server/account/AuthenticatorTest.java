package dev.headway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.server.account.token.LocalTokens;
import dev.headway.server.account.token.Revocation;
import dev.headway.server.account.token.Tokens;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthenticatorTest {
  private static final int CLIENTS = 10_000;

  @TempDir Path directory;
  private Installation installation;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
  }

  @Test
  void verify_manyClientsAfterARestart_readNothing() {
    var tokens = new ArrayList<String>();
    for (var client = 0; client < CLIENTS; client++) {
      var user = installation.add("client" + client, Role.USER);
      var contents = LocalTokens.Contents.of(user.id(), user.email(), Role.USER);
      var issuer = new Tokens(installation.key, null, installation.clock, installation.ids);
      tokens.add(issuer.issue(contents, Duration.ofHours(1)).text());
    }
    var restarted = installation.started().authenticator();
    var calls = installation.store.calls.get();
    var valid = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var token : tokens) {
        threads.execute(() -> {
          if (restarted.verify(token) instanceof Verification.Valid(var who)
              && restarted.holds(who)) {
            valid.incrementAndGet();
          }
        });
      }
    }
    assertThat(valid).hasValue(CLIENTS);
    assertThat(installation.store.calls).hasValue(calls);
  }

  @Test
  void verify_userAddedByAnotherProcess_isReadOnce() {
    var other = installation.started();
    var user = other.users().add(Installation.login("ada"), Role.USER);
    var token = other.sessions().login(Installation.login("ada"), "-").accessToken();
    var calls = installation.store.calls.get();
    assertThat(installation.known(token).id()).isEqualTo(user.id());
    assertThat(installation.known(token).id()).isEqualTo(user.id());
    assertThat(installation.store.calls).hasValue(calls + 1);
  }

  @Test
  void verify_cachedToken_stillExpires() {
    installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var who = installation.principal(token);
    installation.clock.advance(Duration.ofHours(13));
    assertThat(installation.verify(token)).isEqualTo(new Verification.Refused(Reason.EXPIRED));
    assertThat(installation.services.authenticator().holds(who)).isFalse();
  }

  @Test
  void verify_tokenOfAnUnknownUser_isRefused() {
    var issuer = new Tokens(installation.key, null, installation.clock, installation.ids);
    var contents = LocalTokens.Contents.of(99, "x@example.com", Role.ADMIN);
    var token = issuer.issue(contents, Duration.ofHours(1)).text();
    assertThat(installation.verify(token)).isEqualTo(new Verification.Refused(Reason.REVOKED));
  }

  @Test
  void verify_roleInTheToken_givesNoMoreThanTheUserHas() {
    var ada = installation.add("ada", Role.USER);
    var issuer = new Tokens(installation.key, null, installation.clock, installation.ids);
    var contents = LocalTokens.Contents.of(ada.id(), ada.email(), Role.ADMIN);
    var token = issuer.issue(contents, Duration.ofHours(1)).text();
    assertThat(installation.known(token).role()).isEqualTo(Role.USER);
  }

  @Test
  void reload_changesByAnotherServer_endCredentialsHereAndTellListeners() {
    installation.add("ada", Role.USER);
    installation.add("bob", Role.USER);
    installation.add("root", Role.ADMIN);
    var ada = installation.signIn("ada");
    var bob = installation.signIn("bob");
    var root = installation.signIn("root");
    var adaPrincipal = installation.principal(ada);
    var bobPrincipal = installation.known(bob);
    var other = installation.started();
    other.sessions().logout(adaPrincipal);
    other.users().change(installation.principal(root), bobPrincipal.id(), Users.Change.of(false));
    assertThat(installation.revocations).isEmpty();
    installation.services.reload();
    assertThat(installation.revocations)
        .hasSize(2)
        .anyMatch(revocation -> revocation.ends(adaPrincipal))
        .anyMatch(revocation -> revocation.ends(bobPrincipal));
    assertThat(installation.verify(ada)).isEqualTo(new Verification.Refused(Reason.REVOKED));
    assertThat(installation.verify(bob)).isEqualTo(new Verification.Refused(Reason.REVOKED));
    assertThat(installation.verify(root)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void follow_changesByAnotherServer_endCredentialsHereAndReadNothingElse() {
    installation.add("ada", Role.USER);
    installation.add("root", Role.ADMIN);
    var ada = installation.known(installation.signIn("ada"));
    installation.services.follow();
    installation.store.calls.set(0);
    installation.services.follow();
    assertThat(installation.store.calls).hasValue(1);

    installation.started().users().change(null, ada.id(), Users.Change.of(false));
    installation.services.follow();

    assertThat(installation.revocations).singleElement().matches(change -> change.ends(ada));
  }

  @Test
  void onRevoked_whenTold_theTokenIsAlreadyRefused() {
    installation.add("ada", Role.USER);
    var token = installation.signIn("ada");
    var told = new ArrayList<Verification>();
    installation.services.revocations().onRevoked(_ -> told.add(installation.verify(token)));
    installation.services.sessions().logout(installation.principal(token));
    assertThat(told).containsExactly(new Verification.Refused(Reason.REVOKED));
  }

  @Test
  void onRevoked_listenerFails_othersAreTold() {
    installation.add("ada", Role.USER);
    var told = new ArrayList<Revocation>();
    installation
        .services
        .revocations()
        .onRevoked(_ -> {
          throw new IllegalStateException("deliberate");
        });
    installation.services.revocations().onRevoked(told::add);
    installation.services.sessions().logout(installation.principal(installation.signIn("ada")));
    assertThat(told).hasSize(1);
  }

  @Test
  void holds_anonymous_always() {
    assertThat(installation.services.authenticator().holds(new Principal.Anonymous("192.0.2.1")))
        .isTrue();
  }
}
