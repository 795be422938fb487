/** The composition root: the commands, and what a server is put together from. */
@NullMarked
package dev.headway.app;

import org.jspecify.annotations.NullMarked;
