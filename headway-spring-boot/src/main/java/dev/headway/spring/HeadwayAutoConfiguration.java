package dev.headway.spring;

import dev.headway.client.HeadwayClient;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The client, the current job's progress, and {@link HeadwayJob}, by the settings {@code
 * headway.*}. An application's own {@link HeadwayClient} is used in place of this one.
 */
@AutoConfiguration
@EnableConfigurationProperties(HeadwayProperties.class)
public class HeadwayAutoConfiguration {
  /** The client of the server that the settings name; it does not connect before it is used. */
  @Bean
  @ConditionalOnMissingBean
  HeadwayClient headwayClient(HeadwayProperties settings) {
    return HeadwayClient.at(settings.url()).token(settings.token()).build();
  }

  /** The progress to inject. */
  @Bean
  @ConditionalOnMissingBean
  CurrentJob headwayCurrentJob() {
    return new CurrentJob();
  }

  /** The beginning of jobs, observed where the application has a registry of observations. */
  @Bean
  @ConditionalOnMissingBean
  JobTracker headwayJobTracker(
      HeadwayClient client,
      HeadwayProperties settings,
      ObjectProvider<ObservationRegistry> observations) {
    return new JobTracker(
        client, settings.tags(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }

  @Bean
  JobInterceptor headwayJobInterceptor(JobTracker tracker, CurrentJob current) {
    return new JobInterceptor(tracker, current);
  }

  @Bean
  @ConditionalOnProperty(name = "headway.enabled", matchIfMissing = true)
  static JobPostProcessor headwayJobPostProcessor(ObjectProvider<JobInterceptor> interceptor) {
    return new JobPostProcessor(interceptor);
  }
}
