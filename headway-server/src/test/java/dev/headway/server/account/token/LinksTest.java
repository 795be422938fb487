package dev.headway.server.account.token;

import static dev.headway.server.account.AccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.ErrorCode;
import dev.headway.server.account.Installation;
import dev.headway.server.account.TokenView;
import dev.headway.server.account.token.Links.Look;
import dev.headway.server.account.token.Links.Requested;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LinksTest {
  @TempDir Path directory;
  private Installation installation;
  private Links links;
  private Principal ada;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    installation.add("ada", Role.ADMIN);
    ada = installation.principal(installation.signIn("ada"));
    links = installation.services.links();
  }

  @Test
  void make_ofATopic_mayWatchItAndNothingElse() {
    var made = make("tag:order-7", Links.USUAL_SECONDS, null);

    assertThat(made.toString()).doesNotContain(made.token());
    var watcher = (Principal.Watcher) installation.principal(made.token());
    assertThat(watcher.topics()).containsExactly("tag:order-7");
    assertThat(refused(() -> make("job:7", 60, null, watcher)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    installation.clock.advance(Duration.ofDays(7));
    assertThat(installation.verify(made.token()))
        .isEqualTo(new Verification.Refused(Reason.EXPIRED));
  }

  @Test
  void make_withALook_hasItInTheTokenAndNothingOfItsMaker() {
    var look = new Look("Your order", "#0b5f8a", null, Map.of("completed", "Ready to collect"));

    var said = said(make("job:7", 60, look).token());

    assertThat(said.at("/page/title").asString()).isEqualTo("Your order");
    assertThat(said.at("/page/words/completed").asString()).isEqualTo("Ready to collect");
    assertThat(said.path("page").has("language")).isFalse();
    assertThat(said.toString()).doesNotContain("example.com", "admin");
  }

  @Test
  void make_ofATopicOfOthers_isNotFound() {
    var refused = refused(() -> make("tag:hidden", 60, null));

    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused.safeMessage()).contains("tag:hidden");
  }

  @Test
  void end_byItsMaker_endsItAtOnceAndNoOtherToken() {
    var made = make("job:7", 60, null);
    var watch =
        installation
            .services
            .watchTokens()
            .make(ada, new WatchTokens.Requested(List.of("job:7"), 60), _ -> true);
    assertThat(installation.services.sessions().tokens(ada))
        .extracting(TokenView::kind, TokenView::detail)
        .contains(tuple("link", "job:7"));

    links.end(ada, made.id());

    assertThat(installation.verify(made.token()))
        .isEqualTo(new Verification.Refused(Reason.REVOKED));
    assertThat(refused(() -> links.end(ada, made.id())).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused(() -> links.end(ada, watch.id())).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  private Links.Created make(String topic, int seconds, @Nullable Look look) {
    return make(topic, seconds, look, ada);
  }

  private Links.Created make(String topic, int seconds, @Nullable Look look, Principal who) {
    return links.make(
        who, new Requested(topic, seconds, look), name -> !name.id().equals("hidden"));
  }

  private static JsonNode said(String token) {
    var claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonCodec.mapper().readTree(new String(claims, StandardCharsets.UTF_8));
  }
}
