/** Tests of what the transport does with memory and time. */
@NullMarked
package dev.headway.server.transport;

import org.jspecify.annotations.NullMarked;
