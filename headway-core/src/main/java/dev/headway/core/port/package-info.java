/** The ports: stores of jobs and accounts. */
@NullMarked
package dev.headway.core.port;

import org.jspecify.annotations.NullMarked;
