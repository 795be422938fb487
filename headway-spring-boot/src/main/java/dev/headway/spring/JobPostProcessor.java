package dev.headway.spring;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Puts the job around methods with {@link HeadwayJob}: outside a transaction, so that a job whose
 * transaction cannot be committed fails, and inside the thread of {@code @Async}.
 */
final class JobPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
  private static final long serialVersionUID = 1;

  /**
   * Puts an interceptor around methods.
   *
   * @param interceptor asked for at the first call, since beans cannot be had so early
   */
  JobPostProcessor(ObjectProvider<JobInterceptor> interceptor) {
    this.advisor =
        new DefaultPointcutAdvisor(
            new AnnotationMatchingPointcut(null, HeadwayJob.class, true),
            (MethodInterceptor) call -> interceptor.getObject().invoke(call));
    setProxyTargetClass(true);
    setBeforeExistingAdvisors(true);
    // Before those of @Async and @Scheduled, which come last.
    setOrder(LOWEST_PRECEDENCE - 1);
  }
}
