/** Tests of the starter in an application of Spring Boot 3.5, against a server. */
@NullMarked
package dev.headway.spring;

import org.jspecify.annotations.NullMarked;
