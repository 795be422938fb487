/** The command line: what a person or a script does with a server from a terminal. */
@NullMarked
package dev.headway.cli;

import org.jspecify.annotations.NullMarked;
