/** Tests of the whole server through its public door. */
@NullMarked
package dev.headway.server;

import org.jspecify.annotations.NullMarked;
