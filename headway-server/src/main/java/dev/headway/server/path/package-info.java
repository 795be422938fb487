/** Paths with parameters. */
@NullMarked
package dev.headway.server.path;

import org.jspecify.annotations.NullMarked;
