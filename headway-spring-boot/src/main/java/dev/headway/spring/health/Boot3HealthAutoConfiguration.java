package dev.headway.spring.health;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ClientException;
import dev.headway.spring.HeadwayAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The server's health by the classes of Spring Boot 3.5. */
@AutoConfiguration(after = HeadwayAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("headway")
public class Boot3HealthAutoConfiguration {
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
