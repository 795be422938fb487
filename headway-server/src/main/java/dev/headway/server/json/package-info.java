/** JSON as the server reads and writes it, and what it refuses of a client's. */
@NullMarked
package dev.headway.server.json;

import org.jspecify.annotations.NullMarked;
