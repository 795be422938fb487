package dev.headway.server.account.token;

import static dev.headway.server.account.AccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.topic.TopicName;
import dev.headway.server.account.Installation;
import dev.headway.server.account.TokenView;
import dev.headway.server.account.Users;
import dev.headway.server.account.token.WatchTokens.Requested;
import dev.headway.server.socket.Verification;
import dev.headway.server.socket.Verification.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTokensTest {
  @TempDir Path directory;
  private Installation installation;
  private Principal ada;

  @BeforeEach
  void start() {
    installation = new Installation(directory);
    installation.add("ada", Role.ADMIN);
    ada = installation.principal(installation.signIn("ada"));
  }

  @Test
  void make_topicsOfTheUser_mayWatchThemAndNothingElse() {
    var made = make(List.of("schedule:12", "job:7"), 60);
    assertThat(made.topics()).containsExactly("schedule:12", "job:7");
    assertThat(made.toString()).doesNotContain(made.token());
    var watcher = (Principal.Watcher) installation.principal(made.token());
    assertThat(watcher.id()).isEqualTo(1);
    assertThat(watcher.topics()).containsExactlyInAnyOrder("schedule:12", "job:7");
    assertThat(watcher.admin()).isFalse();
    assertThat(refused(() -> installation.services.sessions().me(watcher)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
    assertThat(refused(() -> installation.services.sessions().refresh(watcher)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
  }

  @Test
  void make_asManyAsAUserMayHold_isRefusedUntilTheyEnd() {
    for (var count = 0; count < IssuedTokens.MOST; count++) {
      var _ = make(List.of("job:7"), 60);
    }

    var refused = refused(() -> make(List.of("job:7"), 60));
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refused.retryAfter()).isPresent();
    installation.clock.advance(Duration.ofSeconds(60));
    assertThat(make(List.of("job:7"), 60).token()).isNotEmpty();
  }

  @Test
  void verify_afterItsLifetime_isExpired() {
    var token = make(List.of("job:7"), 60).token();
    installation.clock.advance(Duration.ofSeconds(90));
    assertThat(installation.verify(token)).isEqualTo(new Verification.Refused(Reason.EXPIRED));
  }

  @Test
  void make_topicsOfOthers_namesEachAndMakesNone() {
    var refused = refused(() -> make(List.of("job:7", "schedule:12", "hidden:1", "hidden:2"), 60));
    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused.defects())
        .containsExactly(
            Defect.ofField("topics[2]", "Topic hidden:1 not found"),
            Defect.ofField("topics[3]", "Topic hidden:2 not found"));
  }

  @Test
  void make_everythingWrong_namesEveryDefect() {
    var refused = refused(() -> make(List.of("job:7", "nonsense", ":"), 3_601));
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(refused.defects())
        .extracting(Defect::field)
        .containsExactly("topics[1]", "topics[2]", "ttl_seconds");
  }

  @Test
  void make_noTopicsOrTooMany_isRefused() {
    assertThat(refused(() -> make(List.of(), 60)).code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(refused(() -> make(Collections.nCopies(101, "job:7"), 60)).code())
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void make_asManyLongTopicsAsAllowed_isVerified() {
    var topics =
        IntStream.range(0, WatchTokens.MOST_TOPICS)
            .mapToObj(index -> "job:0198c0de-0000-7000-8000-0000000%05d".formatted(index))
            .toList();
    var watcher = (Principal.Watcher) installation.principal(make(topics, 60).token());
    assertThat(watcher.topics()).hasSize(100);
  }

  @Test
  void make_withAWatchToken_isRefused() {
    var watcher = installation.principal(make(List.of("job:7"), 60).token());
    ada = watcher;
    assertThat(refused(() -> make(List.of("job:7"), 60)).code())
        .isEqualTo(ErrorCode.AUTHORIZATION_ERROR);
  }

  @Test
  void end_watchToken_byItsMakerOrItself_endsItAtOnce() {
    var sessions = installation.services.sessions();
    var made = make(List.of("job:7"), 60);
    assertThat(sessions.tokens(ada))
        .extracting(TokenView::kind, TokenView::detail)
        .contains(tuple("watch", "job:7"));
    sessions.end(ada, made.id());
    assertThat(installation.verify(made.token()))
        .isEqualTo(new Verification.Refused(Reason.REVOKED));
    var other = make(List.of("job:7"), 60);
    sessions.logout(installation.principal(other.token()));
    assertThat(installation.verify(other.token()))
        .isEqualTo(new Verification.Refused(Reason.REVOKED));
  }

  @Test
  void verify_userDeactivatedOrSignedOut_endsOnlyWithTheUser() {
    installation.add("root", Role.ADMIN);
    var token = make(List.of("job:7"), 60).token();
    installation.services.sessions().logout(ada);
    assertThat(installation.verify(token)).isInstanceOf(Verification.Valid.class);
    var root = installation.principal(installation.signIn("root"));
    installation.services.users().change(root, 1, Users.Change.of(false));
    assertThat(installation.verify(token)).isEqualTo(new Verification.Refused(Reason.REVOKED));
  }

  private WatchTokens.Created make(List<String> topics, int seconds) {
    return installation
        .services
        .watchTokens()
        .make(ada, new Requested(topics, seconds), WatchTokensTest::visible);
  }

  private static boolean visible(TopicName topic) {
    return !topic.kind().equals("hidden");
  }
}
