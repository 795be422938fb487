package dev.headway.spring;

import dev.headway.client.job.JobRequest;
import dev.headway.client.job.Step;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Runs each call of a method with {@link HeadwayJob} as a job. Thread-safe. */
final class JobInterceptor implements MethodInterceptor {
  private static final int LONGEST_TYPE = 100;

  private final JobTracker tracker;
  private final CurrentJob current;

  JobInterceptor(JobTracker tracker, CurrentJob current) {
    this.tracker = tracker;
    this.current = current;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    var job = begin(call);
    var scope = job.within(current);
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

  private ObservedJob begin(MethodInvocation call) {
    var type = Objects.requireNonNull(call.getThis()).getClass();
    var method = AopUtils.getMostSpecificMethod(call.getMethod(), type);
    var marked =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(method, HeadwayJob.class));
    var job = tracker.begin(request(marked, method), 0, current.job().orElse(null));
    if (marked.steps().length > 0) {
      job.job().declare(Step.equal(List.of(marked.steps())).toArray(Step[]::new));
    }
    return job;
  }

  private static JobRequest request(HeadwayJob marked, Method method) {
    var type = marked.type().isEmpty() ? type(method) : marked.type();
    return JobRequest.of(type)
        .name(marked.name().isEmpty() ? type : marked.name())
        .tags(List.of(marked.tags()));
  }

  /** The names of class and method, in letters that a type may have. */
  private static String type(Method method) {
    var name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    var plain = name.replaceAll("[^A-Za-z0-9._:-]", "-");
    return plain.substring(0, Math.min(plain.length(), LONGEST_TYPE));
  }

  private static void end(ObservedJob job, @Nullable Throwable failure) {
    if (failure == null) {
      job.complete();
    } else {
      job.failed(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }
}
