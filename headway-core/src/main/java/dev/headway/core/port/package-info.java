/** What the core needs from outside: stores and identifiers. */
@NullMarked
package dev.headway.core.port;

import org.jspecify.annotations.NullMarked;
