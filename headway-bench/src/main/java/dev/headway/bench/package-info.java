/** The command {@code headway bench}: puts load on a server and tells what came of it. */
@NullMarked
package dev.headway.bench;

import org.jspecify.annotations.NullMarked;
