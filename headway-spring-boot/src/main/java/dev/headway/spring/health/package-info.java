/** The server among what Actuator's health endpoint shows, of Spring Boot 3.5 and of 4. */
@NullMarked
package dev.headway.spring.health;

import org.jspecify.annotations.NullMarked;
