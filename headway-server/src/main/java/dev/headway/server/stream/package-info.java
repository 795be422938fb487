/** The native stream: one connection, any number of topics. */
@NullMarked
package dev.headway.server.stream;

import org.jspecify.annotations.NullMarked;
