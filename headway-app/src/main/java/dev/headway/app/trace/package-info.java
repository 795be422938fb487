/** Traces, sent to a receiver of the OpenTelemetry protocol. */
@NullMarked
package dev.headway.app.trace;

import org.jspecify.annotations.NullMarked;
