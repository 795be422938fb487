/** Executions of Spring Batch 5 shown as jobs. */
@NullMarked
package dev.headway.spring.batch5;

import org.jspecify.annotations.NullMarked;
