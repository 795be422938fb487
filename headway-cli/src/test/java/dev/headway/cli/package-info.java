/** Tests of the commands. */
@NullMarked
package dev.headway.cli;

import org.jspecify.annotations.NullMarked;
