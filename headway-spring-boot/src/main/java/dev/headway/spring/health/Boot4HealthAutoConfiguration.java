package dev.headway.spring.health;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ClientException;
import dev.headway.spring.HeadwayAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The server's health by the classes of Spring Boot 4. */
@AutoConfiguration(after = HeadwayAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("headway")
public class Boot4HealthAutoConfiguration {
  @Bean
  HealthIndicator headwayHealthIndicator(HeadwayClient client) {
    var server = new ServerCheck(client);
    return () -> {
      try {
        return Health.up().withDetail(ServerCheck.VERSION, server.version()).build();
      } catch (ClientException e) {
        return Health.unknown().withException(e).build();
      }
    };
  }
}
