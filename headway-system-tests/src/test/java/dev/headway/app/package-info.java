/** Tests of the program as a whole. */
@NullMarked
package dev.headway.app;

import org.jspecify.annotations.NullMarked;
