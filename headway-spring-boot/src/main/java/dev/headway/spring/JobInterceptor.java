package dev.headway.spring;

import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.Step;
import dev.headway.client.work.TrackedJob;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Runs each call of a method with {@link HeadwayJob} as a job. Thread-safe. */
final class JobInterceptor implements MethodInterceptor {
  private static final int LONGEST_TYPE = 100;

  private final HeadwayClient client;
  private final CurrentJob current;
  private final List<String> tags;

  /**
   * Shows jobs through a client.
   *
   * @param tags tags of every job
   */
  JobInterceptor(HeadwayClient client, CurrentJob current, List<String> tags) {
    this.client = client;
    this.current = current;
    this.tags = tags;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    var job = begin(call);
    var scope = current.within(job);
    try {
      var result = call.proceed();
      if (result instanceof CompletionStage<?> stage) {
        var unused = stage.whenComplete((value, failure) -> end(job, failure));
      } else {
        end(job, null);
      }
      return result;
    } catch (Throwable failure) {
      end(job, failure);
      throw failure;
    } finally {
      scope.close();
    }
  }

  private TrackedJob begin(MethodInvocation call) {
    var type = Objects.requireNonNull(call.getThis()).getClass();
    var method = AopUtils.getMostSpecificMethod(call.getMethod(), type);
    var marked =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(method, HeadwayJob.class));
    var job = client.track(request(marked, method), 0, current.job().orElse(null));
    if (marked.steps().length > 0) {
      job.declare(Step.equal(List.of(marked.steps())).toArray(Step[]::new));
    }
    return job;
  }

  private JobRequest request(HeadwayJob marked, Method method) {
    var type = marked.type().isEmpty() ? type(method) : marked.type();
    return JobRequest.of(type)
        .name(marked.name().isEmpty() ? type : marked.name())
        .tags(Stream.concat(tags.stream(), Stream.of(marked.tags())).distinct().toList());
  }

  /** The names of class and method, in letters that a type may have. */
  private static String type(Method method) {
    var name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    var plain = name.replaceAll("[^A-Za-z0-9._:-]", "-");
    return plain.substring(0, Math.min(plain.length(), LONGEST_TYPE));
  }

  private static void end(TrackedJob job, @Nullable Throwable failure) {
    if (failure == null) {
      job.complete(null);
    } else {
      job.failed(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }
}
