/** Tests of the bars. */
@NullMarked
package dev.headway.cli.bars;

import org.jspecify.annotations.NullMarked;
