package dev.headway.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/**
 * A method of a Spring bean that is shown as a job while it runs, also together with {@code @Async}
 * or {@code @Scheduled}. The job is completed when the method returns, or when the {@link
 * java.util.concurrent.CompletionStage} that it returns completes, and fails with what is thrown.
 * It reports progress through the injected {@link dev.headway.client.work.Progress}. A method that
 * is called by another one's job is a child of it.
 *
 * <p>As with all that Spring adds to a method, a call within the same object is not seen.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HeadwayJob {
  /** The job's name for people; by default its type. */
  @AliasFor("name")
  String value() default "";

  /** The same as {@link #value}. */
  @AliasFor("value")
  String name() default "";

  /**
   * The job's type, by whose past runs the time left is estimated; by default the names of class
   * and method, {@code Photos.resize}. Letters, digits, and {@code . _ : -}, at most 100.
   */
  String type() default "";

  /** Tags to find the job by, besides {@code headway.tags}; at most 20 together. */
  String[] tags() default {};

  /** The steps of the work, with equal shares of the bar. */
  String[] steps() default {};
}
