/** Tests of running commands. */
@NullMarked
package dev.headway.cli.run;

import org.jspecify.annotations.NullMarked;
