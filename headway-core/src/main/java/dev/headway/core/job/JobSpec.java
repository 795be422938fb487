package dev.headway.core.job;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a job, fixed when it is created.
 *
 * @param type names the handler, or the kind of work an external worker asks for
 * @param payload the input, a JSON object
 * @param owner the id of the user who created it; null for anonymous work
 * @param queue the name under which workers claim it
 * @param priority higher is claimed first, −100 to 100
 * @param attempts how often it may be started
 * @param timeout how long one attempt may take; null for no limit
 * @param external whether it waits for a worker outside the server
 * @param idempotencyKey the creator's own name for it, unique per owner
 * @param retryOf the ended job that this one repeats
 * @param family its place among parents and children
 * @param callbackUrl where its end is announced
 * @param name what people call it; null for its type
 * @param key the key under which only so many run at once; null for none
 * @param tags the creator's own words for finding it, each once, at most {@value #MOST_TAGS}
 * @param traceparent the span that it was submitted in (W3C Trace Context); null for none
 */
public record JobSpec(
    String type,
    Json payload,
    @Nullable Long owner,
    String queue,
    int priority,
    Attempts attempts,
    @Nullable Duration timeout,
    boolean external,
    @Nullable String idempotencyKey,
    @Nullable UUID retryOf,
    @Nullable Family family,
    @Nullable String callbackUrl,
    @Nullable String name,
    @Nullable ConcurrencyKey key,
    List<String> tags,
    @Nullable String traceparent) {

  /** The number of tags that a job has at most. */
  public static final int MOST_TAGS = 20;

  /** Takes a copy of the tags. */
  public JobSpec {
    tags = List.copyOf(tags);
  }

  /** The queue of jobs that name none. */
  public static final String DEFAULT_QUEUE = "default";

  /**
   * A child's place in its parent's bar.
   *
   * @param parent the parent job
   * @param weight its share relative to its siblings', from 0, which leaves the parent's bar alone
   * @param onParentEnd what happens to the child when its parent ends before it
   */
  public record Family(UUID parent, double weight, ParentEnd onParentEnd) {
    /** A child that is cancelled with its parent. */
    public Family(UUID parent, double weight) {
      this(parent, weight, ParentEnd.CANCEL);
    }
  }

  /** The policy for a child whose parent has ended or is being cancelled. */
  public enum ParentEnd {
    /** The child is cancelled, too. */
    CANCEL,
    /** The child goes on. */
    CONTINUE
  }

  /** A job of one type with everything else at its default. */
  public static JobSpec of(String type, Json payload, @Nullable Long owner) {
    return new JobSpec(
        type,
        payload,
        owner,
        DEFAULT_QUEUE,
        0,
        Attempts.of(1),
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null);
  }

  /** The same with some of it changed: {@code spec.with(draft -> draft.priority(5))}. */
  public JobSpec with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** The same, to be begun so often in all, whatever ends it. */
  public JobSpec withMaxAttempts(int most) {
    return with(draft -> draft.attempts(Attempts.of(most)));
  }

  /** The same with an empty object as its payload. */
  JobSpec withoutPayload() {
    return with(draft -> draft.payload = Json.EMPTY_OBJECT);
  }

  /** The number of attempts after which it fails for good. */
  public int maxAttempts() {
    return attempts.most();
  }

  /** Whether this asks for the same work as another submission under its idempotency key. */
  public boolean sameRequest(JobSpec other) {
    return type.equals(other.type) && payload.equals(other.payload);
  }

  /** The same job to be done again after {@code ended}; the creator's own name stays with that. */
  public JobSpec retrying(UUID ended) {
    return with(draft -> draft.idempotencyKey(null).retryOf(ended));
  }

  /** A spec while it is being changed; for one thread. Each method sets what it is named after. */
  public static final class Draft {
    private final JobSpec original;
    private Json payload;
    private String queue;
    private int priority;
    private Attempts attempts;
    private @Nullable Duration timeout;
    private boolean external;
    private @Nullable String idempotencyKey;
    private @Nullable UUID retryOf;
    private @Nullable Family family;
    private @Nullable String callbackUrl;
    private @Nullable String name;
    private @Nullable ConcurrencyKey key;
    private List<String> tags;
    private @Nullable String traceparent;

    private Draft(JobSpec original) {
      this.original = original;
      payload = original.payload;
      queue = original.queue;
      priority = original.priority;
      attempts = original.attempts;
      timeout = original.timeout;
      external = original.external;
      idempotencyKey = original.idempotencyKey;
      retryOf = original.retryOf;
      family = original.family;
      callbackUrl = original.callbackUrl;
      name = original.name;
      key = original.key;
      tags = original.tags;
      traceparent = original.traceparent;
    }

    /** The name under which workers claim it. */
    public Draft queue(String name) {
      queue = name;
      return this;
    }

    /** Whether it waits for a worker outside the server. */
    public Draft external(boolean outside) {
      external = outside;
      return this;
    }

    /** Higher is claimed first, −100 to 100. */
    public Draft priority(int level) {
      priority = level;
      return this;
    }

    /** The number of times that it may be started. */
    public Draft attempts(Attempts bounds) {
      attempts = bounds;
      return this;
    }

    /** The longest time of one attempt; null for no limit. */
    public Draft timeout(@Nullable Duration limit) {
      timeout = limit;
      return this;
    }

    /** The creator's own name for it. */
    public Draft idempotencyKey(@Nullable String key) {
      idempotencyKey = key;
      return this;
    }

    /** The ended job that it repeats. */
    public Draft retryOf(@Nullable UUID ended) {
      retryOf = ended;
      return this;
    }

    /** Its place among parents and children. */
    public Draft family(@Nullable Family place) {
      family = place;
      return this;
    }

    /** The URL at which its end is announced. */
    public Draft callbackUrl(@Nullable String url) {
      callbackUrl = url;
      return this;
    }

    /** The name that people call it by. */
    public Draft name(@Nullable String words) {
      name = words;
      return this;
    }

    /** The key under which only so many run at once. */
    public Draft key(@Nullable ConcurrencyKey shared) {
      key = shared;
      return this;
    }

    /** The creator's own words for finding it; one that is named twice counts once. */
    public Draft tags(List<String> words) {
      tags = words.stream().distinct().toList();
      return this;
    }

    /** The span that it is submitted in (W3C Trace Context). */
    public Draft traceparent(@Nullable String span) {
      traceparent = span;
      return this;
    }

    private JobSpec finished() {
      return new JobSpec(
          original.type,
          payload,
          original.owner,
          queue,
          priority,
          attempts,
          timeout,
          external,
          idempotencyKey,
          retryOf,
          family,
          callbackUrl,
          name,
          key,
          tags,
          traceparent);
    }
  }
}
