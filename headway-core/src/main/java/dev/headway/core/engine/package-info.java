/**
 * The service that moves jobs: submit, claim, report, finish; the built-in runner and the watchdog.
 */
@NullMarked
package dev.headway.core.engine;

import org.jspecify.annotations.NullMarked;
