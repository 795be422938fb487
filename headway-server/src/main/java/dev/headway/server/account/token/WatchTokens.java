package dev.headway.server.account.token;

import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tokens that grant watching a few topics and nothing else, for pages and addresses in place of the
 * user's own token. Thread-safe.
 */
public final class WatchTokens {
  /** The longest that one may last, in seconds. */
  public static final int MOST_SECONDS = 3_600;

  /** The most topics of one token. */
  public static final int MOST_TOPICS = 100;

  /**
   * A token that is asked for.
   *
   * @param topics names of topics, 1 to 100
   * @param ttlSeconds how long it is to last, 1 to 3,600
   */
  public record Requested(List<String> topics, int ttlSeconds) {
    /** Takes a copy of the topics. */
    public Requested {
      topics = List.copyOf(topics);
    }
  }

  /**
   * A new token.
   *
   * @param id names it, for ending it early
   * @param token the token
   * @param topics what it may watch
   * @param expiresAt when it ends
   */
  public record Created(String id, String token, List<String> topics, Instant expiresAt) {
    @Override
    public String toString() {
      return "Created[topics=" + topics + ", expiresAt=" + expiresAt + "]";
    }
  }

  private final Tokens tokens;
  private final IssuedTokens issued;

  /** Watch tokens made by {@code tokens}, and noted. */
  public WatchTokens(Tokens tokens, IssuedTokens issued) {
    this.tokens = tokens;
    this.issued = issued;
  }

  /**
   * Makes a token, which ends early when its user ends it, is disabled, or signs out everywhere.
   *
   * @param mayWatch whether the user who asks may watch a topic; false, too, when there is none
   * @throws HeadwayException VALIDATION_ERROR with every defect; NOT_FOUND that names every topic
   *     that is unknown or not the user's; RATE_LIMITED when the user has {@link IssuedTokens#MOST}
   *     of them; AUTHORIZATION_ERROR for a watch token, AUTHENTICATION_ERROR for nobody
   */
  public Created make(Principal who, Requested wanted, Predicate<TopicName> mayWatch) {
    var known = Callers.user(who);
    refuse(ErrorCode.VALIDATION_ERROR, defects(wanted));
    refuse(ErrorCode.NOT_FOUND, unknown(wanted.topics(), mayWatch));
    var topics = Set.copyOf(wanted.topics());
    var contents =
        LocalTokens.Contents.of(known.id(), known.email(), known.role()).watching(topics);
    var token = tokens.issue(contents, Duration.ofSeconds(wanted.ttlSeconds()));
    var issuedAt = token.credential().issuedAt();
    var detail = String.join(", ", wanted.topics());
    issued.note(token.noted(known.id(), IssuedToken.Kind.WATCH, detail, issuedAt));
    return new Created(
        token.credential().tokenId(), token.text(), wanted.topics(), token.expiresAt());
  }

  private static List<Defect> defects(Requested wanted) {
    var defects = new ArrayList<Defect>();
    var topics = wanted.topics();
    if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
      defects.add(Defect.ofField("topics", "A watch token has 1 to 100 topics"));
    }
    for (var index = 0; index < topics.size(); index++) {
      if (TopicName.parse(topics.get(index)).isEmpty()) {
        defects.add(at(index, "The topic (%s) must be of the form kind:id", topics.get(index)));
      }
    }
    if (wanted.ttlSeconds() < 1 || wanted.ttlSeconds() > MOST_SECONDS) {
      defects.add(
          Defect.ofField(
              "ttl_seconds",
              "The lifetime (%d) must be from 1 to 3600 seconds".formatted(wanted.ttlSeconds())));
    }
    return defects;
  }

  private static List<Defect> unknown(List<String> topics, Predicate<TopicName> mayWatch) {
    var defects = new ArrayList<Defect>();
    for (var index = 0; index < topics.size(); index++) {
      if (TopicName.parse(topics.get(index)).filter(mayWatch).isEmpty()) {
        defects.add(at(index, "Topic %s not found", topics.get(index)));
      }
    }
    return defects;
  }

  private static Defect at(int index, String message, String topic) {
    return Defect.ofField("topics[" + index + "]", message.formatted(topic));
  }

  private static void refuse(ErrorCode code, List<Defect> defects) {
    if (!defects.isEmpty()) {
      throw new HeadwayException(code, defects.getFirst().message(), defects);
    }
  }
}
