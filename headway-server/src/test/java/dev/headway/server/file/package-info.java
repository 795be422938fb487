/** Tests of how files that clients send are read. */
@NullMarked
package dev.headway.server.file;

import org.jspecify.annotations.NullMarked;
