/** Process control through its public door: a real server, real clients. */
@NullMarked
package dev.headway.spc.app;

import org.jspecify.annotations.NullMarked;
