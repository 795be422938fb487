/**
 * Headway for Spring Boot: methods shown as jobs, with the progress that they report.
 *
 * <p>{@link dev.headway.spring.HeadwayJob} marks a method, {@link dev.headway.spring.CurrentJob} is
 * the progress to inject.
 */
@NullMarked
package dev.headway.spring;

import org.jspecify.annotations.NullMarked;
