/** Executions of Spring Batch shown as jobs. */
@NullMarked
package dev.headway.spring.batch;

import org.jspecify.annotations.NullMarked;
