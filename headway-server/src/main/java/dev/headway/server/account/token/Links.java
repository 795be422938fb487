package dev.headway.server.account.token;

import dev.headway.core.account.IssuedToken.Kind;
import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Links to a page that shows one job, one tag or one analysis, or to a file of a job, for people
 * without an account. A link's token may watch that topic and nothing else, says nothing of the
 * user who made it, and has the page's look, so that nobody else can change that. Thread-safe.
 */
public final class Links {
  /** How long one lasts unless it is said, in seconds: a week. */
  public static final int USUAL_SECONDS = 604_800;

  /**
   * The look of a page.
   *
   * @param title the heading; null for the job's name, or the tag
   * @param accent a colour such as {@code #0b5f8a}; null for the usual one
   * @param language of the words (BCP 47); null for English
   * @param words what is said in other words, by the names that the contract lists; null for none
   */
  public record Look(
      @Nullable String title,
      @Nullable String accent,
      @Nullable String language,
      @Nullable Map<String, String> words) {
    private Map<String, Object> claim() {
      var said = new HashMap<String, Object>();
      put(said, "title", title);
      put(said, "accent", accent);
      put(said, "language", language);
      put(said, "words", words);
      return said;
    }

    private static void put(Map<String, Object> said, String name, @Nullable Object value) {
      if (value != null) {
        said.put(name, value);
      }
    }
  }

  /**
   * A link that is asked for.
   *
   * @param topic {@code job:…}, {@code tag:…} or {@code analysis:…}
   * @param ttlSeconds how long it is to last, from 1
   * @param page its look; null for the usual one
   */
  public record Requested(String topic, int ttlSeconds, @Nullable Look page) {}

  /**
   * A link that was made.
   *
   * @param id names it, for ending it early
   * @param token what the page shows to the server
   * @param expiresAt when it ends
   */
  public record Created(String id, String topic, String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Created[topic=" + topic + ", expiresAt=" + expiresAt + "]";
    }
  }

  private final Tokens tokens;
  private final IssuedTokens issued;
  private final Revocations revocations;

  /** Links whose tokens are made by {@code tokens}, and noted. */
  public Links(Tokens tokens, IssuedTokens issued, Revocations revocations) {
    this.tokens = tokens;
    this.issued = issued;
    this.revocations = revocations;
  }

  /**
   * Makes a link, which ends early as a watch token does.
   *
   * @param mayWatch whether the user who asks may watch a topic; false, too, when there is none
   * @throws HeadwayException NOT_FOUND when the topic is unknown or not the user's; RATE_LIMITED
   *     when the user has too many links; AUTHORIZATION_ERROR for a watch token,
   *     AUTHENTICATION_ERROR for nobody
   */
  public Created make(Principal who, Requested wanted, Predicate<TopicName> mayWatch) {
    var user = Callers.user(who).id();
    var topic = wanted.topic();
    if (TopicName.parse(topic).filter(mayWatch).isEmpty()) {
      throw HeadwayException.notFound("Topic " + topic);
    }
    var look = wanted.page() == null ? Map.<String, Object>of() : wanted.page().claim();
    var contents = new LocalTokens.Contents(user, Map.of("page", look)).watching(Set.of(topic));
    return issue(contents, topic, topic, wanted.ttlSeconds());
  }

  /**
   * Makes a link to one file, which the user who asks may fetch. Its token fetches that file and
   * nothing else, and ends early as that of a page does.
   *
   * @param topic stands for the file
   * @param shown the file as the list of the user's tokens shows it
   * @param ttlSeconds how long it is to last, from 1
   * @throws HeadwayException RATE_LIMITED when the user has too many links; AUTHORIZATION_ERROR for
   *     a watch token, AUTHENTICATION_ERROR for nobody
   */
  public Created toFile(Principal who, TopicName topic, String shown, int ttlSeconds) {
    var user = Callers.user(who).id();
    var contents = new LocalTokens.Contents(user, Map.of()).watching(Set.of(topic.toString()));
    return issue(contents, topic.toString(), shown, ttlSeconds);
  }

  private Created issue(LocalTokens.Contents contents, String topic, String shown, int ttlSeconds) {
    var token = tokens.issue(contents, Duration.ofSeconds(ttlSeconds));
    var credential = token.credential();
    issued.note(token.noted(contents.user(), Kind.LINK, shown, credential.issuedAt()));
    return new Created(credential.tokenId(), topic, token.text(), token.expiresAt());
  }

  /**
   * Ends a link of the user who asks; pages that are open lose it at once.
   *
   * @throws HeadwayException NOT_FOUND when the user has no such link
   */
  public void end(Principal who, String id) {
    var user = Callers.user(who).id();
    var link =
        issued
            .find(user, id)
            .filter(token -> token.kind() == Kind.LINK)
            .orElseThrow(() -> HeadwayException.notFound("Link"));
    revocations.revoke(id, link.expiresAt());
    issued.forget(user, id);
  }
}
