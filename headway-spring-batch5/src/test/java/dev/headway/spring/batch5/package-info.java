/** Tests with Spring Batch 5 in an application of Spring Boot 3.5, against a server. */
@NullMarked
package dev.headway.spring.batch5;

import org.jspecify.annotations.NullMarked;
