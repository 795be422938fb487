/** Progress bars: several at once, live in a terminal or as plain lines in a pipe. */
@NullMarked
package dev.headway.cli.bars;

import org.jspecify.annotations.NullMarked;
