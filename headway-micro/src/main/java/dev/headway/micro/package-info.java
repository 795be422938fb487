/**
 * Single steps of the hot paths, measured by JMH. What they cost together, with sockets and a
 * database, {@code headway bench} measures.
 */
@NullMarked
package dev.headway.micro;

import org.jspecify.annotations.NullMarked;
